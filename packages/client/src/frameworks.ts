import { type FrameworkBook, frameworkBook } from "@quasarix/shared/benchmark/framework/book.ts";
import {
  type Framework,
  frameworkId,
  frameworkOfScale,
  type PublishedFramework,
} from "@quasarix/shared/benchmark/framework/framework.ts";
import { type FrameworkProblem, readFramework } from "@quasarix/shared/benchmark/framework/read-framework.ts";
import { ok, type Result } from "@quasarix/shared/result.ts";
import type { FrameworkSummary } from "@quasarix/shared/wire/frameworks.ts";
import type { Client } from "./client.ts";
import type { Answer } from "./refusal.ts";

/** Every published version, in the order of the log. */
export async function listFrameworks({ routes }: Client): Promise<Answer<FrameworkSummary[]>> {
  const items: FrameworkSummary[] = [];
  for (let after: number | null = -1; after !== null; ) {
    const page = await routes.frameworks(after);
    if (!page.ok) return page;
    items.push(...page.value.items);
    after = page.value.next;
  }
  return ok(items);
}

/** Versions of one framework, the newest first; none where the operator has published none. */
export async function frameworkVersions({ routes }: Client, id: string): Promise<Answer<PublishedFramework[]>> {
  const view = await routes.framework(id);
  if (view.ok) return ok(view.value.versions);
  const isNone = view.failure.reason === "problem" && view.failure.problem.status === 404;
  return isNone ? ok([]) : view;
}

/** The frameworks that these scores name, as far as they are published. */
export async function bookFor(
  client: Client,
  scores: readonly { readonly scale: unknown }[],
): Promise<Answer<FrameworkBook>> {
  const ids = new Set(scores.flatMap(({ scale }) => frameworkOfScale(String(scale)) ?? []));
  const all: PublishedFramework[] = [];
  for (const id of ids) {
    const versions = await frameworkVersions(client, id);
    if (!versions.ok) return versions;
    all.push(...versions.value);
  }
  return ok(frameworkBook(all.map(({ claims }) => claims)));
}

/**
 * What an operator is about to publish, held against the newest version: the framework, or every problem with its place. The
 * statement that a review follows is filled in where it is left out.
 */
export async function checkFramework(
  client: Client,
  value: unknown,
): Promise<Answer<Result<Framework, FrameworkProblem[]>>> {
  const named = frameworkId.safeParse((value as { readonly framework?: unknown } | null)?.framework);
  const versions = named.success ? await frameworkVersions(client, named.data) : ok([]);
  if (!versions.ok) return versions;
  const newest = versions.value[0] ?? null;
  return ok(readFramework(newest ? following(value, newest) : value, newest));
}

function following(value: unknown, { statement }: PublishedFramework): unknown {
  const reviews = (value as { readonly reviews?: unknown }).reviews;
  if (typeof reviews !== "object" || reviews === null) return value;
  return { ...(value as object), reviews: { statement, ...reviews } };
}
