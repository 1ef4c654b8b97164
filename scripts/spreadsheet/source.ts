import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { readCsv } from "@quasarix/client/import/csv.ts";
import { countryNamed } from "@quasarix/client/import/headings-countries.ts";
import { plainText } from "@quasarix/client/import/headings-plain.ts";
import { ROOT } from "../start/folders.ts";

/** A real supplier's site as one published list has it. */
export interface RealSite {
  readonly name: string;
  readonly address: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

const shared = path.resolve(ROOT, process.env["QUASARIX_SHARED"] ?? "../shared");
const APPLE = "data/apple-suppliers/apple-supplier-list.csv";
const LISTS = "data/facility-lists";

/** The folder of real input, or null where the lists are not there: they are no part of the repository. */
export const listsFolder = (): string | null =>
  [APPLE, LISTS].every((name) => existsSync(path.join(shared, name))) ? shared : null;

async function rowsOf(file: string): Promise<Record<string, string>[]> {
  const form = { encoding: "utf-8", delimiter: ",", multiline: true, lineLimit: 65_536 } as const;
  const rows: Record<string, string>[] = [];
  let names: readonly string[] = [];
  async function* bytes() {
    yield readFileSync(file);
  }
  for await (const item of readCsv(bytes(), form)) {
    if (item.kind === "header") names = item.names;
    if (item.kind === "row") rows.push(Object.fromEntries(names.map((name, at) => [name, item.cells[at] ?? ""])));
  }
  return rows;
}

const firstWord = (name: string): string => plainText(name).split(" ")[0] ?? "";

/** Several years of one list name one site many times: of older years only suppliers whose first word is new are taken. */
async function appleSites(folder: string): Promise<RealSite[]> {
  const rows = await rowsOf(path.join(folder, APPLE));
  const seen = new Set<string>();
  const sites: RealSite[] = [];
  for (const year of ["2018", "2017", "2016", "2015", "2014", "2013", "2012"]) {
    const fresh = rows.filter((row) => row["year"] === year && !seen.has(firstWord(row["supplier_name"] ?? "")));
    for (const row of fresh) {
      seen.add(firstWord(row["supplier_name"] ?? ""));
      const site = siteOf(row["supplier_name"], row["supplier_address"], row["country"]);
      if (site) sites.push(site);
    }
  }
  return sites;
}

async function listedSites(folder: string): Promise<RealSite[]> {
  const sites: RealSite[] = [];
  const files = readdirSync(path.join(folder, LISTS)).filter((name) => name.endsWith(".csv"));
  for (const file of files.sort()) {
    for (const row of await rowsOf(path.join(folder, LISTS, file))) {
      const site = siteOf(row["name"], row["address"], row["country"]);
      if (site) sites.push(site);
    }
  }
  return sites;
}

const oneLine = (text = ""): string => text.replace(/[\s\p{Cc}□;]+/gu, " ").trim();

function siteOf(name?: string, address?: string, country?: string): RealSite | null {
  const code = countryNamed(country ?? "");
  const site = { name: oneLine(name), address: oneLine(address), country: code ?? "" };
  return code === null || site.name === "" || site.address.length < 12 ? null : site;
}

/** Every site once, as far as names and addresses tell: what is spelt differently in two lists may still be there twice. */
export async function realSites(folder: string): Promise<RealSite[]> {
  const known = new Set<string>();
  const all = [...(await appleSites(folder)), ...(await listedSites(folder))];
  return all.filter(({ name, address, country }) => {
    const keys = [`${country} ${plainText(name)} ${plainText(address)}`, `${country} ${plainText(address)}`];
    if (keys.some((key) => known.has(key))) return false;
    for (const key of keys) known.add(key);
    return true;
  });
}
