import { parseStatement } from "@quasarix/shared/statement/statement.ts";
import type { AuditSummary, AuditView } from "@quasarix/shared/wire/sharing.ts";
import { afterEach, expect, test, vi } from "vitest";
import { duty, newWorld, publish } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";
import { fixed, NOON, seededDice } from "./stage.ts";

const contentOf = (name: string) =>
  auditContent({ findings: { findings: [] }, commercial: { payer: name === "first" ? "buyer" : "supplier" } });

interface Played {
  readonly world: World;
  readonly reader: Org;
  readonly sites: readonly string[];
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Two members hand in a report each; a third one reads both. `isSwapped`: the members change places, nothing else does. */
async function play(isSwapped: boolean, round: number): Promise<Played> {
  let dice = seededDice("blind");
  fixed((length) => dice(length));
  const world = await newWorld({ random: (length) => dice(length) });
  const mill = await world.admit("mill", "supplier");
  const birch = await world.admit("birch", "member");
  const cedar = await world.admit("cedar", "member");
  const reader = await world.admit("reader", "member");
  const sites = [await world.openSite(mill, "Mill 1"), await world.openSite(mill, "Mill 2")];
  for (const site of sites) {
    await world.grant(mill, {
      grantee: reader.id,
      site,
      grantSections: ["existence", "scores", "findings", "plans", "people", "workforce", "evidence"],
      purposes: ["due-diligence"],
      notBefore: 0,
      notAfter: NOON * 2,
    });
  }
  await duty();
  await publish();
  vi.setSystemTime(NOON + 3_000);
  const [one, other] = isSwapped ? [cedar, birch] : [birch, cedar];
  await world.submit(one, sites[0] as string, contentOf("first"));
  await world.submit(other, sites[1] as string, contentOf("second"));
  // The members' own dice are the same in every round; intake's are thrown anew, until its audits come in one order.
  dice = seededDice(`intake ${round}`);
  await duty();
  await publish();
  return { world, reader, sites };
}

const listOf = async ({ world, reader }: Played): Promise<AuditSummary[]> =>
  (await world.json<{ items: AuditSummary[] }>(reader, "GET", "/v1/audits?purpose=due-diligence")).items;

/** Hashes cover the submissions' own entries and `origin`, which nobody can open: of these, the shape alone is comparable. */
const shapeOf = (text: string): string =>
  text.replaceAll(/[A-Za-z0-9+/=_-]{22,}/g, (run) => (/^(org|site)_/.test(run) ? run : `<${run.length}>`));

/** Everything that the reader can fetch, with its headers. */
async function allThatIsSeen(played: Played): Promise<Record<string, string>> {
  const { world, reader, sites } = played;
  const seen: Record<string, string> = {};
  const fetched = async (name: string, path: string) => {
    const response = await world.get(reader, path);
    const headers = [...response.headers].filter(([header]) => header !== "request-id" && header !== "date");
    const body = (await response.text()).replace(/"request-id":"[^"]*"/, "");
    seen[name] = JSON.stringify([response.status, headers]) + shapeOf(body);
  };
  for (const { audit, site } of await listOf(played)) {
    await fetched(`audit of ${site}`, `/v1/audits/${audit}?purpose=due-diligence`);
    await fetched(`bundle of ${site}`, `/v1/audits/${audit}/bundle?purpose=due-diligence`);
    await fetched(`submission of ${site}`, `/v1/submissions/${audit}`);
  }
  for (const site of sites) await fetched(site, `/v1/dossiers/${site}`);
  const lists = ["audits?purpose=due-diligence", "organisations", "sites", "grants?side=received", "consortium"];
  for (const list of [...lists, "log/checkpoints", "keyring"]) await fetched(list, `/v1/${list}`);
  await fetched("checkpoint", "/log/checkpoint");
  return seen;
}

/** What the audits say, bytes of digests and disclosures included; without what intake draws or derives. */
async function contents(played: Played): Promise<unknown[]> {
  const { world, reader } = played;
  const said: unknown[] = [];
  for (const { audit, index, admittedAt } of await listOf(played)) {
    const path = `/v1/audits/${audit}?purpose=due-diligence`;
    const { presentation } = await world.json<AuditView>(reader, "GET", path);
    const parsed = parseStatement(presentation);
    if (!parsed.ok) throw new Error(parsed.failure.reason);
    const { jti: _, _sd: top, ...claims } = parsed.value.claims;
    said.push([index, admittedAt, claims, (top as unknown[]).length, parsed.value.disclosureTexts]);
  }
  return said;
}

const orderOf = async (played: Played): Promise<string> => (await listOf(played)).map(({ site }) => site).join();

test("a reader of both audits cannot tell which of two members submitted which", async () => {
  const straight = await play(false, 0);
  const [order, said, seen] = [await orderOf(straight), await contents(straight), await allThatIsSeen(straight)];
  let swapped = await play(true, 0);
  // The order within a round is that of the audits' hashes: a fair coin, in either world.
  for (let round = 1; round < 20 && (await orderOf(swapped)) !== order; round++) swapped = await play(true, round);
  expect(await contents(swapped)).toEqual(said);
  expect(await allThatIsSeen(swapped)).toEqual(seen);
});
