import { createReadStream } from "node:fs";
import path from "node:path";
import { createGunzip } from "node:zlib";
import { type CsvForm, readCsv } from "@quasarix/client/import/csv.ts";
import { findingsBin } from "@quasarix/shared/benchmark/bands.ts";
import type { Leaf } from "@quasarix/shared/benchmark/site-record.ts";
import { regionOf } from "@quasarix/shared/registry/region.ts";

/** `urn:quasarix:scheme:chicago-food-inspection` calls the middle severity serious: our major. */
export const METRICS = ["score/chicago@1/inspection", "findings/critical", "findings/major", "findings/minor"] as const;

export const SCORE_RULE =
  "failed 1; passed with conditions 2; passed with a serious or critical violation, or with more than 4 minor ones, 3; " +
  "with 3 or 4 minor ones 4; with fewer 5";

export interface Inspection {
  readonly licence: string;
  readonly day: string;
  readonly leaf: Leaf;
  /** One of each metric. */
  readonly values: Uint8Array;
}

type Cells = (column: string) => string;

const number = (cells: Cells, column: string): number => {
  const count = Number(cells(column));
  if (!Number.isInteger(count) || count < 0) throw new Error(`${column}: \`${cells(column)}\` is no count`);
  return count;
};

/** SCORE_RULE. */
function scoreOf(result: string, worse: number, minor: number): number {
  if (result === "Fail") return 1;
  if (result === "Pass w/ Conditions") return 2;
  if (worse > 0 || minor > 4) return 3;
  return minor > 2 ? 4 : 5;
}

const TIERS: Readonly<Record<string, string>> = {
  "Risk 1 (High)": "risk-1",
  "Risk 2 (Medium)": "risk-2",
  "Risk 3 (Low)": "risk-3",
};

const codeOf = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

function inspectionOf(cells: Cells): Inspection {
  const [critical, serious, minor] = ["criticalCount", "seriousCount", "minorCount"].map((it) => number(cells, it)) as [
    number,
    number,
    number,
  ];
  const values = [
    scoreOf(cells("Results"), critical + serious, minor),
    ...[critical, serious, minor].map((count) => findingsBin(count)),
  ];
  const industry = codeOf(cells("Facility_Type")) || "unknown";
  const tier = TIERS[cells("Risk")] ?? "unknown";
  return {
    licence: cells("License"),
    day: cells("Inspection_Date"),
    leaf: { industry, region: regionOf("US"), country: "US", tier },
    values: Uint8Array.from(values),
  };
}

const FORM: CsvForm = { encoding: "utf-8", delimiter: ",", multiline: true, lineLimit: 65_536 };

/** Every inspection of the file, in its order. Facility type is taken for the industry, the class of risk for the tier. */
export async function readInspections(folder: string): Promise<Inspection[]> {
  const file = createReadStream(path.join(folder, "inspections.csv.gz")).pipe(createGunzip());
  const inspections: Inspection[] = [];
  let names: readonly string[] = [];
  for await (const item of readCsv(file, FORM)) {
    if (item.kind === "header") names = item.names;
    else if (item.kind === "row")
      inspections.push(inspectionOf((name) => (item.cells[names.indexOf(name)] ?? "").trim()));
    else throw new Error(`line ${item.problem.line}: ${item.problem.message}`);
  }
  return inspections;
}
