import { base64url, bytes32 } from "../base64.ts";
import { type Bytes, equal, utf8 } from "../bytes.ts";
import { fail, ok, type Result } from "../result.ts";
import { sha256 } from "../sha256.ts";
import {
  notALine,
  type PackageHead,
  type PackageRefusal,
  readPackageHead,
  readPackageRecord,
} from "./audit-package.ts";
import { type BuiltRelease, ReleaseBuild } from "./build-release.ts";
import type { ReleaseClaims } from "./claims.ts";
import type { Cohort, Series } from "./plan.ts";
import { planHash, readPlan } from "./plan-file.ts";
import { readRelease } from "./release-bytes.ts";
import type { ReleasedCell } from "./release-file.ts";

/** What stands in the log and what was published under it. */
export interface Published {
  readonly claims: Pick<ReleaseClaims, "plan" | "cohort" | "file" | "commitment" | "inputs" | "votes">;
  readonly bytes: Bytes;
}

export interface Rerun {
  readonly bytes: Bytes;
  /** b64url root over the commitments to the package's records. */
  readonly inputs: string;
  /** Sentences, the weightiest first; none: what was published follows from the package and from what was committed to. */
  readonly differences: readonly string[];
}

export type RerunRefusal =
  | PackageRefusal
  | { readonly reason: "package-plan" }
  | { readonly reason: "package-cohort"; readonly cohort: string };

/** Makes the release again from an auditor's package (audit-package.ts; lines without their LF) and compares. */
export function rerun(lines: Iterable<string>, published: Published): Result<Rerun, RerunRefusal> {
  const each = lines[Symbol.iterator]();
  const head = readPackageHead(each.next().value ?? "");
  if (!head.ok) return head;
  const plan = readPlan(utf8(head.value.plan));
  if (!plan.ok) return fail({ reason: "package-plan" });
  const found = cohortOf(plan.value.series, head.value.cohort);
  if (!found) return fail({ reason: "package-cohort", cohort: head.value.cohort });
  const { votes } = head.value;
  const secret = bytes32(head.value.secret, "the secret");
  const planOf = planHash(utf8(head.value.plan));
  const build = new ReleaseBuild({ plan: plan.value, planHash: planOf, ...found, votes, secret });
  const refused = addAll(build, each, found.series);
  if (refused) return refused;
  const built = build.finish();
  const differences = [...foundations(head.value, planOf, found.cohort, published), ...results(built, published)];
  return ok({ bytes: built.bytes, inputs: built.inputs, differences });
}

const cohortOf = (all: readonly Series[], id: string): { series: Series; cohort: Cohort } | undefined =>
  all.flatMap((series) => series.cohorts.map((cohort) => ({ series, cohort }))).find(({ cohort }) => cohort.id === id);

/** The first line that is not a record of this series, or not in the order of sites: null where all are. */
function addAll(
  build: ReleaseBuild,
  lines: Iterator<string>,
  { cells, metrics }: Series,
): { readonly ok: false; readonly failure: PackageRefusal } | null {
  const numbers = new Map(cells.map(({ path }, cell) => [path, cell]));
  let before = "";
  for (let line = 2, next = lines.next(); !next.done; line++, next = lines.next()) {
    const read = readPackageRecord(next.value, line);
    if (!read.ok) return read;
    const { site, path, sponsor, values } = read.value;
    const cell = numbers.get(path);
    if (cell === undefined || site <= before || values.length !== metrics.length) return notALine(line);
    build.add({ site, cell, sponsor, values: Uint8Array.from(values, Number) });
    before = site;
  }
  return null;
}

/** Whether the package rests on what was committed to before anybody voted. */
function* foundations(head: PackageHead, plan: string, cohort: Cohort, { claims }: Published): Generator<string> {
  const commitment = base64url(sha256(bytes32(head.secret, "the secret")));
  if (plan !== claims.plan) yield `plan: the package is of plan ${plan}, the log names ${claims.plan}`;
  if (cohort.id !== claims.cohort) yield `cohort: the package is of ${cohort.id}, the log names ${claims.cohort}`;
  if (commitment !== cohort.commitment) yield "secret: not the one that the plan committed to before the vote";
  if (commitment !== claims.commitment) yield "secret: not the one that the log names";
  if (head.votes !== claims.votes) yield "votes: not the digest that the log names";
}

function* results(built: BuiltRelease, { claims, bytes }: Published): Generator<string> {
  if (base64url(sha256(bytes)) !== claims.file) yield "file: the published bytes are not those that the log names";
  if (built.inputs !== claims.inputs) yield "inputs: the records are not those that were committed to";
  if (!equal(built.bytes, bytes)) yield `file: ${firstDifference(built, bytes)}`;
}

const named = ({ path, metric }: { path: string; metric: string }): string => `${path}, ${metric}`;

function firstDifference({ file }: BuiltRelease, bytes: Bytes): string {
  const read = readRelease(bytes);
  if (!read.ok) return "the published bytes are not a release file";
  const theirs = read.value;
  if (theirs.planHash !== file.planHash || theirs.cohort !== file.cohort) return "of another plan or cohort";
  const differs = (mine: ReleasedCell | undefined, other: ReleasedCell | undefined): boolean =>
    JSON.stringify(mine) !== JSON.stringify(other);
  const length = Math.max(file.cells.length, theirs.cells.length);
  for (let i = 0; i < length; i++) {
    const [mine, other] = [file.cells[i], theirs.cells[i]];
    if (differs(mine, other)) return `${says("published", other)}, ${says("made again", mine)}`;
  }
  return "cells agree, what is withheld does not";
}

const says = (who: string, cell: ReleasedCell | undefined): string =>
  cell ? `${who} ${named(cell)}: [${cell.bins.join(", ")}]` : `${who}: no cell more`;
