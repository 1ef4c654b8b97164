import { type Dice, diceOf } from "../demonstration/dice.ts";
import { csvText } from "./csv-text.ts";
import { HOUSE_STYLES, type Said } from "./house-styles.ts";
import type { RealSite } from "./source.ts";
import { handOf, spelt } from "./spelling.ts";

/** An audit that took place, by the script's own making: no real audit is meant. Days as YYYY-MM-DD. */
export interface HeldAudit {
  readonly scheme: string;
  readonly auditFrom: string;
  readonly validUntil: string | null;
  readonly result: string | null;
}

/** What one member brings. `truth`: the number of the real site of each row, which no file says. */
export interface Holding {
  readonly csv: string;
  readonly truth: readonly number[];
}

const DAY_MS = 86_400_000;
const dayBefore = (today: string, days: number) =>
  new Date(Date.parse(today) - days * DAY_MS).toISOString().slice(0, 10);

const SCHEMES: readonly { readonly id: string; readonly days: number; readonly results: readonly string[] }[] = [
  { id: "smeta", days: 365, results: [] },
  { id: "smeta", days: 365, results: [] },
  { id: "amfori-bsci", days: 730, results: ["A", "B", "C", "D"] },
  { id: "amfori-bsci", days: 730, results: ["B", "C", "C", "D"] },
  { id: "rba", days: 730, results: ["152", "164.5", "181", "200"] },
  { id: "sa8000", days: 1095, results: [] },
  { id: "slcp", days: 365, results: [] },
  { id: "tfs", days: 1095, results: ["61", "74", "88"] },
];

/** One to six audits of a site in the last three years, by different schemes. */
function auditsAt(today: string, dice: Dice): HeldAudit[] {
  return Array.from({ length: 1 + dice.below(6) }, () => {
    const { id, days, results } = dice.one(SCHEMES);
    const auditFrom = dayBefore(today, 10 + dice.below(1_080));
    const isC = results.length === 4 && dice.below(2) === 0;
    const length = id === "amfori-bsci" && isC ? 365 : days;
    return {
      scheme: id,
      auditFrom,
      validUntil: dice.below(3) === 0 ? null : dayBefore(auditFrom, -length),
      result: results.length === 0 ? null : dice.one(results),
    };
  });
}

export interface HoldingsPlan {
  readonly seed: string;
  readonly today: string;
  readonly members: number;
  /** Of all members together. */
  readonly audits: number;
}

/** Some sites supply many, most supply few: of three throws the lowest counts every other time. */
function siteFor(count: number, dice: Dice): number {
  const throws = [dice.below(count), dice.below(count), dice.below(count)];
  return dice.below(2) === 0 ? Math.min(...throws) : (throws[0] as number);
}

/** Of the rows with an audit, so many more without: a list has suppliers that nobody audited for its member. */
const WITHOUT_AUDIT = 0.15;

interface Drawn {
  readonly at: number;
  readonly audit: HeldAudit | null;
}

/** Rows of one member: `count` audits, each once, and then sites that it has no audit of. */
function drawRows(took: readonly (readonly HeldAudit[])[], count: number, dice: Dice): Drawn[] {
  const held = new Set<string>();
  const rows: Drawn[] = [];
  while (rows.length < count) {
    const at = siteFor(took.length, dice);
    const audits = took[at] as readonly HeldAudit[];
    const which = dice.below(audits.length);
    if (held.has(`${at} ${which}`)) continue;
    held.add(`${at} ${which}`);
    rows.push({ at, audit: audits[which] as HeldAudit });
  }
  const audited = new Set(rows.map(({ at }) => at));
  const without = Math.min(Math.round(count * WITHOUT_AUDIT), took.length - audited.size);
  while (rows.length < count + without) {
    const at = siteFor(took.length, dice);
    if (audited.has(at)) continue;
    audited.add(at);
    rows.push({ at, audit: null });
  }
  return rows;
}

/** Every member's file in its own form and hand: real sites, audits of the script's own making. Seeded. */
export function holdingsOf(sites: readonly RealSite[], { seed, today, members, audits }: HoldingsPlan): Holding[] {
  const took = sites.map((_, at) => auditsAt(today, diceOf(`${seed} audits ${at}`)));
  return Array.from({ length: members }, (_, member) => {
    const dice = diceOf(`${seed} member ${member}`);
    const hand = handOf(dice);
    const style = HOUSE_STYLES[member % HOUSE_STYLES.length] as (typeof HOUSE_STYLES)[number];
    const rows = drawRows(took, Math.floor(audits / members) + (member < audits % members ? 1 : 0), dice);
    // A member spells a site one way throughout its own list.
    const spellings = new Map<number, RealSite>();
    for (const { at } of rows) if (!spellings.has(at)) spellings.set(at, spelt(sites[at] as RealSite, hand, dice));
    const said = rows.map(({ at, audit }): Said => ({ site: spellings.get(at) as RealSite, audit }));
    return { csv: csvText(style, said), truth: rows.map(({ at }) => at) };
  });
}
