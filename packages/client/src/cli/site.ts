import path from "node:path";
import { sitePlace } from "@quasarix/shared/registry/site.ts";
import { orgId } from "@quasarix/shared/wire/ids.ts";
import type * as z from "zod";
import { importAudits } from "../import/import.ts";
import { refusalSays } from "../refusal.ts";
import { allSites, type NewSite, openSites, siteIndex } from "../sites.ts";
import {
  argument,
  type Call,
  type Command,
  type Ended,
  must,
  needed,
  noArguments,
  optional,
  several,
} from "./command.ts";
import { EXIT, UsageError } from "./exit.ts";
import { chunksOf, readUtf8 } from "./input.ts";
import { readMapping } from "./mapping-file.ts";
import { type Session, session } from "./session.ts";
import { table } from "./table.ts";

const FIELDS = ["name", "country", "address", "city", "region", "postcode"] as const;

const problemOf = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");

function supplierOf(call: Call, { identity }: Session): string {
  const supplier = optional(call, "supplier") ?? (identity.kind === "supplier" ? identity.org : undefined);
  if (supplier === undefined) throw new UsageError("--supplier is missing");
  if (!orgId.safeParse(supplier).success) throw new UsageError("--supplier is no organisation's id");
  return supplier;
}

function siteFrom(value: unknown, supplier: string, where: string): NewSite {
  const place = sitePlace.safeParse(value);
  if (!place.success) throw new UsageError(`${where}: ${problemOf(place.error)}`);
  return { ...place.data, supplier };
}

function siteFromFlags(call: Call, supplier: string): NewSite {
  const fields = FIELDS.map((name) => [name, optional(call, name)] as const).filter(([, value]) => value !== undefined);
  const identifiers = several(call, "identifier").map((text) => {
    const at = text.lastIndexOf("=");
    return { scheme: text.slice(0, at), value: text.slice(at + 1) };
  });
  const place = { ...Object.fromEntries(fields), ...(identifiers.length > 0 ? { identifiers } : {}) };
  return siteFrom(place, supplier, "site");
}

/** JSON Lines of sites; a line may name its own `supplier`. */
async function sitesFromLines(file: string, supplier: () => string): Promise<NewSite[]> {
  const lines = (await readUtf8(file)).split("\n");
  const sites: NewSite[] = [];
  for (const [i, line] of lines.entries()) {
    if (line.trim() === "") continue;
    let value: Record<string, unknown>;
    try {
      value = JSON.parse(line);
    } catch {
      throw new UsageError(`${file}:${i + 1}: not JSON`);
    }
    const { supplier: own, ...place } = value;
    if (own !== undefined && !orgId.safeParse(own).success) throw new UsageError(`${file}:${i + 1}: supplier`);
    sites.push(siteFrom(place, own === undefined ? supplier() : String(own), `${file}:${i + 1}`));
  }
  return sites;
}

/** The sites that a file of audits speaks of, each once, without those that the registry has. */
async function sitesFromAudits(call: Call, file: string, from: Session, supplier: string): Promise<NewSite[]> {
  const mapping = await readMapping(needed(call, "map"));
  const known = siteIndex(must(await allSites(from.client)));
  const found = new Map<string, NewSite>();
  const open = (name: string) => chunksOf(path.join(path.dirname(file), name));
  for await (const item of importAudits({ mapping, sources: { main: chunksOf(file), open } })) {
    if (item.kind === "refused") throw new UsageError(`${file}:${item.problem.line}: ${item.problem.message}`);
    if (item.kind !== "draft") continue;
    const { key, place } = item.draft.site;
    if (!found.has(key) && known.find(place) === null) found.set(key, { ...place, supplier });
  }
  if (mapping.notice !== undefined) call.terminal.note(mapping.notice);
  return [...found.values()];
}

async function wanted(call: Call, from: Session): Promise<NewSite[]> {
  const file = optional(call, "file");
  const audits = optional(call, "from-audits");
  if (file !== undefined) return sitesFromLines(file, () => supplierOf(call, from));
  if (audits !== undefined) return sitesFromAudits(call, audits, from, supplierOf(call, from));
  return [siteFromFlags(call, supplierOf(call, from))];
}

async function add(call: Call): Promise<Ended> {
  noArguments(call);
  const from = await session(call);
  const sites = await wanted(call, from);
  const opened = must(await openSites(from.client, from.author, sites, call.terminal.progress));
  call.terminal.endProgress();
  const value = opened.map(({ id, outcome }, i) => {
    const { name } = sites[i] as NewSite;
    if (outcome.ok) return { id, name, statement: outcome.statementHash, index: outcome.receipt.index };
    return { id: null, name, refused: refusalSays(outcome.refusal) };
  });
  const refused = value.filter((row) => row.id === null);
  const rows = value.length > 50 ? [] : value.map((row) => [row.id ?? "refused", row.name, row.refused ?? ""]);
  const text = `${table(["", "", ""], rows)}${value.length - refused.length} sites opened, ${refused.length} refused\n`;
  return { value, text, exit: refused.length > 0 ? EXIT.refused : EXIT.done };
}

async function list(call: Call): Promise<Ended> {
  noArguments(call);
  const { client } = await session(call);
  const sites = must(await allSites(client, optional(call, "supplier")));
  const rows = sites.map((site) => [site.id, site.country, site.city ?? "", site.name, site.mergedInto ?? ""]);
  return { value: sites, text: table(["id", "country", "city", "name", "merged into"], rows) };
}

async function show(call: Call): Promise<Ended> {
  const id = argument(call, "SITE");
  const { client } = await session(call);
  const site = must(await client.routes.site(id));
  const rows = Object.entries(site).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return { value: site, text: table(["", ""], rows) };
}

export const siteCommands: readonly Command[] = [
  {
    words: "site add",
    usage: "[--supplier ORG] (--name NAME --country XX ... | --file SITES.jsonl | --from-audits FILE --map MAPPING)",
    says: "opens sites: one by flags, many by JSON Lines, or those that a file of audits speaks of",
    example: 'quasarix site add --name "Mill 4" --country BD --city Gazipur --identifier osid=BD2020123ABCDEF',
    options: {
      supplier: { type: "string" },
      ...Object.fromEntries(FIELDS.map((name) => [name, { type: "string" as const }])),
      identifier: { type: "string", multiple: true },
      file: { type: "string" },
      "from-audits": { type: "string" },
      map: { type: "string" },
    },
    run: add,
  },
  {
    words: "site list",
    usage: "[--supplier ORG]",
    says: "lists the sites",
    example: "quasarix site list --json",
    options: { supplier: { type: "string" } },
    run: list,
  },
  { words: "site show", usage: "SITE", says: "shows one site", example: "quasarix site show site_...", run: show },
];
