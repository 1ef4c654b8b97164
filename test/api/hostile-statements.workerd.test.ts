import { ed25519 } from "@noble/curves/ed25519.js";
import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import { type Bytes, concat, utf8 } from "@quasarix/shared/bytes.ts";
import { signPayload } from "@quasarix/shared/statement/issue.ts";
import type { LineAnswer } from "@quasarix/shared/wire/statement.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

/** An audit in its parts, before it is spoilt. */
interface Parts {
  readonly payload: Record<string, unknown>;
  readonly disclosures: readonly string[];
  readonly jwt: string;
}

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const join = (jwt: string, disclosures: readonly string[]): string => [jwt, ...disclosures, ""].join("~");
const partsOf = (jwt: string): [string, string, string] => jwt.split(".") as [string, string, string];

/** The signature with the group's order added to S: the same equation, another spelling. */
function plusOrder(signature: string): string {
  const bytes = fromBase64url(signature) as Bytes;
  let s = 0n;
  for (let i = 63; i >= 32; i--) s = (s << 8n) | BigInt(bytes[i] as number);
  s += ORDER;
  for (let i = 32; i < 64; i++, s >>= 8n) bytes[i] = Number(s & 0xffn);
  return base64url(bytes);
}

const disclosureOf = (...parts: unknown[]): string =>
  base64url(utf8(JSON.stringify(["AAAAAAAAAAAAAAAAAAAAAA", ...parts])));

describe("a spoilt statement is refused by name", () => {
  let world: World;
  let firm: Org;
  let good: Parts;

  beforeAll(async () => {
    world = await newWorld();
    const mill = await world.admit("mill", "supplier");
    firm = await world.admit("firm", "auditor");
    const site = await world.openSite(mill);
    const text = await world.issue(firm, {
      vct: "urn:quasarix:audit:1",
      sub: site,
      claims: { provenance: "auditor-signed" },
      sections: auditContent() as never,
    });
    const [jwt, ...disclosures] = text.split("~") as [string, ...string[]];
    disclosures.pop();
    const payload = JSON.parse(atob(partsOf(jwt)[1].replaceAll("-", "+").replaceAll("_", "/"))) as Parts["payload"];
    good = { payload, disclosures, jwt };
  });

  const signed = (change: (payload: Record<string, unknown>) => void): Promise<string> => {
    const payload = structuredClone(good.payload);
    change(payload);
    return signPayload(firm.record, payload);
  };
  const digestsOf = (payload: Record<string, unknown>): string[] =>
    (payload["sections"] as Record<string, { _sd: string[] }>)["existence"]?._sd as string[];
  const withHeader = (header: unknown): string => {
    const [, payload, signature] = partsOf(good.jwt);
    return `${base64url(utf8(JSON.stringify(header)))}.${payload}.${signature}`;
  };

  const rows: { what: string; says: string; make: () => string | Promise<string> }[] = [
    {
      what: "a signature with padding",
      says: "signature: jws-form",
      make: () => join(`${good.jwt}==`, good.disclosures),
    },
    {
      what: "stray bits in the last character of the signature",
      says: "signature: jws-form",
      // 64 bytes leave four bits over, which are zero in A, Q, g and w alone.
      make: () => join(`${good.jwt.slice(0, -1)}B`, good.disclosures),
    },
    {
      what: "a second header key",
      says: "signature: header",
      make: () => join(withHeader({ alg: "EdDSA", kid: "x".repeat(43), typ: "dc+sd-jwt", jwk: {} }), good.disclosures),
    },
    {
      what: "S plus the group's order",
      says: "signature: bad-signature",
      make: () => {
        const [header, payload, signature] = partsOf(good.jwt);
        return join(`${header}.${payload}.${plusOrder(signature)}`, good.disclosures);
      },
    },
    {
      what: "R of small order",
      says: "signature: bad-signature",
      make: () => {
        const [header, payload, signature] = partsOf(good.jwt);
        const small = concat(Uint8Array.of(1, ...new Uint8Array(31)), (fromBase64url(signature) as Bytes).subarray(32));
        return join(`${header}.${payload}.${base64url(small)}`, good.disclosures);
      },
    },
    {
      what: "a key that nobody knows",
      says: "signature: unknown-key",
      make: async () => {
        const seed = ed25519.utils.randomSecretKey();
        const signer = {
          publicKey: ed25519.getPublicKey(seed) as Bytes,
          sign: async (message: Bytes) => ed25519.sign(message, seed) as Bytes,
        };
        return join(await signPayload(signer, good.payload), good.disclosures);
      },
    },
    {
      what: "a disclosure twice",
      says: "disclosures: disclosure-twice",
      make: () => join(good.jwt, [...good.disclosures, good.disclosures[0] as string]),
    },
    {
      what: "a disclosure of another statement",
      says: "disclosures: unreferenced",
      make: () => join(good.jwt, [...good.disclosures, disclosureOf("foreign", 1)]),
    },
    {
      what: "a disclosed name that has a meaning",
      says: "disclosures: disclosure-name",
      make: () => join(good.jwt, [...good.disclosures, disclosureOf("_sd", 1)]),
    },
    {
      what: "digests out of order",
      says: "disclosures: unsorted",
      make: async () => join(await signed((payload) => digestsOf(payload).reverse()), good.disclosures),
    },
    {
      what: "a digest twice",
      says: "disclosures: digest-twice",
      make: async () =>
        join(
          await signed((payload) => {
            const digests = digestsOf(payload);
            digests[1] = digests[0] as string;
          }),
          good.disclosures,
        ),
    },
    {
      what: "an element of a section withheld",
      says: "disclosures: section-incomplete",
      make: () => join(good.jwt, good.disclosures.slice(1)),
    },
    {
      what: "a whole section withheld",
      says: "admission: a section is not complete",
      make: () => join(good.jwt, good.disclosures.slice(0, -2)),
    },
    {
      what: "an auditor's audit that says it is the supplier's",
      says: "admission: must be `auditor-signed`",
      make: async () =>
        join(await signed((payload) => Object.assign(payload, { provenance: "supplier-signed" })), good.disclosures),
    },
    {
      what: "another organisation's name on it",
      says: "admission: not-the-carriers-own",
      make: async () =>
        join(await signed((payload) => Object.assign(payload, { iss: world.operator.id })), good.disclosures),
    },
    {
      what: "bytes after the last tilde",
      says: "signature: no-final-tilde",
      make: () => `${join(good.jwt, good.disclosures)}x`,
    },
    {
      what: "`seen` of a checkpoint that the log did not sign",
      says: "seen: seen-key",
      make: async () =>
        join(
          await signed((payload) =>
            Object.assign(payload, {
              seen: { size: 1, root: btoa("\0".repeat(32)), sig: btoa("\0".repeat(68)) },
            }),
          ),
          good.disclosures,
        ),
    },
  ];

  test.each(rows)("$what: $says", async ({ says, make }) => {
    const [answer] = await world.lines("/v1/statements", [await make()], firm);
    expect((answer as Extract<LineAnswer, { problem: unknown }>).problem.detail).toContain(says);
  });

  test("and the good line beside it goes in", async () => {
    const answers = await world.lines("/v1/statements", ["nonsense", join(good.jwt, good.disclosures)], firm);
    expect(answers[0]).toMatchObject({ line: 1, problem: { status: 422 } });
    expect(answers[1]).toMatchObject({ line: 2, seq: 0 });
  });
});
