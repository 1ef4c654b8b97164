import { JSON_LINES } from "@quasarix/shared/wire/statement.ts";
import fc from "fast-check";
import { type Contract, isA, knownFor, resolve, type Schema } from "./fuzz-contract.ts";
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
const LAST_CLAIMS = [
  "requestSections",
  "until",
  "answer",
  "reason",
  "consentSections",
  "rulebook",
  "mode",
  "stance",
  "by",
  "purposes",
  "notBefore",
  "notAfter",
  "supplier",
  "lat",
  "lon",
  "identifiers",
  "use",
  "schemes",
  "joins",
  "covers",
  "anyway",
  "relation",
  "sites",
  "drops",
  "__proto__",
];
const MEMBERS = [
  "scheme",
  "auditFrom",
  "topics",
  "assessor",
  "findings",
  "findings_count",
  "scores",
  "payer",
  "notes",
  "text",
  "answers",
  "why",
  "places",
  "code",
];
const SECTIONS = [
  "existence",
  "scores",
  "findings",
  "plans",
  "people",
  "workforce",
  "evidence",
  "commercial",
  "reply",
  "dispute",
  "places",
  "reason",
];

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

type Text = string | Said;

/** A good value as JSON. A member called `statement` is one, yet to be signed. */
function goodValue(contract: Contract, template: string, name: string, given: Schema): fc.Arbitrary<Body> {
  const schema = resolve(contract, given);
  const one = (...texts: Text[]): fc.Arbitrary<Body> => fc.constantFrom(...texts.map((text): Body => [text]));
  if (schema.enum) return one(...schema.enum.map((value) => JSON.stringify(value)));
  if (schema.const !== undefined) return one(JSON.stringify(schema.const));
  if (isA(schema, "boolean")) return one("true", "false");
  if (isA(schema, "integer", "number")) return one("0", "1", String(Date.UTC(2030, 0)));
  if (isA(schema, "object")) return objectOf(contract, template, schema);
  if (isA(schema, "array")) return arrayOf(goodValue(contract, template, name, schema.items ?? {}));
  // Of intents alone, and by one who may: the first of the good ones is such.
  if (name === "statement" && template === "/v1/intents") return said.map((value): Body => [{ ...value, base: 0 }]);
  if (name === "statement") return said.map((value): Body => [value]);
  return one(...knownFor(contract, template, name).map((value) => JSON.stringify(value)));
}

const arrayOf = (item: fc.Arbitrary<Body>): fc.Arbitrary<Body> =>
  fc
    .array(item, { maxLength: 3 })
    .map((all): Body => ["[", ...all.flatMap((one, i) => (i ? [",", ...one] : one)), "]"]);

/** `"name":value`, or nothing, or twice. */
function memberOf(contract: Contract, template: string, name: string, schema: Schema): fc.Arbitrary<Body> {
  const good = goodValue(contract, template, name, schema);
  const spoilt = fc
    .tuple(good, hostileJson)
    .chain(([one, json]) =>
      fc.constantFrom<Body>([`"${name}":`, json], [`"${name}":`, ...one, `,"${name}":`, ...one], []),
    );
  return fc.oneof(
    { weight: 10, arbitrary: good.map((one): Body => [`"${name}":`, ...one]) },
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

function objectOf(contract: Contract, template: string, given: Schema): fc.Arbitrary<Body> {
  const { properties = {}, required = [] } = resolve(contract, given);
  const members = Object.entries(properties).map(([name, schema]) => {
    const member = memberOf(contract, template, name, schema);
    return required.includes(name) ? member : fc.oneof(member, fc.constant<Body>([]));
  });
  return fc.tuple(...members, unasked).map((parts) => {
    const written = parts.slice(0, -1).filter((part) => part.length > 0);
    return ["{", ...written.flatMap((part, i) => (i ? [",", ...part] : part)), ...(parts.at(-1) as Body), "}"];
  });
}

/** One object, or up to four lines of them, or a table; once in a while more lines than are taken. Throws on another type. */
export function bodyOf(contract: Contract, template: string, type: string, schema: Schema): fc.Arbitrary<Body> {
  if (type === "text/csv") return tableOf(knownFor(contract, template, type));
  const one = objectOf(contract, template, schema);
  if (type === "application/json") return one;
  if (type !== JSON_LINES) throw new Error(`no bodies of ${type} for ${template}`);
  const end = fc.constantFrom("\n", "\n", "\n", "\r\n", "", "\n\n");
  const line = fc.tuple(fc.oneof({ weight: 12, arbitrary: one }, { weight: 1, arbitrary: hostileJson }), end);
  return fc.oneof(
    { weight: 40, arbitrary: fc.array(line, { maxLength: 4 }).map((all): Body => all.flat(2)) },
    { weight: 1, arbitrary: fc.constant<Body>(["{}\n".repeat(1_001)]) },
  );
}

/** A good table, and in one of two a character of it replaced by hostile text. */
function tableOf(good: readonly string[]): fc.Arbitrary<Body> {
  const spoilt = fc
    .tuple(fc.constantFrom(...good), fc.nat(), fc.oneof(hostileText, fc.constantFrom(",", '"', "\n", "\r", ";")))
    .map(([text, at, by]): Body => [text.slice(0, at % text.length) + by + text.slice((at % text.length) + 1)]);
  return fc.oneof(fc.constantFrom(...good.map((text): Body => [text])), spoilt);
}
