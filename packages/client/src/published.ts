import { base64url } from "@quasarix/shared/base64.ts";
import { breachesOf } from "@quasarix/shared/benchmark/plan-rules.ts";
import { type Bytes, fromUtf8, utf8 } from "@quasarix/shared/bytes.ts";
import { ok } from "@quasarix/shared/result.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { type HeldPlan, type HeldRelease, planFrom, releaseFrom } from "./benchmarks.ts";
import type { Client } from "./client.ts";
import { type LoggedRelease, releaseKey } from "./consortium-state.ts";
import { type Answer, badInput, broken } from "./refusal.ts";

/** A release as the platform signed it, in the log. */
export interface Published extends LoggedRelease {
  readonly plan: string;
  readonly cohort: string;
}

type Reading = Pick<Client, "consortium" | "keep" | "routes">;

/** In the order of the log, from the consortium's dossier as we walked it ourselves. */
export async function publishedReleases({ consortium }: Pick<Client, "consortium">): Promise<Answer<Published[]>> {
  const state = await consortium.sync();
  if (!state.ok) return state;
  return ok(
    [...state.value.releases].map(([key, logged]) => {
      const [plan = "", cohort = ""] = key.split("|");
      return { plan, cohort, ...logged };
    }),
  );
}

/** The plan's file: from what is kept, else from the server; either way its bytes are those of the hash. */
export async function fetchPlan(client: Reading, hash: string): Promise<Answer<HeldPlan>> {
  const bytes = await immutable(client, `plan-${hash}`, hash, () => client.routes.releasePlanFile(hash));
  return bytes.ok ? planFrom(bytes.value) : bytes;
}

/**
 * A published file that is the one in the log, made with the secret that its plan had committed to before the vote, and not before
 * its day; of a plan that keeps to its profile's rules.
 */
export async function fetchRelease(client: Reading, plan: string, cohort: string): Promise<Answer<HeldRelease>> {
  const state = await client.consortium.sync();
  if (!state.ok) return state;
  const logged = state.value.releases.get(releaseKey(plan, cohort));
  if (!logged) return badInput(`the log has no release of ${cohort} under this plan`);
  const held = await fetchPlan(client, plan);
  if (!held.ok) return held;
  const [breach] = breachesOf(held.value.plan);
  if (breach) return broken("plan", `it breaks its rules: ${breach}`, plan);
  if (held.value.plan.consortium !== client.consortium.id) return broken("plan", "of another consortium", plan);
  const name = `release-${logged.file}`;
  const bytes = await immutable(client, name, logged.file, () => client.routes.releaseFile(plan, cohort));
  if (!bytes.ok) return bytes;
  const release = releaseFrom(bytes.value, [held.value]);
  if (!release.ok) return broken("release", "not a file of its plan", cohort);
  const { cohort: planned } = release.value;
  if (planned.id !== cohort) return broken("release", "a file of another cohort", cohort);
  if (planned.commitment !== logged.commitment) return broken("release", "made with another secret", cohort);
  if (logged.publishedAt < planned.notBefore) return broken("release", "published before its day", cohort);
  return release;
}

async function immutable(
  { keep }: Reading,
  name: string,
  hash: string,
  fetched: () => Promise<Answer<Bytes>>,
): Promise<Answer<Bytes>> {
  const isIt = (bytes: Bytes): boolean => base64url(sha256(bytes)) === hash;
  const kept = await keep.read(name);
  if (kept !== null && isIt(utf8(kept))) return ok(utf8(kept));
  const answer = await fetched();
  if (!answer.ok) return answer;
  const text = fromUtf8(answer.value);
  if (text === null || !isIt(answer.value)) return broken("file", "its bytes are not those of its hash", name);
  await keep.write(name, text);
  return answer;
}
