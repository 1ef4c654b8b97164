import { createReadStream, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { createGunzip } from "node:zlib";
import type { AuditDraft } from "@quasarix/client/import/draft.ts";
import { importAudits } from "@quasarix/client/import/import.ts";
import { type Mapping, parseMapping } from "@quasarix/client/import/mapping.ts";
import { type ImportReport, newReport, noteItem } from "@quasarix/client/import/report.ts";
import { ROOT } from "../start/folders.ts";

const shared = path.resolve(ROOT, process.env["QUASARIX_SHARED"] ?? "../shared");
/** The folder of the inspections, or null where there is none: they are no part of the repository. */
export function chicagoFolder(): string | null {
  const folder = path.join(shared, "data/inspections/chicago-food");
  return existsSync(folder) ? folder : null;
}

function chicagoMapping(): Mapping {
  const parsed = parseMapping(readFileSync(path.join(ROOT, "mappings/chicago-food.json"), "utf8"));
  if (!parsed.ok) throw new Error(`the mapping is refused: ${JSON.stringify(parsed.failure)}`);
  return parsed.value;
}

const unpacked = (file: string): AsyncIterable<Uint8Array> => createReadStream(file).pipe(createGunzip());

export interface Inspections {
  readonly mapping: Mapping;
  readonly drafts: readonly AuditDraft[];
  readonly report: ImportReport;
}

/** The first `limit` inspections, or all of them, drafted as `quasarix audit import` drafts them. */
export async function readInspections(folder: string, limit: number): Promise<Inspections> {
  const mapping = chicagoMapping();
  const report = newReport(mapping);
  const drafts: AuditDraft[] = [];
  const sources = {
    main: unpacked(path.join(folder, "inspections.csv.gz")),
    open: (name: string) => unpacked(path.join(folder, name)),
  };
  for await (const item of importAudits({ mapping, sources })) {
    noteItem(report, item);
    if (item.kind !== "draft") continue;
    drafts.push(item.draft);
    if (drafts.length >= limit) break;
  }
  return { mapping, drafts, report };
}
