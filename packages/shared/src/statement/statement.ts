import { base64url } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { fromUtf8, utf8 } from "../bytes.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { sha256 } from "../sha256.ts";
import type { CatalogueRow } from "./catalogue.ts";
import type { ClaimRefusal, Claims } from "./claims.ts";
import { readClaims } from "./claims.ts";
import type { Disclosure } from "./disclosure.ts";
import { readDisclosures } from "./disclosure.ts";
import { isHashText } from "./id.ts";
import type { JsonObject } from "./json.ts";
import { isObject, parseJson } from "./json.ts";
import { splitJws } from "./jws.ts";
import type { Section, SectionRefusal } from "./sections.ts";
import { readSections } from "./sections.ts";

/** FORMATS 1: a statement with all its disclosures. */
export const MAX_STATEMENT_LENGTH = 256 * 1024;

/** The issuer-signed part, well formed; its signature is not checked yet (`verifySignature` over `signed`). */
export interface SignedPart {
  /** Up to the first `~`. */
  readonly jwt: string;
  /** statementHash: SHA-256 of the ASCII of `jwt`. */
  readonly hash: Bytes;
  readonly kid: string;
  readonly claims: Claims;
  readonly row: CatalogueRow;
  readonly signature: Bytes;
  readonly signed: Bytes;
  /** The disclosures as received, unread. */
  readonly disclosureTexts: readonly string[];
  readonly text: string;
}

export interface Statement extends SignedPart {
  readonly top: readonly Disclosure[];
  readonly sections: ReadonlyMap<string, Section>;
}

export type SignedPartReason = "too-large" | "no-final-tilde" | "jws-form" | "header" | "json" | ClaimRefusal;

/** The step of `verify` (FORMATS 5) that this refusal belongs to. */
export type StatementRefusal =
  | { readonly step: "signature"; readonly reason: SignedPartReason }
  | { readonly step: "disclosures"; readonly reason: SectionRefusal };

const HEADER = /^\{"alg":"EdDSA","kid":"([A-Za-z0-9_-]{43})","typ":"dc\+sd-jwt"\}$/;

/** FORMATS 1: exactly alg, kid and typ. A key that the header brings along is a key that a forger chose. */
function kidOf(header: Bytes): Result<string, "header" | "json"> {
  const kid = HEADER.exec(fromUtf8(header) ?? "")?.[1];
  if (kid !== undefined) return isHashText(kid) ? ok(kid) : fail("header");
  const json = parseJson(header);
  if (!json.ok) return fail("json");
  const value = json.value;
  if (!isObject(value) || Object.keys(value).length !== 3) return fail("header");
  if (value["alg"] !== "EdDSA" || value["typ"] !== "dc+sd-jwt" || !isHashText(value["kid"])) return fail("header");
  return ok(value["kid"]);
}

/** Form and claims of what is signed; the disclosures stay as they came. */
export function readSignedPart(text: string): Result<SignedPart, SignedPartReason> {
  // UTF-16 units, not bytes: anything but ASCII is refused in any case, by the alphabet of b64url.
  if (text.length > MAX_STATEMENT_LENGTH) return fail("too-large");
  const [jwt, ...rest] = text.split("~") as [string, ...string[]];
  if (rest.pop() !== "") return fail("no-final-tilde");
  const jws = splitJws(jwt);
  if (!jws.ok) return jws;
  const kid = kidOf(jws.value.header);
  if (!kid.ok) return kid;
  const payload = parseJson(jws.value.payload);
  if (!payload.ok) return fail("json");
  const read = readClaims(payload.value);
  if (!read.ok) return read;
  const { signature, signed } = jws.value;
  const hash = sha256(utf8(jwt));
  return ok({ jwt, hash, kid: kid.value, ...read.value, signature, signed, disclosureTexts: rest, text });
}

/** The disclosures of a signed part, each in its place. */
export function readDisclosed(part: SignedPart): Result<Statement, SectionRefusal> {
  const disclosures = readDisclosures(part.disclosureTexts);
  if (!disclosures.ok) return disclosures;
  const read = readSections(part.claims as unknown as JsonObject, disclosures.value);
  return read.ok ? ok({ ...part, ...read.value }) : read;
}

/** Form, claims and disclosures; the server and `verify` read with this one function. The signature is the caller's next step. */
export function parseStatement(text: string): Result<Statement, StatementRefusal> {
  const part = readSignedPart(text);
  if (!part.ok) return fail({ step: "signature", reason: part.failure });
  const statement = readDisclosed(part.value);
  return statement.ok ? statement : fail({ step: "disclosures", reason: statement.failure });
}

/** Intake takes nothing less: every section with all of its disclosures. */
export const isComplete = (statement: Statement): boolean =>
  [...statement.sections.values()].every((section) => section.state === "complete");

/** The statement's hash as JSON carries it. */
export const hashText = (statement: SignedPart): string => base64url(statement.hash);
