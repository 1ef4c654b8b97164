import { afterEach, expect, test, vi } from "vitest";
import { loadDice, seededDice } from "../seeded-dice.ts";
import { duty, newWorld, publish } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

/** Far ahead of the machine's clock, so that no alarm goes off but those that the test sets off. */
const NOON = 1_990_000_000_000;
const PURPOSE = "purpose=due-diligence";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

interface Played {
  readonly world: World;
  readonly readers: readonly Org[];
  readonly site: string;
}

/** One of two members hands in a report, and then a newer one in its place. */
async function play(whose: "birch" | "cedar"): Promise<Played> {
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
  const dice = seededDice("blind correction");
  loadDice(dice);
  const world = await newWorld({ random: dice });
  const mill = await world.admit("mill", "supplier");
  const members = { birch: await world.admit("birch", "member"), cedar: await world.admit("cedar", "member") };
  const reader = await world.admit("reader", "member");
  const site = await world.openSite(mill);
  await world.grant(mill, {
    grantee: reader.id,
    site,
    grantSections: ["existence", "findings"],
    purposes: ["due-diligence"],
    notBefore: 0,
    notAfter: NOON * 2,
  });
  await duty();
  await publish();
  const { statementHash: older } = await world.submit(members[whose], site, auditContent());
  vi.setSystemTime(NOON + 3_000);
  await duty();
  await world.submit(members[whose], site, auditContent({ workforce: { total: "50-249" } }), older);
  vi.setSystemTime(NOON + 6_000);
  await duty();
  await publish();
  return { world, readers: [reader, mill], site };
}

/** Hashes cover the member's own entries: of these, the shape alone is comparable. */
const shapeOf = (text: string): string =>
  text.replaceAll(/[A-Za-z0-9+/=_-]{22,}/g, (run) => (/^(org|site)_/.test(run) ? run : `<${run.length}>`));

/** What the reader and the supplier get of both copies, their correction included. */
async function seenBy({ world, readers, site }: Played): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (const who of readers) {
    const list = await (await world.get(who, `/v1/audits?${PURPOSE}`)).text();
    const { items } = JSON.parse(list) as { items: { audit: string; lifecycle: { correctedBy: string | null } }[] };
    expect(items.map(({ lifecycle }) => lifecycle.correctedBy === null)).toEqual([false, true]);
    for (const path of [
      `/v1/audits?${PURPOSE}`,
      `/v1/dossiers/${site}`,
      ...items.flatMap(({ audit }) => [`/v1/audits/${audit}?${PURPOSE}`, `/v1/audits/${audit}/export?${PURPOSE}`]),
    ]) {
      const response = await world.get(who, path);
      seen.push([path.length, response.status, shapeOf(await response.text())]);
    }
  }
  return seen;
}

test("who replaced a report cannot be told from its correction", async () => {
  const [birch, cedar] = [await seenBy(await play("birch")), await seenBy(await play("cedar"))];
  expect(JSON.stringify(birch)).toContain('\\"type\\":\\"correction\\"');
  expect(cedar).toEqual(birch);
});
