import { base64url } from "@quasarix/shared/base64.ts";
import { type BuiltRelease, ReleaseBuild } from "@quasarix/shared/benchmark/build-release.ts";
import type { ReleaseClaims } from "@quasarix/shared/benchmark/claims.ts";
import { type Life, publish } from "@quasarix/shared/benchmark/life.ts";
import type { Cohort, Plan, Series } from "@quasarix/shared/benchmark/plan.ts";
import { commitmentOf } from "@quasarix/shared/benchmark/plan-secrets.ts";
import { releaseFileKey } from "@quasarix/shared/benchmark/releasing.ts";
import { type Bytes, equal } from "@quasarix/shared/bytes.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import { commit } from "../store/commit.ts";
import { newestSeen } from "../store/newest-seen.ts";
import { mustParse, platformScope } from "../store/own-statement.ts";
import { isReleased } from "../store/release-votes.ts";
import { fault } from "./fault.ts";
import type { ReleaseLedger } from "./ledger.ts";
import type { ReleasePorts } from "./ports.ts";
import { recordsOf } from "./records-of.ts";

/** A closed cohort of an adopted plan. */
export interface Closed {
  readonly plan: Plan;
  readonly planHash: string;
  readonly series: Series;
  readonly cohort: Cohort;
  /** Digest of the adopting votes. */
  readonly votes: string;
  readonly secret: Bytes;
}

/** The same bytes for the same records, however often. */
export function buildFrom(ledger: ReleaseLedger, closed: Closed): BuiltRelease {
  const { planHash, series, cohort } = closed;
  const build = new ReleaseBuild(closed);
  const counted = ledger.counted({ plan: planHash, cohort: cohort.id });
  for (const record of recordsOf(series, cohort.id, counted)) build.add(record);
  return build.finish();
}

/** The file first, then its statement: what the log names is there. A crash between leaves both to be found as they are. */
export async function publishCohort(ports: ReleasePorts, closed: Closed, life: Life): Promise<void> {
  const { db, scope, ledger } = ports;
  const name = { plan: closed.planHash, cohort: closed.cohort.id };
  const built = buildFrom(ledger, closed);
  const { plan, cohort } = closed;
  const published = publish(life, { plan, cohort, now: Math.floor(ports.now() / 1000), file: built.hash });
  if (!published.ok) throw new Error(`the release of ${name.cohort} is refused: ${published.failure}`);
  await fault.pause("released");
  if (!(await isReleased(db, scope, name.plan, name.cohort))) {
    await fault.pause("file");
    await keepFile(ports.bucket, releaseFileKey(name.plan, name.cohort), built.bytes);
    await fault.pause("sign");
    await state(ports, closed, built);
  }
  ledger.setLife(name, published.value);
}

/** Written once: other bytes under the same name would be a second release. */
export async function keepFile(bucket: R2Bucket, key: string, bytes: Bytes): Promise<void> {
  await fault.pause("file");
  const kept = await bucket.put(key, bytes, { onlyIf: { etagDoesNotMatch: "*" } });
  if (kept !== null) return;
  await fault.pause("file-there");
  const there = await bucket.get(key);
  await fault.pause("file-there");
  const old = there && new Uint8Array(await there.arrayBuffer());
  if (!old || !equal(old, bytes)) throw new Error(`another file stands under ${key}`);
}

/** Signed once and kept before it is sent: sent again it has its place already. */
async function state(ports: ReleasePorts, closed: Closed, built: BuiltRelease): Promise<void> {
  const name = { plan: closed.planHash, cohort: closed.cohort.id };
  const known = ports.ledger.cohort(name)?.statement ?? null;
  await fault.pause("sign");
  const text = known ?? ports.ledger.keepStatement(name, await signed(ports, closed, built));
  const statement = mustParse(text);
  const scope = platformScope(ports, statement);
  await fault.pause("commit");
  const committed = await commit(ports, [{ scope, statement, sealed: null, kekVersion: ports.vault.version }]);
  if (committed.get(base64url(statement.hash))?.ok !== true) throw new Error("the release was not logged");
}

async function signed(ports: ReleasePorts, closed: Closed, built: BuiltRelease): Promise<string> {
  const now = Math.floor(ports.now() / 1000);
  const claims: ReleaseClaims = {
    plan: closed.planHash,
    cohort: closed.cohort.id,
    series: closed.series.name,
    file: built.hash,
    commitment: commitmentOf(closed.secret),
    inputs: built.inputs,
    votes: closed.votes,
    publishedAt: now,
  };
  await fault.pause("seen");
  const seen = await newestSeen(ports);
  const draft = { iss: ports.origin, sub: ports.origin, iat: now, vct: vctOf("release"), claims: { ...claims } };
  await fault.pause("sign");
  return issueStatement({ signer: ports.platform, random: ports.random }, { ...draft, ...(seen && { seen }) });
}
