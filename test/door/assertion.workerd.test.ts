import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import { type Bytes, fromUtf8, utf8 } from "@quasarix/shared/bytes.ts";
import { beforeEach, describe, expect, test } from "vitest";
import {
  AT,
  ask,
  clock,
  emptyWorld,
  essence,
  logLines,
  NOON,
  type Party,
  party,
  send,
  signedRequest,
} from "../api/small-api.ts";

const PATH = "/v1/organisations?limit=5";
let birch: Party;

beforeEach(async () => {
  await emptyWorld();
  birch = await party("birch");
});

const lastWhy = (): unknown => (JSON.parse(logLines.at(-1) ?? "{}") as { why?: unknown }).why;
const tokenOf = (request: Request): string => (request.headers.get("authorization") ?? "").slice("Bearer ".length);
const partOf = (token: string, at: number): Record<string, unknown> =>
  JSON.parse(fromUtf8(fromBase64url(token.split(".")[at] as string) as Bytes) as string);
const get = (token: string, path = PATH): Request =>
  new Request(AT + path, { headers: { Authorization: `Bearer ${token}` } });

/** Signs whatever it is told to, well or not. */
async function forge(header: object, claims: object, by: Party): Promise<string> {
  const signed = [header, claims].map((part) => base64url(utf8(JSON.stringify(part)))).join(".");
  return `${signed}.${base64url(await by.signer.sign(utf8(signed)))}`;
}

test("a signed request passes, once", async () => {
  const request = await signedRequest(birch, PATH);
  const again = request.clone() as Request;
  expect((await send(request)).status).toBe(200);
  expect((await send(again)).status).toBe(401);
  expect(lastWhy()).toBe("jti");
});

test("of 50 at once with one jti exactly one wins", async () => {
  const request = await signedRequest(birch, PATH);
  const answers = await Promise.all(Array.from({ length: 50 }, () => send(request.clone() as Request)));
  const count = (wanted: number) => answers.filter(({ status }) => status === wanted).length;
  expect([count(200), count(401)]).toEqual([1, 49]);
});

describe("a well-signed assertion whose part is not so", () => {
  const seconds = NOON / 1000;
  const someone = "org_AAAAAAAAAAAAAAAAAAAAAA";
  test.each([
    { part: "iss is another organisation's", claims: { iss: someone }, why: "iss" },
    { part: "sub is another organisation's", claims: { sub: someone }, why: "iss" },
    { part: "iss and sub are another organisation's", claims: { iss: someone, sub: someone }, why: "iss" },
    { part: "aud is another API", claims: { aud: "https://other.example" }, why: "aud" },
    { part: "aud is a list", claims: { aud: [AT] }, why: "claims" },
    { part: "aud ends in a slash", claims: { aud: `${AT}/` }, why: "aud" },
    { part: "exp is 61 s after iat", claims: { exp: seconds + 61 }, why: "time" },
    { part: "exp is before iat", claims: { exp: seconds - 1 }, why: "time" },
    { part: "iat is 6 s ahead", claims: { iat: seconds + 6, exp: seconds + 20 }, why: "time" },
    { part: "exp was 6 s ago", claims: { iat: seconds - 60, exp: seconds - 6 }, why: "time" },
    { part: "exp is a text", claims: { exp: String(seconds + 60) }, why: "claims" },
    { part: "jti is short", claims: { jti: "AAAA" }, why: "claims" },
    { part: "htm is another method", claims: { htm: "POST" }, why: "htm" },
    { part: "htm is in lower case", claims: { htm: "get" }, why: "htm" },
    { part: "htu has another path", claims: { htu: `${AT}/v1/sites?limit=5` }, why: "htu" },
    { part: "htu has another query", claims: { htu: `${AT}/v1/organisations?limit=6` }, why: "htu" },
    { part: "htu has no query", claims: { htu: `${AT}/v1/organisations` }, why: "htu" },
    { part: "htu has a fragment", claims: { htu: `${AT}${PATH}#x` }, why: "htu" },
    { part: "bh is of another body", claims: { bh: base64url(new Uint8Array(32)) }, why: "bh" },
    { part: "bh is missing", claims: { bh: undefined }, why: "claims" },
    { part: "one claim is too many", claims: { nbf: seconds }, why: "claims" },
    { part: "typ is a statement's", header: { typ: "dc+sd-jwt" }, why: "typ" },
    { part: "alg is none", header: { alg: "none" }, why: "alg" },
    { part: "kid is unknown", header: { kid: base64url(new Uint8Array(32)) }, why: "kid" },
    { part: "a header member is too many", header: { jwk: {} }, why: "header" },
  ])("$part: 401", async ({ claims, header, why }) => {
    const good = tokenOf(await signedRequest(birch, PATH));
    const token = await forge({ ...partOf(good, 0), ...header }, { ...partOf(good, 1), ...claims }, birch);
    expect((await send(get(token))).status).toBe(401);
    expect(lastWhy()).toBe(why);
  });

  test("the same with nothing changed passes, so that the rows above mean something", async () => {
    const good = tokenOf(await signedRequest(birch, PATH));
    expect((await send(get(await forge(partOf(good, 0), partOf(good, 1), birch)))).status).toBe(200);
  });
});

