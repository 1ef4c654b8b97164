import type { Cohort, Plan, Series } from "@quasarix/shared/benchmark/plan.ts";
import { planHash, readPlan } from "@quasarix/shared/benchmark/plan-file.ts";
import { readRelease, releaseHash } from "@quasarix/shared/benchmark/release-bytes.ts";
import type { ReleaseFile } from "@quasarix/shared/benchmark/release-file.ts";
import { type AddRefusal, combine, shapeRefusal, sumOfQuarters } from "@quasarix/shared/benchmark/use/add-up.ts";
import { type Picture, type PictureRefusal, pictureOf } from "@quasarix/shared/benchmark/use/picture.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { ok, unreachable } from "@quasarix/shared/result.ts";
import { type Answer, badInput } from "./refusal.ts";

export interface HeldPlan {
  readonly hash: string;
  readonly plan: Plan;
}

/** A published file beside the plan that names its numbers. */
export interface HeldRelease extends HeldPlan {
  /** SHA-256 of the file, b64url: what the log has. */
  readonly fileHash: string;
  readonly file: ReleaseFile;
  readonly series: Series;
  readonly cohort: Cohort;
  readonly picture: Picture;
}

export function planFrom(bytes: Bytes): Answer<HeldPlan> {
  const plan = readPlan(bytes);
  return plan.ok ? ok({ hash: planHash(bytes), plan: plan.value }) : badInput(`no plan's file: ${plan.failure}`);
}

/** `plans`: one of them has to be the file's. Whether they are what was logged is for who fetches them to check. */
export function releaseFrom(bytes: Bytes, plans: readonly HeldPlan[]): Answer<HeldRelease> {
  const file = readRelease(bytes);
  if (!file.ok) return badInput(`no release's file: ${file.failure}`);
  const held = plans.find(({ hash }) => hash === file.value.planHash);
  if (!held) return badInput(`the release is of plan ${file.value.planHash}, whose file is not given`);
  const picture = pictureOf(held.plan, held.hash, file.value);
  if (!picture.ok) return badInput(pictureSays(picture.failure));
  const isIts = ({ id }: Cohort): boolean => id === file.value.cohort;
  const series = held.plan.series.find(({ cohorts }) => cohorts.some(isIts)) as Series;
  const cohort = series.cohorts.find(isIts) as Cohort;
  return ok({ ...held, fileHash: releaseHash(bytes), file: file.value, series, cohort, picture: picture.value });
}

function pictureSays(refusal: PictureRefusal): string {
  switch (refusal.reason) {
    case "another-plan":
      return `the release is of another plan, ${refusal.plan}`;
    case "no-such-cohort":
      return `its plan has no cohort \`${refusal.cohort}\``;
    case "twice":
      return `\`${refusal.path}\`, ${refusal.metric}: it stands there twice`;
    case "not-in-plan":
      return `its plan has no \`${refusal.metric}\` in \`${refusal.path}\``;
    default:
      return unreachable(refusal);
  }
}

/** Quarters of one consortium summed, or one cohort of several consortia added: like with like alone. */
export function addUp(pictures: readonly Picture[]): Answer<Picture> {
  const names = new Set(pictures.flatMap(({ consortia }) => consortia));
  const added = names.size === 1 ? sumOfQuarters(pictures) : combine(pictures);
  return added.ok ? added : badInput(addSays(added.failure));
}

/** Of one consortium and the same cells and metrics: what a trend is drawn over. */
export function comparable(pictures: readonly Picture[]): Answer<true> {
  const [first, ...others] = pictures;
  for (const one of first ? others : []) {
    const consortium = one.consortia.find((it) => !first?.consortia.includes(it));
    if (consortium !== undefined) return badInput(addSays({ reason: "another-consortium", consortium }));
    const refusal = shapeRefusal(first as Picture, one);
    if (refusal) return badInput(addSays(refusal));
  }
  return ok(true);
}

function addSays(refusal: AddRefusal): string {
  switch (refusal.reason) {
    case "one-file":
      return "there is nothing to add: give two files or more";
    case "metrics-differ":
      return `only one of them has the metric \`${refusal.metric}\``;
    case "cells-differ":
      return `the cell \`${refusal.path}\` is not the same in both`;
    case "cohorts-differ":
      return `one is of ${refusal.cohorts[0]}, another of ${refusal.cohorts[1]}`;
    case "same-consortium":
      return `two are of ${refusal.consortium}: the same audits would count twice`;
    case "another-consortium":
      return `one is of ${refusal.consortium}, others are not`;
    case "same-cohort":
      return `two are of ${refusal.cohort}`;
    case "not-quarters":
      return `${refusal.cohort} is no quarter, and overlaps with those of its year`;
    case "not-in-a-row":
      return `${refusal.cohort} does not follow on ${refusal.after}`;
    default:
      return unreachable(refusal);
  }
}
