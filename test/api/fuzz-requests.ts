import fc from "fast-check";
import { hostileHeader, hostileJson, hostilePart, hostileText, hostileType } from "./hostile.ts";

/** As far as the contract's document goes for a request. */
interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $ref?: string;
}
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

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

export type Auth =
  | { readonly kind: "signed"; readonly who: number }
  | { readonly kind: "none" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "claim"; readonly who: number; readonly name: string; readonly json: string }
  | { readonly kind: "flip"; readonly who: number; readonly at: number };

/** A request before it is signed and sent. */
export interface Ask {
  readonly method: string;
  readonly path: string;
  readonly type: string | null;
  readonly body: readonly (string | Said)[] | null;
  /** Bytes behind the body's text. */
  readonly tail: Uint8Array | null;
  readonly auth: Auth;
}

/** Real names as they stand in an address, by what a parameter is called, on a path or anywhere; `any` for the rest. */
export type Known = Readonly<Record<string, readonly string[]>>;

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

const auth: fc.Arbitrary<Auth> = fc.oneof(
  { weight: 14, arbitrary: fc.record({ kind: fc.constant("signed" as const), who: fc.nat() }) },
  { weight: 2, arbitrary: fc.constant({ kind: "none" as const }) },
  { weight: 1, arbitrary: hostileHeader.map((text) => ({ kind: "text" as const, text })) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("claim" as const),
      who: fc.nat(),
      name: fc.constantFrom("iss", "sub", "aud", "iat", "exp", "jti", "htm", "htu", "bh", "alg", "kid", "typ", "crit"),
      json: hostileJson,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("flip" as const), who: fc.nat(), at: fc.nat() }) },
);

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "PURGE", "SEARCH"];