describe("a good assertion on another request", () => {
  test.each([
    { other: "path", method: "GET", url: `${AT}/v1/sites?limit=5`, why: "htu" },
    { other: "query", method: "GET", url: `${AT}/v1/organisations?limit=6`, why: "htu" },
    { other: "host", method: "GET", url: `https://evil.example${PATH}`, why: "aud" },
    { other: "scheme", method: "GET", url: `http://api.example${PATH}`, why: "aud" },
    { other: "method", url: AT + PATH, method: "DELETE", why: "htm" },
    { other: "body", url: AT + PATH, method: "POST", body: "x", why: "htm" },
  ])("$other: 401", async ({ url, method, body = null, why }) => {
    const token = tokenOf(await signedRequest(birch, PATH));
    const init = { method, body, headers: { Authorization: `Bearer ${token}` } };
    expect((await send(new Request(url, init))).status).toBe(401);
    expect(lastWhy()).toBe(why);
  });

  test("a byte more in the body: 401", async () => {
    const request = await signedRequest(birch, "/v1/subjects", { method: "POST", json: { kind: "site" } });
    const altered = new Request(request.url, { method: "POST", headers: request.headers, body: '{"kind":"site"} ' });
    expect((await send(altered)).status).toBe(401);
    expect(lastWhy()).toBe("bh");
  });

  test("API_ORIGIN set: the host that a request names counts for nothing", async () => {
    const request = await signedRequest(birch, PATH);
    expect((await send(request.clone() as Request, { API_ORIGIN: "https://real.example" })).status).toBe(401);
    const relayed = new Request(`https://evil.example${PATH}`, { headers: request.headers });
    expect((await send(relayed, { API_ORIGIN: AT })).status).toBe(200);
  });
});

describe("spelling", () => {
  test.each([
    { what: "no header", of: () => null, why: "no-assertion" },
    { what: "another scheme", of: (token: string) => `Basic ${token}`, why: "no-assertion" },
    { what: "padding", of: (token: string) => `Bearer ${token}=`, why: "form" },
    {
      what: "stray bits in the last character",
      of: (token: string) => `Bearer ${token.slice(0, -1)}${token.endsWith("A") ? "B" : "z"}`,
      why: "form",
    },
    { what: "a fourth part", of: (token: string) => `Bearer ${token}.AAAA`, why: "form" },
    { what: "9 KiB", of: (token: string) => `Bearer ${token}${"A".repeat(9216)}`, why: "size" },
    {
      what: "a signature over something else",
      of: (token: string) => `Bearer ${token.slice(0, -86)}${"A".repeat(86)}`,
      why: "signature",
    },
  ])("$what: 401", async ({ of, why }) => {
    const value = of(tokenOf(await signedRequest(birch, PATH)));
    expect(
      (await send(new Request(AT + PATH, value === null ? {} : { headers: { Authorization: value } }))).status,
    ).toBe(401);
    expect(lastWhy()).toBe(why);
  });
});

describe("keys", () => {
  test.each([
    { key: "of use record", of: { use: "record" }, why: "key-use" },
    { key: "that has ended", of: { until: 7 }, why: "key-ended" },
    { key: "that was lost", of: { loss: 7 }, why: "key-lost" },
  ])("a key $key: 401", async ({ of, why }) => {
    expect((await ask(await party("other", of), PATH)).status).toBe(401);
    expect(lastWhy()).toBe(why);
  });

  test("an assertion is good until 5 s after its end", async () => {
    const [early, late] = [await signedRequest(birch, PATH), await signedRequest(birch, PATH)];
    clock.now = NOON + 64_000;
    expect((await send(early)).status).toBe(200);
    clock.now = NOON + 65_000;
    expect((await send(late)).status).toBe(401);
  });
});

test("every 401 is the same, byte for byte", async () => {
  const request = await signedRequest(birch, PATH);
  await send(request.clone() as Request);
  const replayed = await essence(await send(request));
  const unsigned = await essence(await send(new Request(AT + PATH)));
  const lost = await essence(await ask(await party("other", { loss: 3 }), PATH));
  expect([unsigned, lost]).toEqual([replayed, replayed]);
});

test("a suspended organisation sees what a missing record looks like", async () => {
  const suspended = await party("stopped", { suspended: true });
  const missing = await essence(await ask(birch, "/v1/organisations/org_AAAAAAAAAAAAAAAAAAAAAA"));
  expect(await essence(await ask(suspended, PATH))).toEqual(missing);
});

test("17 MiB are refused with the limit, and only to somebody who signed", async () => {
  const body = new Uint8Array(17 * 1024 * 1024);
  const token = tokenOf(await signedRequest(birch, "/v1/subjects", { method: "POST", json: {} }));
  const post = (authorization: string) =>
    new Request(`${AT}/v1/subjects`, { method: "POST", body, headers: { Authorization: authorization } });
  expect((await send(post("Bearer x"))).status).toBe(401);
  const answer = await send(post(`Bearer ${token}`));
  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ detail: "the limit is 16 MiB" });
});
