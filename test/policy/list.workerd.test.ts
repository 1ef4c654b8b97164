import type { GrantClaims } from "@quasarix/shared/policy/grant.ts";
import { PRESETS } from "@quasarix/shared/policy/sections.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import type { AuditSummary, AuditView } from "@quasarix/shared/wire/sharing.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { duty, env, newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

interface Page {
  readonly items: readonly AuditSummary[];
  readonly next: string | null;
}

const DAY = 86_400_000;
const KINDS = {
  mill: "supplier",
  quarry: "supplier",
  firm: "auditor",
  lost: "auditor",
  birch: "member",
  cedar: "member",
  stopped: "member",
} as const;

let world: World;
const readers = {} as Record<keyof typeof KINDS | "operator", Org>;
/** By hash. */
const names = new Map<string, string>();

const shared = (sharing: "supplier-own" | "unknown", year: number) => {
  const { existence } = auditContent();
  return auditContent({ existence: { ...existence, sharing, auditFrom: `${year}-03-04` } });
};

type Sites = Readonly<Record<"one" | "two" | "three" | "four", string>>;

async function audits(sites: Sites): Promise<void> {
  const { firm, lost, birch } = readers;
  const audit = async (name: string, by: Org, site: string, content = shared("supplier-own", 2026)) =>
    names.set((await world.audit(by, site, content)).statementHash, name);
  await audit("one, first", firm, sites.one);
  await audit("one, second", firm, sites.one, shared("supplier-own", 2025));
  await audit("one, not to be shared", firm, sites.one, shared("unknown", 2024));
  await audit("two", firm, sites.two);
  await audit("two, by a lost key", lost, sites.two);
  await audit("three", firm, sites.three);
  for (const name of ["three", "four"] as const) {
    await world.submit(birch, sites[name], shared("supplier-own", 2023));
    await duty();
    const copy = await env.DB.prepare("SELECT hash FROM audits ORDER BY log_index DESC LIMIT 1").first<{
      hash: string;
    }>();
    names.set(copy?.hash ?? "", `${name}, submitted by birch`);
  }
}

async function grants({ one, two, three, four }: Sites): Promise<void> {
  const { mill, quarry, birch, cedar } = readers;
  const now = Date.now();
  const first = [...names.keys()][0];
  const grant = (by: Org, grantee: string, site: string, over: Partial<GrantClaims> = {}) =>
    world.grant(by, {
      grantee,
      site,
      grantSections: [...PRESETS.summary],
      purposes: ["due-diligence"],
      notBefore: 0,
      notAfter: now + DAY,
      ...over,
    });
  await grant(mill, cedar.id, one, { audit: first });
  await grant(mill, cedar.id, one, { purposes: ["audit-avoidance"] });
  await grant(mill, cedar.id, two, { grantSections: ["scores"] });
  await grant(mill, birch.id, two);
  await grant(mill, birch.id, one, { notAfter: now - DAY });
  await grant(mill, birch.id, one, { notBefore: now + DAY, notAfter: now + 2 * DAY });
  await grant(mill, quarry.id, one, { audit: first });
  await grant(quarry, "members", three);
  await world.revoke(quarry, (await grant(quarry, cedar.id, four)).statementHash);
}

beforeAll(async () => {
  world = await newWorld();
  readers.operator = world.operator;
  for (const name of Object.keys(KINDS) as (keyof typeof KINDS)[]) readers[name] = await world.admit(name, KINDS[name]);
  const { mill, quarry, lost, stopped } = readers;
  const sites = {
    one: await world.openSite(mill, "one"),
    two: await world.openSite(mill, "two"),
    three: await world.openSite(quarry, "three"),
    // No grant stands on it: a list finds it by its supplier and its submitter alone.
    four: await world.openSite(quarry, "four"),
  };
  await audits(sites);
  await grants(sites);
  await env.DB.batch([
    env.DB.prepare("UPDATE organisations SET suspended = 1 WHERE id = ?").bind(stopped.id),
    env.DB.prepare("UPDATE keys SET loss_index = from_index WHERE kid = ?").bind(thumbprint(lost.record.publicKey)),
  ]);
}, 60_000);

/** Names of what the list shows, page by page; a reader whom the door refuses sees nothing. */
async function listed(who: Org, purpose: string): Promise<string[]> {
  const found: AuditSummary[] = [];
  for (let cursor = ""; ; ) {
    const answer = await world.get(who, `/v1/audits?purpose=${purpose}&limit=2${cursor}`);
    if (!answer.ok) return [];
    const { items, next } = (await answer.json()) as Page;
    found.push(...items);
    if (next === null) return found.map(({ audit }) => names.get(audit) ?? audit);
    cursor = `&cursor=${next}`;
  }
}

/** Names of what answers with its existence when it is asked for by id, in the order of the log. */
async function answering(who: Org, purpose: string): Promise<string[]> {
  const found: string[] = [];
  for (const [audit, name] of names) {
    const answer = await world.get(who, `/v1/audits/${audit}?purpose=${purpose}`);
    const body: Partial<AuditView> = await answer.json();
    if (answer.ok && body.sections?.includes("existence")) found.push(name);
  }
  return found;
}

const ofMill = ["one, first", "one, second", "one, not to be shared", "two"];
const three = ["three", "three, submitted by birch"];
const copies = ["three, submitted by birch", "four, submitted by birch"];

describe("the list is what answers by id, of all there is", () => {
  test.each([
    { who: "mill", purpose: "due-diligence", sees: ofMill },
    { who: "quarry", purpose: "due-diligence", sees: ["one, first", "three", ...copies] },
    { who: "quarry", purpose: "audit-avoidance", sees: ["three", ...copies] },
    { who: "firm", purpose: "due-diligence", sees: [...ofMill, "three"] },
    { who: "lost", purpose: "due-diligence", sees: ["two, by a lost key"] },
    { who: "birch", purpose: "due-diligence", sees: ["two", "three", ...copies] },
    { who: "birch", purpose: "audit-avoidance", sees: copies },
    { who: "cedar", purpose: "due-diligence", sees: ["one, first", ...three] },
    { who: "cedar", purpose: "audit-avoidance", sees: ["one, first", "one, second"] },
    { who: "operator", purpose: "due-diligence", sees: [] },
    { who: "stopped", purpose: "due-diligence", sees: [] },
  ] as const)("$who, for $purpose: $sees", async ({ who, purpose, sees }) => {
    const reader = readers[who];
    expect(await listed(reader, purpose)).toEqual(sees);
    expect(await answering(reader, purpose)).toEqual(sees);
  });
});
