import type { Bytes } from "../bytes.ts";
import { type Drawn, drawCell, type Lot, lotOf } from "./draw.ts";
import { type Counted, histogram, inputDigest, isPublished } from "./histogram.ts";
import { inputRecords, inputsRoot } from "./inputs.ts";
import { noiseOf, releaseIdOf, withNoise } from "./noise.ts";
import type { Cohort, Plan, Series } from "./plan.ts";
import { RecordTable } from "./record-table.ts";
import { releaseHash, writeRelease } from "./release-bytes.ts";
import type { ReleaseFile } from "./release-file.ts";
import type { SiteRecord } from "./site-record.ts";

/** What a release follows from, beside its records. */
export interface ReleaseOf {
  readonly plan: Pick<Plan, "K" | "b" | "floor">;
  readonly planHash: string;
  readonly series: Pick<Series, "cells" | "metrics">;
  readonly cohort: Pick<Cohort, "id">;
  /** Digest of the votes that adopted the plan. */
  readonly votes: string;
  /** The cohort's, 32 bytes. */
  readonly secret: Bytes;
}

export interface BuiltRelease {
  readonly file: ReleaseFile;
  readonly bytes: Bytes;
  /** b64url of the SHA-256 of `bytes`. */
  readonly hash: string;
  /** b64url of the root over the input commitments. */
  readonly inputs: string;
}

/** One (cell, metric) before floor and noise. */
export interface CountedCell extends Counted {
  /** Indices into the series. */
  readonly cell: number;
  readonly metric: number;
  /** Of the cell, all metrics. */
  readonly drawn: Drawn;
}

/** Every (cell, metric) of the series in the file's order: the plan's cells, then its metrics. `order`: of `bySite`. */
export function* countedCells(table: RecordTable, order: Uint32Array, K: number, lot: Lot): Generator<CountedCell> {
  for (const [cell, rows] of table.byCell(order).entries()) {
    const drawn = drawCell(table, rows, K, lot);
    for (let metric = 0; metric < table.metrics; metric++)
      yield { cell, metric, drawn, ...histogram(table, drawn, metric) };
  }
}

/** Takes the records of a cohort one by one, in any order, and makes its release: the same bytes for the same records. */
export class ReleaseBuild {
  readonly #of: ReleaseOf;
  readonly #table: RecordTable;

  constructor(of: ReleaseOf) {
    this.#of = of;
    this.#table = new RecordTable({ cells: of.series.cells.length, metrics: of.series.metrics.length });
  }

  /** Throws on a second record of a site at the latest at `finish`. */
  add(record: SiteRecord): void {
    this.#table.add(record);
  }

  finish(): BuiltRelease {
    const { series, secret } = this.#of;
    const order = this.#table.bySite();
    const file = this.#file(order);
    const bytes = writeRelease(file);
    const paths = series.cells.map(({ path }) => path);
    const inputs = inputsRoot(secret, inputRecords(this.#table, order, paths));
    return { file, bytes, hash: releaseHash(bytes), inputs };
  }

  #file(order: Uint32Array): ReleaseFile {
    const { plan, planHash, series, cohort, votes, secret } = this.#of;
    const releaseId = releaseIdOf(planHash, cohort.id, votes);
    const cells: ReleaseFile["cells"] = [];
    const withheld: ReleaseFile["withheld"] = [];
    for (const counted of countedCells(this.#table, order, plan.K, lotOf(secret))) {
      const path = (series.cells[counted.cell] as Series["cells"][number]).path;
      const metric = series.metrics[counted.metric] as string;
      if (!isPublished(counted, plan.floor)) {
        withheld.push({ path, metric });
        continue;
      }
      const digest = inputDigest(this.#table, counted.drawn, counted.metric);
      const noise = noiseOf({ secret, releaseId, path, metric, digest }, plan.b);
      cells.push({ path, metric, bins: withNoise(counted.bins, noise) });
    }
    return { planHash, cohort: cohort.id, cells, withheld };
  }
}
