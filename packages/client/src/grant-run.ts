import type { GrantClaims } from "@quasarix/shared/policy/grant.ts";
import { ok } from "@quasarix/shared/result.ts";
import type { GrantView } from "@quasarix/shared/wire/sharing.ts";
import type { Author } from "./author.ts";
import { grantOf } from "./drafts.ts";
import type { WantedGrant } from "./grant-file.ts";
import { type Answer, refusalSays } from "./refusal.ts";
import { all, type Routes } from "./routes.ts";

/** What became of the grants of a file, by line. */
export interface GrantRun {
  readonly given: { readonly line: number; readonly grant: string; readonly index: number }[];
  /** Stand already, or stand in the file before. */
  readonly standing: readonly number[];
  readonly repeated: readonly number[];
  /** You revoked the same once. */
  readonly again: readonly number[];
  readonly refused: { readonly line: number; readonly why: string }[];
}

export interface GrantPlan extends Omit<GrantRun, "given" | "refused"> {
  readonly wanted: readonly WantedGrant[];
}

/** Sections and purposes are sets. */
const nameOf = (it: Omit<GrantClaims, "audit" | "notBefore" | "grantee"> & { grantee: string; audit: string | null }) =>
  JSON.stringify([it.grantee, it.site, it.audit, [...it.grantSections].sort(), [...it.purposes].sort(), it.notAfter]);

/** What is left to give, so that a second run gives nothing twice. Reads the author's own grants; sends nothing. */
export async function planGrants(
  routes: Pick<Routes, "grants">,
  rows: readonly WantedGrant[],
  now: number,
): Promise<Answer<GrantPlan>> {
  const own = await all((cursor) => routes.grants({ cursor, limit: 100, side: "given" }));
  if (!own.ok) return own;
  const given = Map.groupBy(own.value, ({ sections, ...it }) =>
    nameOf({ ...it, grantSections: [...sections] as never }),
  );
  const plan = {
    wanted: [] as WantedGrant[],
    standing: [] as number[],
    repeated: [] as number[],
    again: [] as number[],
  };
  const met = new Set<string>();
  for (const row of rows) {
    const name = nameOf({ ...row.claims, audit: row.claims.audit ?? null });
    const same = (given.get(name) ?? []).filter((it) => beginsAs(it, row, now));
    const full = `${name} ${row.claims.notBefore}`;
    if (same.some(({ revoked }) => !revoked)) plan.standing.push(row.line);
    else if (met.has(full)) plan.repeated.push(row.line);
    else {
      if (same.length > 0) plan.again.push(row.line);
      plan.wanted.push(row);
    }
    met.add(full);
  }
  return ok(plan);
}

const beginsAs = ({ notBefore }: GrantView, { claims, isFromNow }: WantedGrant, now: number): boolean =>
  isFromNow ? notBefore <= now : notBefore === claims.notBefore;

/** So many are signed and sent before the next ones. */
const BATCH = 500;

/** Signs and sends what is left; each line has its own answer. Stops at the first call that fails: run it again. */
export async function giveGrants(
  author: Author,
  plan: GrantPlan,
  progress: (done: number, of: number) => void,
): Promise<Answer<GrantRun>> {
  const { wanted, ...known } = plan;
  const run: GrantRun = { ...known, given: [], refused: [] };
  for (let at = 0; at < wanted.length; at += BATCH) {
    const batch = wanted.slice(at, at + BATCH);
    const issued = await author.issue(batch.map(({ claims }) => grantOf(author.org, claims)));
    if (!issued.ok) return issued;
    const posted = await author.post(issued.value);
    if (!posted.ok) return posted;
    for (const [i, outcome] of posted.value.entries()) {
      const { line } = batch[i] as WantedGrant;
      if (outcome.ok) run.given.push({ line, grant: outcome.statementHash, index: outcome.receipt.index });
      else run.refused.push({ line, why: refusalSays(outcome.refusal) });
    }
    progress(Math.min(at + BATCH, wanted.length), wanted.length);
  }
  return ok(run);
}
