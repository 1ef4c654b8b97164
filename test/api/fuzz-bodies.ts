import fc from "fast-check";
import { type Contract, resolve, type Schema } from "./fuzz-contract.ts";
import { hostileJson, hostileText } from "./hostile.ts";

/** A statement that somebody might hand in: number `base` of the good ones, spoilt before or after it is signed. */
export interface Said {
  readonly base: number;
  /** Text put in place of a claim's JSON, under the signature. */
  readonly claim: { readonly name: string; readonly json: string; readonly beside: boolean } | null;
  /** Put into a section, under its digest. */
  readonly member: { readonly section: string; readonly name: string; readonly value: unknown } | null;
  /** Characters of the finished text. */
  readonly cut: { readonly at: number; readonly by: string } | null;
}

/** A body's text, with statements that are yet to be signed. */
export type Body = readonly (string | Said)[];

const CLAIMS = ["iss", "iat", "jti", "vct", "sub", "seen", "re", "_sd_alg", "provenance", "sections", "_sd", "opens"];
const MORE_CLAIMS = ["dossier", "kind", "name", "country", "admits", "site", "grantee", "audit", "grantSections", "x"];
const LAST_CLAIMS = ["purposes", "notBefore", "notAfter", "supplier", "lat", "lon", "identifiers", "use", "__proto__"];
const MEMBERS = ["scheme", "auditFrom", "topics", "assessor", "findings", "findings_count", "scores", "payer", "notes"];
const SECTIONS = ["existence", "scores", "findings", "plans", "people", "workforce", "evidence", "commercial"];

/** Null in three of four. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

const said: fc.Arbitrary<Said> = fc.record({
  base: fc.nat(),
  claim: rarely(
    fc.record({
      name: fc.constantFrom(...CLAIMS, ...MORE_CLAIMS, ...LAST_CLAIMS),
      json: hostileJson,
      beside: fc.boolean(),
    }),
  ),
  member: rarely(
    fc.record({
      section: fc.constantFrom(...SECTIONS),
      name: fc.oneof(fc.constantFrom(...MEMBERS), hostileText),
      value: fc.oneof(fc.jsonValue({ maxDepth: 3 }), hostileText),
    }),
  ),
  cut: rarely(fc.record({ at: fc.nat(), by: fc.constantFrom("", "~", "~~", "=", ".", "A", "\0", "é") })),
});

/** `"name":value`, or nothing, or twice. */
function memberOf(name: string, schema: Schema): fc.Arbitrary<Body> {
  const good: fc.Arbitrary<string | Said> = schema.enum
    ? fc.constantFrom(...schema.enum.map((one) => JSON.stringify(one)))
    : said;
  const spoilt = fc
    .tuple(good, hostileJson)
    .chain(([one, json]) => fc.constantFrom<Body>([`"${name}":`, json], [`"${name}":`, one, `,"${name}":`, one], []));
  return fc.oneof(
    { weight: 10, arbitrary: good.map((one): Body => [`"${name}":`, one]) },
    { weight: 1, arbitrary: spoilt },
  );
}

const unasked: fc.Arbitrary<Body> = fc.oneof(
  { weight: 15, arbitrary: fc.constant<Body>([]) },
  {
    weight: 1,
    arbitrary: fc.tuple(hostileText, hostileJson).map(([name, json]): Body => [`,${JSON.stringify(name)}:${json}`]),
  },
);

function objectOf(contract: Contract, given: Schema): fc.Arbitrary<Body> {
  const members = Object.entries(resolve(contract, given).properties ?? {});
  return fc
    .tuple(...members.map(([name, schema]) => memberOf(name, resolve(contract, schema))), unasked)
    .map((parts) => ["{", ...parts.flat(), "}"]);
}

/** One object, or up to four lines of them; once in a while more lines than are taken. */
export function bodyOf(contract: Contract, type: string, schema: Schema): fc.Arbitrary<Body> {
  const one = objectOf(contract, schema);
  if (type === "application/json") return one;
  const end = fc.constantFrom("\n", "\n", "\n", "\r\n", "", "\n\n");
  const line = fc.tuple(fc.oneof({ weight: 12, arbitrary: one }, { weight: 1, arbitrary: hostileJson }), end);
  return fc.oneof(
    { weight: 40, arbitrary: fc.array(line, { maxLength: 4 }).map((all): Body => all.flat(2)) },
    { weight: 1, arbitrary: fc.constant<Body>(["{}\n".repeat(1_001)]) },
  );
}
