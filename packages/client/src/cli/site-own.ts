import { base64url } from "@quasarix/shared/base64.ts";
import { type Bytes, utf8 } from "@quasarix/shared/bytes.ts";
import { RELATIONSHIPS, RISKS, type Segment, segmentOf, segmentSays } from "@quasarix/shared/duplicate/segment.ts";
import { webSealer } from "@quasarix/shared/webcrypto.ts";
import type { ListedSite } from "@quasarix/shared/wire/listings.ts";
import { columnsCsv, readColumnsFile } from "../columns-file.ts";
import { problemText } from "../import/headings-preview.ts";
import { columnsKey, isKeyText, writeColumnsKey } from "../node/columns-key.ts";
import { keepFiles } from "../node/keep-files.ts";
import { type ColumnParts, mergeColumns, readColumns } from "../own-columns.ts";
import { all } from "../routes.ts";
import { argument, type Call, type Command, type Ended, must, noArguments, optional } from "./command.ts";
import { EXIT, UsageError } from "./exit.ts";
import { chunksOf, readUtf8, writeOut } from "./input.ts";
import { handleFor, type Session, session } from "./session.ts";
import { table } from "./table.ts";

const ownList = async ({ client }: Session): Promise<ListedSite[]> =>
  must(await all((cursor) => client.routes.listings({ cursor, limit: 1_000 })));

async function list(call: Call): Promise<Ended> {
  noArguments(call);
  const sites = await ownList(await session(call));
  const rows = sites.map(({ site, relation, country, city, name }) => [site, relation, country, city ?? "", name]);
  const text = `${table(["site", "", "", "city", "name"], rows)}${sites.length} sites on your list\n`;
  return { value: sites, text };
}

const WHY = {
  "readable-by-others": "its file can be read by others; `chmod 600` it",
  "not-a-key": "its file holds no key",
};

async function keyOf(call: Call, handle: string): Promise<Bytes> {
  const key = await columnsKey(call.home, handle);
  if (!key.ok) throw new UsageError(`the key of the private columns: ${WHY[key.failure]}`);
  return key.value;
}

async function partsOf(call: Call, { handle, identity, client }: Session): Promise<ColumnParts> {
  const key = await keyOf(call, handle);
  return {
    routes: client.routes,
    keep: keepFiles(call.home),
    sealer: webSealer(globalThis.crypto),
    org: identity.org,
    key,
  };
}

async function importColumns(call: Call): Promise<Ended> {
  const file = argument(call, "FILE");
  const read = await readColumnsFile(chunksOf(file));
  const problems = read.problems.map(problemText);
  const refused = { value: { kept: 0, problems: read.problems }, exit: EXIT.refused };
  if (read.rows.length === 0) return { ...refused, text: `${[...problems, "nothing was kept"].join("\n")}\n` };
  const book = must(await mergeColumns(await partsOf(call, await session(call)), read.rows));
  const said = `${read.rows.length} rows kept, sealed with your own key; ${book.rows.length} sites have private columns`;
  return {
    value: { kept: read.rows.length, sites: book.rows.length, problems: read.problems },
    text: `${[...problems, said].join("\n")}\n`,
    exit: read.problems.length > 0 ? EXIT.refused : EXIT.done,
  };
}

async function exportColumns(call: Call): Promise<Ended> {
  noArguments(call);
  const from = await session(call);
  const { book } = must(await readColumns(await partsOf(call, from)));
  const names = new Map((await ownList(from)).map(({ site, name }) => [site, name]));
  const csv = columnsCsv(book.rows, (site) => names.get(site) ?? "");
  const out = optional(call, "out");
  if (out === undefined) return { value: book.rows, text: csv };
  await writeOut(out, utf8(csv));
  return { value: { file: out, rows: book.rows.length }, text: `${book.rows.length} rows in ${out}\n` };
}

/** Shows the key, or takes over the one that a colleague showed. */
async function key(call: Call): Promise<Ended> {
  noArguments(call);
  const handle = await handleFor(call);
  const file = optional(call, "take");
  if (file !== undefined) {
    const text = (await readUtf8(file)).trim();
    if (!isKeyText(text)) throw new UsageError(`\`${file}\` holds no key of private columns`);
    await writeColumnsKey(call.home, handle, text);
    return { value: { taken: true }, text: "The key is taken over. Delete the file that brought it.\n" };
  }
  const text = base64url(await keyOf(call, handle));
  call.terminal.note(
    "Whoever has this key and your sign-in reads your private columns. Hand it over by a way you trust.",
  );
  return { value: { key: text }, text: `${text}\n` };
}

const NO_COUNTRY_RISK =
  "Risk is the band that you gave each site yourself: the risk of countries, materials and work is not weighed in yet.";

async function segments(call: Call): Promise<Ended> {
  noArguments(call);
  const from = await session(call);
  const { book } = must(await readColumns(await partsOf(call, from)));
  const columns = new Map(book.rows.map((row) => [row.site, row]));
  const sites = (await ownList(from)).map((one) => ({ ...one, ...segmentOf(columns.get(one.site) ?? {}) }));
  const fields = RISKS.toReversed().flatMap((risk) =>
    RELATIONSHIPS.map((relationship): Segment => ({ risk, relationship })),
  );
  const counted = fields
    .map((field) => ({ ...field, sites: sites.filter((one) => isIn(one, field)).map(({ site }) => site) }))
    .filter((field) => field.sites.length > 0);
  const rows = counted.map((it) => [it.risk, it.relationship, String(it.sites.length), segmentSays(it)]);
  return { value: counted, text: `${table(["risk", "relationship", "sites", "first"], rows)}${NO_COUNTRY_RISK}\n` };
}

const isIn = (one: Segment, field: Segment): boolean =>
  one.risk === field.risk && one.relationship === field.relationship;

export const ownSiteCommands: readonly Command[] = [
  {
    words: "site own",
    usage: "",
    says: "lists the sites on your own list; nobody else is shown it",
    example: "quasarix site own",
    run: list,
  },
  {
    words: "site columns import",
    usage: "FILE",
    says: "keeps what you know of your sites (ERP number, owner, spend band, ...), sealed with a key of your own",
    example: "quasarix site columns import columns.csv",
    run: importColumns,
  },
  {
    words: "site columns export",
    usage: "[--out FILE]",
    says: "your private columns as CSV, the same form as goes in",
    example: "quasarix site columns export --out columns.csv",
    options: { out: { type: "string" } },
    run: exportColumns,
  },
  {
    words: "site columns key",
    usage: "[--take FILE]",
    says: "shows the key of your private columns for a colleague, or takes over the colleague's",
    example: "quasarix site columns key --take key.txt",
    options: { take: { type: "string" } },
    run: key,
  },
  {
    words: "site segments",
    usage: "",
    says: "your list by risk and relationship, as your private columns say, and what to do first",
    example: "quasarix site segments",
    run: segments,
  },
];
