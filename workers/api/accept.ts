import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { admit } from "@quasarix/shared/policy/admit.ts";
import { coveredRefusal } from "@quasarix/shared/policy/admit-intent.ts";
import { notAllowed, refused } from "@quasarix/shared/policy/admit-rule.ts";
import type { AuthorFacts } from "@quasarix/shared/policy/author-facts.ts";
import type { WriteScope } from "@quasarix/shared/policy/scope.ts";
import type { Clock, VerifyEd25519 } from "@quasarix/shared/ports.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import { verifySignature } from "@quasarix/shared/statement/signature.ts";
import { parseStatement, type Statement } from "@quasarix/shared/statement/statement.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import type { Receipt } from "@quasarix/shared/wire/statement.ts";
import { loadAskedFacts } from "../store/asked-facts.ts";
import { loadAuthorFacts } from "../store/author-facts.ts";
import { commit } from "../store/commit.ts";
import type { Db } from "../store/db.ts";
import { loadIntendedFacts } from "../store/intended-facts.ts";
import { loadRecognisedFacts } from "../store/recognised-facts.ts";
import type { Staged } from "../store/stage.ts";
import { withinAllowance } from "./allowance.ts";
import type { Desk } from "./desk.ts";
import { possessionRefusal } from "./possession.ts";
import { judgeShared, seenRefusal } from "./seen.ts";
import { signingKeyOf } from "./signing-key.ts";

export interface AcceptPorts {
  readonly db: Db;
  readonly desk: Desk;
  readonly verify: VerifyEd25519;
  readonly now: Clock;
}

/** Who may hand in what: an organisation its own, or a newcomer the first keys that the operator has admitted. */
export type Carrier = { readonly org: string } | "newcomer";

export type Accepted = Result<Receipt, Failure>;

/** Statements in work at once: enough that no group waits for company (log/coalesce.ts), few enough to hold in memory. */
const SLICE = 256;

/** DESIGN 5.2 to 5.5, in the order of `texts`. One statement's refusal is its own; the others go on. */
export async function accept(ports: AcceptPorts, carrier: Carrier, texts: readonly string[]): Promise<Accepted[]> {
  const accepted: Accepted[] = [];
  for (let at = 0; at < texts.length; at += SLICE)
    accepted.push(...(await acceptSlice(ports, carrier, texts.slice(at, at + SLICE))));
  return accepted;
}

async function acceptSlice(ports: AcceptPorts, carrier: Carrier, texts: readonly string[]): Promise<Accepted[]> {
  const parsed = texts.map(read);
  const statements = parsed.flatMap((one) => (one.ok ? [one.value] : []));
  if (statements.length === 0) return parsed.map((one) => one as Accepted);
  const facts = await factsFor(ports, carrier, statements);
  await judgeShared(ports, statements);
  const checked = firstTakes(
    await Promise.all(parsed.map(async (one) => (one.ok ? checkOne(ports, carrier, facts, one.value) : one))),
  );
  const allowed = (await withinAllowance(ports, checked)).map((one) => notCovered(facts, one));
  const staged: Staged[] = [];
  // One by one: all at once, their buffers outlive the young generation, which costs more than the sealing.
  for (const one of allowed) if (one.ok) staged.push(await sealOne(ports.desk, one.value));
  const committed = await commit({ ...ports.desk, db: ports.db, now: ports.now }, unique(staged));
  return allowed.map((one) => {
    if (!one.ok) return one;
    return committed.get(one.value.scope.statement) ?? fail({ reason: "overloaded", retryAfter: 1 });
  });
}

async function factsFor(
  { db, desk: { origin, vault }, now }: AcceptPorts,
  carrier: Carrier,
  statements: readonly Statement[],
): Promise<AuthorFacts> {
  const facts = await loadAuthorFacts(db, origin, statements);
  if (carrier === "newcomer") return facts;
  const around = { db, origin, now: now(), planKey: vault.planKey() };
  const author = facts.orgs.get(carrier.org);
  const asked = await loadAskedFacts(around, author, statements);
  const recognised = await loadRecognisedFacts(around, author, statements);
  return { ...facts, asked, recognised, intended: await loadIntendedFacts(around, author, statements) };
}

function read(text: string): Result<Statement, Failure> {
  const parsed = parseStatement(text);
  if (parsed.ok) return parsed;
  return fail({ reason: "invalid-statement", step: parsed.failure.step, why: parsed.failure.reason });
}

