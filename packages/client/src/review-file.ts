import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { csvRow } from "@quasarix/shared/csv.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { siteId } from "@quasarix/shared/wire/ids.ts";
import type { SiteCandidate } from "@quasarix/shared/wire/site-match.ts";
import { plainCell } from "./grant-cells.ts";
import { type CsvForm, readCsv } from "./import/csv.ts";
import { quoted, type RowProblem } from "./import/problem.ts";

/** A place of one's own list, and the sites of the registry that are likely the same. */
export interface Doubt {
  readonly place: SitePlace;
  readonly candidates: readonly SiteCandidate[];
}

/** What a person said: this place of the list is that site, or is not. `place` names it as `placeName` does. */
export interface Said {
  readonly place: string;
  readonly site: string;
  readonly isSame: boolean;
}

/** Short, and the same for a place that says the same. */
export const placeName = (place: SitePlace): string => base64url(sha256(utf8(JSON.stringify(place))).slice(0, 12));

const ADDRESS = ["name", "address", "city", "postcode", "country"] as const;
const COLUMNS = [
  "answer",
  "score",
  ...ADDRESS.flatMap((name) => [`your_${name}`, `their_${name}`]),
  "reasons",
  "site",
  "place",
];

/** Side by side, a row a candidate, the likeliest first. A person writes `y` or `n` under `answer`. */
export const reviewCsv = (doubts: readonly Doubt[]): string =>
  [
    csvRow(COLUMNS),
    ...doubts.flatMap(({ place, candidates }) => candidates.map((one) => csvRow(cells(place, one)))),
  ].join("");

const cells = (place: SitePlace, { site, score, reasons }: SiteCandidate): string[] => [
  "",
  score.toFixed(2),
  ...ADDRESS.flatMap((name) => [place[name] ?? "", site[name] ?? ""]),
  reasons.join("; "),
  site.id,
  placeName(place),
];

/** Spreadsheets save with the delimiter of their country, and in Windows-1252: what is read back is ASCII in both. */
const FORM: Omit<CsvForm, "delimiter"> = { encoding: "windows-1252", multiline: true, lineLimit: 65_536 };
const YES = ["y", "yes", "same", "1", "true"];
const NO = ["n", "no", "other", "0", "false"];

const isOurs = (names: readonly string[]): boolean => ["answer", "site", "place"].every((name) => names.includes(name));

/** The file again, and its delimiter: the one that makes its first line ours. */
async function sniffed(chunks: AsyncIterable<Uint8Array>) {
  const source = chunks[Symbol.asyncIterator]();
  const first = await source.next();
  const [head = ""] = first.done ? [] : new TextDecoder().decode(first.value).split(/\r?\n/, 1);
  const names = (delimiter: string) => head.split(delimiter).map((name) => name.replaceAll('"', "").trim());
  const delimiter = [",", ";", "\t"].find((one) => isOurs(names(one))) ?? ",";
  async function* whole(): AsyncGenerator<Uint8Array> {
    if (!first.done) yield first.value;
    yield* { [Symbol.asyncIterator]: () => source };
  }
  return { delimiter, whole: whole() };
}

export interface Reviewed {
  readonly said: readonly Said[];
  readonly problems: readonly RowProblem[];
}

/** What has been answered in a review file; null where it is none. A row without an answer says nothing yet. */
export async function readReview(chunks: AsyncIterable<Uint8Array>): Promise<Reviewed | null> {
  const said: Said[] = [];
  const problems: RowProblem[] = [];
  let names: readonly string[] = [];
  const { delimiter, whole } = await sniffed(chunks);
  for await (const item of readCsv(whole, { ...FORM, delimiter })) {
    if (item.kind === "refused" || (item.kind === "header" && !isOurs(item.names))) return null;
    if (item.kind === "header") names = item.names;
    if (item.kind === "fault") problems.push(item.problem);
    if (item.kind !== "row") continue;
    const cell = (name: string) => plainCell(item.cells[names.indexOf(name)] ?? "");
    const answer = cell("answer").toLowerCase();
    if (answer === "") continue;
    const at = { line: item.line, column: names.indexOf("answer") + 1, field: "answer", reason: "content" as const };
    if (!siteId.safeParse(cell("site")).success || cell("place") === "")
      problems.push({ ...at, message: "the columns `site` and `place` are not as they were written" });
    else if (YES.includes(answer)) said.push({ place: cell("place"), site: cell("site"), isSame: true });
    else if (NO.includes(answer)) said.push({ place: cell("place"), site: cell("site"), isSame: false });
    else problems.push({ ...at, message: `${quoted(answer)} is neither \`y\` nor \`n\`` });
  }
  return { said, problems };
}
