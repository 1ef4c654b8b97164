import type { Framework, PublishedFramework } from "@quasarix/shared/benchmark/framework/framework.ts";
import { QUASARIX_1 } from "@quasarix/shared/benchmark/framework/quasarix/first.ts";
import { quasarixReview } from "@quasarix/shared/benchmark/framework/quasarix/review.ts";
import type { Client } from "../client.ts";
import { frameworkVersions, listFrameworks } from "../frameworks.ts";
import { type Call, isSet, must } from "./command.ts";
import { UsageError } from "./exit.ts";
import { openClient } from "./session.ts";

export const SHIPPED_OPTION = { shipped: { type: "boolean" }, api: { type: "string" } } as const;

/** Of a review that comes with the software the statement is not known before version 1 is published. */
const UNPUBLISHED = "";

/** What comes with this software: to begin with, and as the pattern of a review. */
export const SHIPPED: readonly PublishedFramework[] = [QUASARIX_1, quasarixReview(UNPUBLISHED)].map((claims) => ({
  statement: UNPUBLISHED,
  claims,
}));

/** As a file for `framework publish`: what is filled in there is left out. */
export function fileOf({ reviews, ...claims }: Framework): object {
  if (!reviews) return claims;
  const { statement, ...own } = reviews;
  return { ...claims, reviews: statement === UNPUBLISHED ? own : reviews };
}

/** `NAME` or `NAME@VERSION`. */
function parts(text: string): { readonly id: string; readonly version: number | null } {
  const [, id, version] = /^([a-z0-9-]{1,40})(?:@([1-9][0-9]{0,3}))?$/.exec(text) ?? [];
  if (id === undefined) throw new UsageError(`\`${text}\` is no framework: \`quasarix\`, or \`quasarix@2\``);
  return { id, version: version === undefined ? null : Number(version) };
}

export interface Chosen {
  readonly framework: Framework;
  /** The version that reviewed it. */
  readonly next: Framework | undefined;
}

/** The version that `text` names, or its newest; of the published ones, or with `--shipped` of those that come along. */
export async function chosen(call: Call, text: string | undefined): Promise<Chosen> {
  const asked = text === undefined ? null : parts(text);
  const versions = (isSet(call, "shipped") ? SHIPPED : await published(await openClient(call), asked?.id)).filter(
    ({ claims }) => asked === null || claims.framework === asked.id,
  );
  const ids = new Set(versions.map(({ claims }) => claims.framework));
  if (ids.size > 1) throw new UsageError(`which framework? ${[...ids].join("|")}`);
  const newest = Math.max(...versions.map(({ claims }) => claims.version));
  const of = (version: number) => versions.find(({ claims }) => claims.version === version)?.claims;
  const framework = of(asked?.version ?? newest);
  if (!framework) throw new UsageError(`no framework ${text === undefined ? "" : `\`${text}\` `}is published: ${HINT}`);
  return { framework, next: of(framework.version + 1) };
}

const HINT = "`quasarix framework list` has them, and `--shipped` shows those that come with this software";

async function published(client: Client, id: string | undefined): Promise<PublishedFramework[]> {
  const ids = id === undefined ? must(await listFrameworks(client)).map(({ framework }) => framework) : [id];
  const all: PublishedFramework[] = [];
  for (const one of new Set(ids)) all.push(...must(await frameworkVersions(client, one)));
  return all;
}