interface Admitted {
  readonly scope: WriteScope;
  readonly statement: Statement;
}

const notCovered = (facts: AuthorFacts, one: Result<Admitted, Failure>): Result<Admitted, Failure> => {
  const refusal = one.ok ? coveredRefusal(one.value.statement, facts, one.value.scope.statement) : null;
  return refusal ? fail(refusal) : one;
};

/** All of a slice is judged by the same facts: what the first of two statements takes is taken for the second. */
function firstTakes(checked: readonly Result<Admitted, Failure>[]): readonly Result<Admitted, Failure>[] {
  const takers = new Map<string, string>();
  return checked.map((one) => {
    const taken = one.ok ? takenBy(one.value.statement) : null;
    if (!one.ok || !taken) return one;
    const first = takers.get(taken.name) ?? one.value.scope.statement;
    takers.set(taken.name, first);
    return first === one.value.scope.statement ? one : fail(taken.refusal);
  });
}

function takenBy({ row, claims }: Statement): { readonly name: string; readonly refusal: Failure } | null {
  if (row.type === "key")
    return { name: `key ${String(claims["x"])}`, refusal: refused("this key is known already", "x") };
  if (row.type !== "submission" || claims.re === undefined) return null;
  return { name: `report ${claims.re}`, refusal: refused("a later submission stands in its place already", "re") };
}

const invalid = (step: string, why: string): { readonly ok: false; readonly failure: Failure } =>
  fail({ reason: "invalid-statement", step, why });

async function checkOne(
  ports: AcceptPorts,
  carrier: Carrier,
  facts: AuthorFacts,
  statement: Statement,
): Promise<Result<Admitted, Failure>> {
  if (carrier !== "newcomer" && carrier.org !== statement.claims.iss)
    return invalid("admission", "not-the-carriers-own");
  const stranger = carrier === "newcomer" ? strangerRefusal(facts, statement) : null;
  if (stranger) return fail(stranger);
  // The hash is over the signature too: a known one was checked, these very bytes, under the facts of its day.
  const isKnown = facts.known.has(base64url(statement.hash));
  const refusal = isKnown ? null : await firstRefusal(ports, carrier, facts, statement);
  if (refusal) return fail(refusal);
  const scope = admit(statement, facts);
  return scope.ok ? ok({ scope: scope.value, statement }) : scope;
}

/**
 * Before any curve is touched, since anyone may send a thousand keys. Known or not, every other statement is one and the
 * same to a stranger: its receipt is not his to have.
 */
function strangerRefusal(facts: AuthorFacts, { row, claims, kid }: Statement): Failure | null {
  if (row.type !== "key") return { reason: "invalid-statement", step: "signature", why: "not-a-first-key" };
  const isAdmitted = facts.orgs.get(claims.iss)?.admits.includes(kid) === true;
  return isAdmitted ? null : notAllowed("the operator has not admitted this key");
}

async function firstRefusal(
  ports: AcceptPorts,
  carrier: Carrier,
  facts: AuthorFacts,
  statement: Statement,
): Promise<Failure | null> {
  const key = signingKeyOf(statement, facts, carrier === "newcomer");
  if (!key.ok) return { reason: "invalid-statement", step: "signature", why: key.failure };
  const publicKey = fromBase64url(key.value.x) as Bytes;
  if (!(await verifySignature(ports.verify, publicKey, statement.signature, statement.signed)))
    return { reason: "invalid-statement", step: "signature", why: "bad-signature" };
  return (await seenRefusal(ports, statement.claims.seen, key.value.since)) ?? checkHeld(ports, statement);
}

async function checkHeld({ desk, verify, now }: AcceptPorts, statement: Statement): Promise<Failure | null> {
  const { origin, challengeKey } = desk;
  const why = await possessionRefusal({ verify, now, origin, challengeKey }, statement);
  return why && { reason: "invalid-statement", step: "possession", why };
}

const sealOne = async (desk: Desk, { scope, statement }: Admitted): Promise<Staged> => ({
  scope,
  statement,
  sealed: await desk.vault.seal(statement),
  kekVersion: desk.vault.version,
});

/** One statement twice in one request is one statement. */
const unique = (staged: readonly Staged[]): Staged[] => [
  ...new Map(staged.map((one) => [base64url(one.statement.hash), one])).values(),
];
