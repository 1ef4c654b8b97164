import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { dossierCommitment } from "@quasarix/shared/log/entry.ts";
import { admitFounding } from "@quasarix/shared/policy/admit.ts";
import { claimsOf } from "@quasarix/shared/policy/own-claims.ts";
import { genesisClaims } from "@quasarix/shared/registry/genesis.ts";
import { keyClaims } from "@quasarix/shared/registry/key.ts";
import { organisationClaims } from "@quasarix/shared/registry/organisation.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import { admitKey, thumbprint } from "@quasarix/shared/statement/key.ts";
import { verifySignature } from "@quasarix/shared/statement/signature.ts";
import { parseStatement, type Statement } from "@quasarix/shared/statement/statement.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import { commit } from "../store/commit.ts";
import { reserveFounding } from "../store/founding.ts";
import type { Accepted, AcceptPorts } from "./accept.ts";
import type { Desk } from "./desk.ts";

const refused = (step: string, why: string) => fail<Failure>({ reason: "invalid-statement", step, why });

/** All or nothing: the consortium's first statements stand together, genesis at index 0. */
export async function found(ports: AcceptPorts, texts: readonly string[]): Promise<Result<Accepted[], Failure>> {
  const read = readFounding(texts);
  if (!read.ok) return read;
  const [genesis, opening, ...keys] = read.value;
  const failure = checkFounding(ports.desk, genesis, opening, keys) ?? (await checkSignatures(ports, read.value));
  if (failure) return fail(failure);
  const reservation = await reserveFounding(ports.db, {
    origin: ports.desk.origin,
    genesis: base64url(genesis.hash),
    operator: genesis.claims.iss,
    commitment: opening.claims["dossier"] as string,
    now: ports.now(),
  });
  if (!reservation.ok) return reservation;
  const staged = read.value.map((statement) => ({
    scope: admitFounding(statement, { operator: genesis.claims.iss }),
    statement,
    sealed: null,
    kekVersion: ports.desk.vault.version,
  }));
  const committed = await commit({ ...ports.desk, db: ports.db, now: ports.now }, staged, reservation.value);
  return ok(staged.map(({ scope }) => committed.get(scope.statement) as Accepted));
}

function readFounding(texts: readonly string[]): Result<[Statement, Statement, ...Statement[]], Failure> {
  const statements: Statement[] = [];
  for (const text of texts) {
    const parsed = parseStatement(text);
    if (!parsed.ok) return refused(parsed.failure.step, parsed.failure.reason);
    statements.push(parsed.value);
  }
  const types = statements.map(({ row }) => row.type);
  const isFounding = types[0] === "genesis" && types[1] === "organisation" && types.length > 2;
  if (!isFounding || types.slice(2).some((type) => type !== "key"))
    return refused("form", "founding is genesis, an organisation, and its first keys");
  return ok(statements as [Statement, Statement, ...Statement[]]);
}

function checkFounding(desk: Desk, genesis: Statement, opening: Statement, keys: readonly Statement[]): Failure | null {
  const no = (why: string): Failure => ({ reason: "invalid-statement", step: "founding", why });
  const operator = genesis.claims.iss;
  const claims = genesisClaims.safeParse(claimsOf(genesis));
  if (!claims.success) return no("genesis claims");
  const { origin, log, operator: operatorKid, platform } = claims.data;
  if (origin !== desk.origin || genesis.claims.sub !== desk.origin) return no("another origin");
  if (log !== desk.logKey.text) return no("another log key");
  if (platform !== desk.platformKid) return no("another platform key");
  if (operatorKid !== operatorKidOf(desk) || genesis.kid !== operatorKid || opening.kid !== operatorKid)
    return no("another operator key");
  const { admits, ...own } = claimsOf(opening, "opens", "dossier");
  const organisation = organisationClaims.safeParse(own);
  if (!organisation.success || organisation.data.kind !== "operator") return no("the operator's opening");
  if (opening.claims.iss !== operator || opening.claims["opens"] !== operator) return no("the operator opens itself");
  if (opening.claims["dossier"] !== base64url(dossierCommitment(desk.vault.dossierKey(operator))))
    return no("commitment");
  const admitted = Array.isArray(admits) ? admits : [];
  if (!keys.every((key) => key.claims.iss === operator && admitted.includes(key.kid))) return no("a key not admitted");
  return keys.every((key) => keyClaims.safeParse(claimsOf(key)).success) ? null : no("key claims");
}

const operatorKidOf = (desk: Desk): string => thumbprint(fromBase64url(desk.founding.operatorX) as Bytes);

/** Genesis and opening by the operator's record key, each key statement by the key that it brings. */
async function checkSignatures(
  { desk, verify }: AcceptPorts,
  statements: readonly Statement[],
): Promise<Failure | null> {
  for (const { row, claims, kid, signature, signed } of statements) {
    const key = admitKey(row.type === "key" ? String(claims["x"]) : desk.founding.operatorX);
    if (!key.ok || thumbprint(key.value) !== kid)
      return { reason: "invalid-statement", step: "signature", why: "unknown-key" };
    if (!(await verifySignature(verify, key.value, signature, signed)))
      return { reason: "invalid-statement", step: "signature", why: "bad-signature" };
  }
  return null;
}
