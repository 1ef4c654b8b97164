import type { Said } from "./fuzz-bodies.ts";
import type { Base } from "./fuzz-statements.ts";
import { JSONS, VALUES } from "./hostile.ts";

/** Claims that every statement may be sent with, its own or not; a question mark is where hostile JSON goes. */
const CLAIMS: readonly (readonly [name: string, json: string])[] = [
  ...["iss", "iat", "jti", "vct", "sub", "seen", "re", "_sd_alg", "_sd", "sections", "provenance", "__proto__"].map(
    (name) => [name, "?"] as const,
  ),
  ...["opens", "dossier", "x", "custody", "audit", "site", "lat", "lon"].map((name) => [name, "?"] as const),
  ["seen", '{"size":?,"root":"A","sig":"A"}'],
  ["seen", '{"size":1,"root":?,"sig":?}'],
  ["possession", '{"challenge":?,"signature":"A"}'],
  ["possession", '{"challenge":"A","signature":?}'],
  ["identifiers", '[{"scheme":?,"value":"1"}]'],
  ["identifiers", '[{"scheme":"lei","value":?}]'],
  ["admits", "[?]"],
  ["grantSections", "[?]"],
  ["purposes", "[?]"],
  ["sections", '{"existence":?}'],
  ["sections", '{"existence":{"_sd":[?]}}'],
  ["_sd", "[?]"],
];

const fine = { claim: null, member: null, cut: null };

/** The value itself, and the value with each place inside of it in turn, as something hostile. */
function* spoiltWithin(value: unknown): Generator<unknown> {
  yield* VALUES;
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value))
    for (const spoilt of spoiltWithin(inner))
      yield Array.isArray(value)
        ? value.map((one, i) => (String(i) === key ? spoilt : one))
        : { ...value, [key]: spoilt };
}

function* spoiltClaims({ saying }: Base, base: number): Generator<Said> {
  const own = Object.keys(saying.claims ?? {}).map((name) => [name, "?"] as const);
  for (const [name, json] of [...CLAIMS, ...own])
    for (const hostile of JSONS)
      yield { ...fine, base, claim: { name, json: json.replaceAll("?", () => hostile), beside: false } };
}

function* spoiltMembers({ saying }: Base, base: number): Generator<Said> {
  for (const [section, members] of Object.entries(saying.sections ?? {}))
    for (const [name, good] of [...Object.entries(members), ["notes", ""] as const])
      for (const value of spoiltWithin(good)) yield { ...fine, base, member: { section, name, value } };
}

/** Each claim of one good statement of each type, and each place in its sections, with each hostile value in it. */
export function* spoiltStatements(bases: readonly Base[]): Generator<Said> {
  for (const [at, base] of bases.entries()) {
    if (bases.findIndex(({ saying }) => saying.vct === base.saying.vct) !== at) continue;
    yield* spoiltClaims(base, at);
    yield* spoiltMembers(base, at);
  }
}
