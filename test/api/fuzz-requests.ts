import fc from "fast-check";
import { headersOf, pathOf, queryOf } from "./fuzz-addresses.ts";
import { type Body, bodyOf } from "./fuzz-bodies.ts";
import type { Contract, Operation } from "./fuzz-contract.ts";
import { hostileHeader, hostileJson, hostilePart, hostileType } from "./hostile.ts";

type Auth =
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
  /** Beside `Content-Type` and `Authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Body | null;
  /** Bytes behind the body's text. */
  readonly tail: Uint8Array | null;
  readonly auth: Auth;
}

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

type Sent = Pick<Ask, "type" | "body">;

function goodSent(contract: Contract, template: string, { requestBody }: Operation): fc.Arbitrary<Sent> {
  const contents = Object.entries(requestBody?.content ?? {});
  if (contents.length === 0) return fc.constant({ type: null, body: null });
  return fc.oneof(
    ...contents.map(([type, { schema }]) => bodyOf(contract, template, type, schema).map((body) => ({ type, body }))),
  );
}

const spoiltSent = (good: fc.Arbitrary<Sent>): fc.Arbitrary<Sent> =>
  fc.oneof(
    fc.tuple(hostileType, good).map(([type, { body }]) => ({ type, body: body ?? ["{}"] })),
    fc.tuple(good, hostileJson).map(([{ type }, json]) => ({ type: type ?? "application/json", body: [json] })),
    good.map(({ body }) => ({ type: null, body })),
  );

/** What is not UTF-8, and NUL, which is. */
const tails = [[0xff], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0]].map((bytes) => Uint8Array.from(bytes));
const tail = fc.oneof(
  { weight: 15, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom(...tails) },
);

function askOf(contract: Contract, method: string, template: string, operation: Operation): fc.Arbitrary<Ask> {
  const good = goodSent(contract, template, operation);
  return fc
    .record({
      method: fc.oneof({ weight: 15, arbitrary: fc.constant(method.toUpperCase()) }, fc.constantFrom(...METHODS)),
      path: pathOf(contract, template, operation),
      query: queryOf(contract, template, operation),
      sent: fc.oneof({ weight: 8, arbitrary: good }, { weight: 1, arbitrary: spoiltSent(good) }),
      headers: headersOf(contract, template, operation),
      tail,
      auth,
    })
    .map(({ query, path, sent, ...ask }) => ({ ...ask, ...sent, path: query === "" ? path : `${path}?${query}` }));
}

/** Requests by the contract, most of them right in all but one place. */
export function requests(contract: Contract): fc.Arbitrary<Ask> {
  // What is written goes further in than what is read.
  const asks = Object.entries(contract.document.paths).flatMap(([template, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      weight: template === "/v1/statements" ? 20 : 2,
      arbitrary: askOf(contract, method, template, operation),
    })),
  );
  const nowhere = hostilePart.chain((path) => askOf(contract, "get", `/v1/${path.replaceAll(/[{}]/g, "")}`, {}));
  return fc.oneof(...asks, { weight: 2, arbitrary: nowhere });
}
