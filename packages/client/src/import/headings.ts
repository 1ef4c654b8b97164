import { plainText } from "./headings-plain.ts";
import { schemeInHeading } from "./headings-schemes.ts";
import { type Field, HEADINGS } from "./headings-words.ts";

/** A column that is understood. Several of one field only for `address`: its lines, in the order of the file. */
export interface Column {
  /** From 0. */
  readonly at: number;
  readonly heading: string;
  readonly field: Field;
  /** Of a heading such as `SMETA audit date`: what it says is of that scheme alone. */
  readonly scheme: string | null;
}

/** What a header row says, and which of its columns it leaves alone. */
export interface Headings {
  readonly columns: readonly Column[];
  readonly unused: readonly string[];
}

/** Small words and signs of form-fillers that change nothing. */
const FILLERS = new Set(
  "the of de do da del della dell di du der des la le les l d required mandatory optional iso gps yyyy mm dd".split(
    " ",
  ),
);

/** Words in alphabetical order, so that `date of audit` and `Audit Date` are one. */
const keyOf = (plain: string): string => {
  const words = plain.split(" ").filter((word) => !FILLERS.has(word));
  return (words.length > 0 ? words : plain.split(" ")).sort().join(" ");
};

const KNOWN: ReadonlyMap<string, { readonly field: Field; readonly rank: number }> = new Map(
  (Object.keys(HEADINGS) as Field[]).flatMap((field) =>
    HEADINGS[field]
      .map((heading, rank) => [keyOf(plainText(heading)), { field, rank }] as const)
      // Two spellings with one key keep the better rank.
      .reverse(),
  ),
);

/** `siteName` as two words; what stands in brackets is a note on the form, unless there is nothing else. */
function plainHeading(heading: string): string {
  const apart = heading.replace(/([\p{Ll}])([\p{Lu}])/gu, "$1 $2");
  const bare = plainText(apart.replace(/[([{（][^)\]}）]*[)\]}）]/g, " "));
  return bare === "" ? plainText(apart) : bare;
}

interface Meaning {
  readonly field: Field;
  readonly rank: number;
  readonly scheme: string | null;
}

const OF_AN_AUDIT: readonly Field[] = ["auditFrom", "auditTo", "validUntil", "result", "version"];

function meaningOf(heading: string): Meaning | null {
  const plain = plainHeading(heading);
  if (plain === "") return null;
  const whole = KNOWN.get(keyOf(plain));
  if (whole) return { ...whole, scheme: null };
  const line = KNOWN.get(keyOf(plain.replace(/ ?\d$/, "")));
  if (line?.field === "address") return { ...line, scheme: null };
  const named = schemeInHeading(plain);
  const rest = named && KNOWN.get(keyOf(named.rest));
  return named && rest && OF_AN_AUDIT.includes(rest.field) ? { ...rest, scheme: named.id } : null;
}

/** `Address line 2` goes on where another line began. */
const NUMBERED = /\d\s*$/;

/** Reads a header row without a mapping. Of two columns for one thing the better name is taken, then the first. */
export function recogniseHeadings(names: readonly string[]): Headings {
  const meanings = names.map((heading, at) => ({ at, heading, meaning: meaningOf(heading) }));
  const best = new Map<string, number>();
  const slotOf = ({ field, scheme }: Meaning) => JSON.stringify([field, scheme]);
  for (const { meaning } of meanings) {
    if (!meaning) continue;
    const slot = slotOf(meaning);
    best.set(slot, Math.min(best.get(slot) ?? Number.POSITIVE_INFINITY, meaning.rank));
  }
  const taken = new Set<string>();
  const columns: Column[] = [];
  const unused: string[] = [];
  for (const { at, heading, meaning } of meanings) {
    const slot = meaning ? slotOf(meaning) : "";
    const isLine = meaning?.field === "address" && (meaning.rank === best.get(slot) || NUMBERED.test(heading));
    const isFirst = meaning !== null && meaning.rank === best.get(slot) && !taken.has(slot);
    if (!meaning || !(isLine || isFirst)) {
      if (heading !== "") unused.push(heading);
      continue;
    }
    taken.add(slot);
    columns.push({ at, heading, field: meaning.field, scheme: meaning.scheme });
  }
  return { columns, unused };
}

/** How well a row does as a header: 0 where it names no site. */
export function headingScore(cells: readonly string[]): number {
  const { columns } = recogniseHeadings(cells);
  return columns.some(({ field }) => field === "name") ? columns.length : 0;
}
