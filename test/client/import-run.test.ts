import type { ImportItem } from "@quasarix/client/import/import.ts";
import { parseMapping } from "@quasarix/client/import/mapping.ts";
import { newReport } from "@quasarix/client/import/report.ts";
import { type Held, type ImportStore, runImport, sampleOf, sayingOf } from "@quasarix/client/import-run.ts";
import { siteIndex } from "@quasarix/client/sites.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { expect, test } from "vitest";
import { type FakeConsortium, fakeConsortium, taken } from "./fake-consortium.ts";

const read = parseMapping(
  JSON.stringify({ version: 1, id: "rows", key: ["id"], site: { key: ["site"], fields: {} }, audit: {} }),
);
if (!read.ok) throw new Error("no mapping");
const mapping = read.value;

type DraftItem = Extract<ImportItem, { kind: "draft" }>;

const rows = (count: number, site = "Mill 4"): ImportItem[] =>
  Array.from({ length: count }, (_, i) => ({
    kind: "draft",
    draft: {
      key: `key-${site}-${i}`,
      digest: `digest ${i}`,
      line: i + 2,
      site: { key: site, place: { name: site, country: "BD" } },
      content: { existence: {}, findings: {} } as unknown as DraftItem["draft"]["content"],
      groups: { member: i % 2 === 0 ? "even" : "odd" },
    },
  }));

/** A store that lives as long as the test, and dies when it is told to. */
function store() {
  const acknowledged = new Set<string>();
  let held: readonly Held[] = [];
  const dies = { at: "" };
  const alive = (name: string) => {
    if (dies.at === name) throw new Error(`killed at ${name}`);
  };
  const disk: ImportStore = {
    held: async () => held.filter(({ key }) => !acknowledged.has(key)),
    hold: async (all) => {
      alive("before hold");
      held = all;
      alive("after hold");
    },
    acknowledge: async (all, left) => {
      alive("before acknowledge");
      for (const { key } of all) acknowledged.add(key);
      alive("after acknowledge");
      held = left;
    },
  };
  return { disk, dies, acknowledged };
}

async function* each(items: readonly ImportItem[]): AsyncGenerator<ImportItem> {
  yield* items;
}

const run = (world: FakeConsortium, disk: ImportStore, items: readonly ImportItem[], group?: string) =>
  runImport(
    {
      author: world.supplier,
      kind: "member",
      sites: index(world),
      store: disk,
      report: newReport(mapping),
      isOurs: ({ groups }) => group === undefined || groups["member"] === group,
      progress: () => undefined,
    },
    each(items),
  );

function index({ site }: FakeConsortium) {
  const sites = siteIndex([]);
  sites.add({ name: "Mill 4", country: "BD" }, site);
  return sites;
}

const submitted = ({ server }: FakeConsortium): Set<string> =>
  new Set(server.lines.filter(({ part }) => part.row.type === "submission").map(({ part }) => String(part.claims.jti)));

test.each(["before hold", "after hold", "before acknowledge", "after acknowledge"])(
  "a run that is killed %s and run again imports every row, and none twice",
  async (at) => {
    const world = await fakeConsortium();
    const { disk, dies, acknowledged } = store();
    dies.at = at;
    await expect(run(world, disk, rows(5))).rejects.toThrow("killed");
    dies.at = "";
    const known = (item: ImportItem): ImportItem =>
      item.kind === "draft" && acknowledged.has(item.draft.key)
        ? { kind: "known", line: item.draft.line, key: item.draft.key }
        : item;
    taken(await run(world, disk, rows(5).map(known)));
    expect(acknowledged.size).toBe(5);
    // The server in memory logs a statement each time it is sent; the real one once. The same five either way.
    expect(submitted(world).size).toBe(5);
  },
);

test("a row whose site the registry does not have is named, and the others go on", async () => {
  const world = await fakeConsortium();
  const done = taken(await run(world, store().disk, [...rows(1, "Nowhere"), ...rows(2)]));
  expect(done).toMatchObject({ imported: 2, withoutSite: [{ line: 2, site: "Nowhere" }] });
});

test("rows of other groups are left alone", async () => {
  const world = await fakeConsortium();
  expect(taken(await run(world, store().disk, rows(5), "even"))).toMatchObject({ imported: 3, skipped: 2 });
});

test("a row that the server refuses is named by its line, and is not acknowledged", async () => {
  const world = await fakeConsortium();
  const { disk, acknowledged } = store();
  const problem = { type: "/problems/x", title: "No", status: 422 };
  world.server.lies.answer = (answer) => (answer["line"] === 2 ? { line: 2, problem } : answer);
  const done = taken(await run(world, disk, rows(3)));
  expect(done).toMatchObject({ imported: 2, refused: [{ line: 3, why: "No (422 /problems/x)" }] });
  expect([...acknowledged]).toEqual(["key-Mill 4-0", "key-Mill 4-2"]);
});

const busy = { type: "/problems/busy", title: "Busy", status: 503 };
test.each<[string, (answer: Record<string, unknown>) => Record<string, unknown>]>([
  ["is refused for now", () => ({ line: 2, problem: busy })],
  ["has a receipt that does not hold", (answer) => ({ ...answer, index: Number(answer["index"]) + 1 })],
])("a row that %s is not let go: the next run sends the very same statement", async (_, lie) => {
  const world = await fakeConsortium();
  const { disk, acknowledged } = store();
  world.server.lies.answer = (answer) => (answer["line"] === 2 ? lie(answer) : answer);
  expect(await run(world, disk, rows(3))).toMatchObject({ ok: false });
  expect([...acknowledged]).toEqual(["key-Mill 4-0", "key-Mill 4-2"]);
  const [left] = await disk.held();
  expect(left).toMatchObject({ key: "key-Mill 4-1" });
  world.server.lies.answer = (answer) => answer;
  const fresh = rows(3).filter((item) => item.kind !== "draft" || !acknowledged.has(item.draft.key));
  const done = taken(await run(world, disk, fresh));
  expect(done).toMatchObject({ imported: 1, resumed: 1, posted: [left?.statement] });
  expect(submitted(world).size).toBe(3);
});

test.each([
  { kind: "member", type: "submission", provenance: undefined },
  { kind: "auditor", type: "audit", provenance: "auditor-signed" },
  { kind: "ngo", type: "audit", provenance: "auditor-signed" },
  { kind: "supplier", type: "audit", provenance: "supplier-signed" },
])("a $kind says $type", ({ kind, type, provenance }) => {
  const [item] = rows(1) as [DraftItem];
  const saying = sayingOf("org_x", kind, "site_x", item.draft);
  expect(saying.vct).toBe(vctOf(type));
  expect(saying.claims?.["provenance"]).toBe(provenance);
});

test("a sample is drawn without repeats and never larger than what there is", () => {
  let turn = 0;
  const dice = () => (turn++ % 7) / 7;
  expect(new Set(sampleOf([1, 2, 3, 4], 3, dice)).size).toBe(3);
  expect(sampleOf([1, 2], 9, dice).sort()).toEqual([1, 2]);
});

test("two sites of one name and place are not told apart by it, but by an identifier", () => {
  const sites = siteIndex([]);
  const place = { name: "Mill", country: "BD" };
  sites.add(place, "site_a");
  sites.add(place, "site_b");
  expect(sites.find(place)).toBeNull();
  sites.add({ ...place, identifiers: [{ scheme: "local:x", value: "7" }] }, "site_c");
  expect(sites.find({ ...place, name: "Mill Ltd", identifiers: [{ scheme: "local:x", value: "7" }] })).toBe("site_c");
});