/** Requests by the contract, most of them right in all but one place. */
export function requests({ paths, components }: Document, known: Known): fc.Arbitrary<Ask> {
  const resolve = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : (components.schemas[schema.$ref.split("/").at(-1) as string] as Schema);

  const goodPart = (template: string, name: string, given: Schema): fc.Arbitrary<string> => {
    const schema = resolve(given);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (schema.type === "integer")
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 30, 1000) }).map(String);
    return fc.constantFrom(...(known[`${template} ${name}`] ?? known[name] ?? known["any"] ?? []));
  };
  const part = (template: string, name: string, schema: Schema) =>
    fc.oneof({ weight: 12, arbitrary: goodPart(template, name, schema) }, { weight: 1, arbitrary: hostilePart });

  const pathOf = (template: string, operation: Operation): fc.Arbitrary<string> => {
    const inPath = (operation.parameters ?? []).filter((one) => one.in === "path");
    const names = template.includes("{path}") ? ["path"] : inPath.map(({ name }) => name);
    return fc
      .tuple(...names.map((name) => part(template, name, inPath.find((one) => one.name === name)?.schema ?? {})))
      .map((parts) => names.reduce((path, name, i) => path.replace(`{${name}}`, () => parts[i] as string), template));
  };

  const queryOf = (operation: Operation): fc.Arbitrary<string> => {
    const asked = (operation.parameters ?? []).filter((one) => one.in === "query");
    const pairs = asked.map(({ name, schema }) => {
      const needed = name === "purpose" || name === "operator";
      const one = part("", name, schema).map((value) => [`${name}=${value}`]);
      const twice = fc
        .tuple(part("", name, schema), part("", name, schema))
        .map((two) => two.map((value) => `${name}=${value}`));
      const weights = needed ? [1, 20, 1] : [8, 3, 1];
      const choices = [fc.constant([]), one, twice] as fc.Arbitrary<string[]>[];
      return fc.oneof(...choices.map((arbitrary, i) => ({ weight: weights[i] as number, arbitrary })));
    });
    const more = fc.oneof(
      { weight: 15, arbitrary: fc.constant<string[]>([]) },
      { weight: 1, arbitrary: fc.tuple(hostilePart, hostilePart).map(([name, value]) => [`${name}=${value}`]) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(["__proto__=1"], ["a[b]=c"], ["&&&=&"], Array(500).fill("a=b"), [
          "q".repeat(20_000),
        ]),
      },
    );
    return fc.tuple(...pairs, more).map((all) => all.flat().join("&"));
  };

  const objectOf = (given: Schema): fc.Arbitrary<(string | Said)[]> => {
    const entries = Object.entries(resolve(given).properties ?? {}).map(([name, schema]) => {
      const value = resolve(schema);
      const good: fc.Arbitrary<string | Said> = value.enum
        ? fc.constantFrom(...value.enum.map((one) => JSON.stringify(one)))
        : said;
      const spoilt = fc
        .tuple(good, hostileJson)
        .chain(([one, json]) =>
          fc.constantFrom<(string | Said)[]>([`"${name}":`, json], [`"${name}":`, one, `,"${name}":`, one], []),
        );
      const fine = good.map((one) => [`"${name}":`, one]);
      return fc.oneof({ weight: 10, arbitrary: fine }, { weight: 1, arbitrary: spoilt });
    });
    const more = fc.oneof(
      { weight: 15, arbitrary: fc.constant<(string | Said)[]>([]) },
      {
        weight: 1,
        arbitrary: fc.tuple(hostileText, hostileJson).map(([name, json]) => [`,${JSON.stringify(name)}:${json}`]),
      },
    );
    return fc.tuple(...entries, more).map((parts) => ["{", ...parts.flat(), "}"]);
  };

  const bodyOf = (type: string, schema: Schema): fc.Arbitrary<(string | Said)[]> => {
    if (type === "application/json") return objectOf(schema);
    const end = fc.constantFrom("\n", "\n", "\n", "\r\n", "", "\n\n");
    const line = fc.tuple(
      fc.oneof({ weight: 12, arbitrary: objectOf(schema) }, { weight: 1, arbitrary: hostileJson }),
      end,
    );
    const some = fc.array(line, { maxLength: 4 }).map((all) => all.flat(2));
    return fc.oneof(
      { weight: 40, arbitrary: some },
      { weight: 1, arbitrary: fc.constant<(string | Said)[]>(["{}\n".repeat(1_001)]) },
    );
  };

  const askOf = (method: string, template: string, operation: Operation): fc.Arbitrary<Ask> => {
    const contents = Object.entries(operation.requestBody?.content ?? {});
    const good: fc.Arbitrary<Pick<Ask, "type" | "body">> =
      contents.length === 0
        ? fc.constant({ type: null, body: null })
        : fc.oneof(...contents.map(([type, { schema }]) => bodyOf(type, schema).map((body) => ({ type, body }))));
    const spoilt: fc.Arbitrary<Pick<Ask, "type" | "body">> = fc.oneof(
      fc.tuple(hostileType, good).map(([type, { body }]) => ({ type, body: body ?? ["{}"] })),
      fc.tuple(good, hostileJson).map(([{ type }, json]) => ({ type: type ?? "application/json", body: [json] })),
      good.map(({ body }) => ({ type: null, body })),
    );
    return fc
      .record({
        method: fc.oneof({ weight: 15, arbitrary: fc.constant(method.toUpperCase()) }, fc.constantFrom(...METHODS)),
        path: pathOf(template, operation),
        query: queryOf(operation),
        sent: fc.oneof({ weight: 8, arbitrary: good }, { weight: 1, arbitrary: spoilt }),
        tail: fc.oneof(
          { weight: 15, arbitrary: fc.constant(null) },
          fc.constantFrom(
            Uint8Array.of(0xff),
            Uint8Array.of(0xed, 0xa0, 0x80),
            Uint8Array.of(0),
            Uint8Array.of(0xc0, 0xaf),
          ),
        ),
        auth,
      })
      .map(({ query, path, sent, ...ask }) => ({ ...ask, ...sent, path: query === "" ? path : `${path}?${query}` }));
  };

  // What is written goes further in than what is read.
  const asks = Object.entries(paths).flatMap(([template, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      weight: template === "/v1/statements" ? 20 : 2,
      arbitrary: askOf(method, template, operation),
    })),
  );
  const nowhere = hostilePart.chain((path) => askOf("get", `/v1/${path.replaceAll(/[{}]/g, "")}`, {}));
  return fc.oneof(...asks, { weight: 2, arbitrary: nowhere });
}
