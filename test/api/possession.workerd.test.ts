import { base64url } from "@quasarix/shared/base64.ts";
import { keyChallenge } from "@quasarix/shared/registry/challenge.ts";
import { possessionBytes } from "@quasarix/shared/registry/key.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { webSigner } from "@quasarix/shared/webcrypto.ts";
import { beforeEach, expect, test } from "vitest";
import { jwkOf } from "../secrets.ts";
import { ask, clock, dice, emptyWorld, env, hashOf, NOON, type Party, party } from "./small-api.ts";

let birch: Party;
let stranger: Party;

beforeEach(async () => {
  await emptyWorld();
  birch = await party("birch");
  stranger = await party("stranger");
});

/** A second key of birch's for what it records, and the signer behind it. */
async function recordKey() {
  const signer = await webSigner(crypto, jwkOf("birch record"));
  await env.DB.prepare("INSERT INTO keys (kid, x, org, use, statement, from_index) VALUES (?, ?, ?, 'record', ?, 9000)")
    .bind(thumbprint(signer.publicKey), base64url(signer.publicKey), birch.org, hashOf("record key"))
    .run();
  return signer;
}

interface Spoilt {
  readonly challenge?: string;
  readonly signedBy?: string;
  readonly askedBy?: Party;
  readonly over?: string;
  readonly later?: number;
  readonly none?: true;
}

async function bring({ challenge, signedBy = "birch new", askedBy = birch, over, later = 0, none }: Spoilt) {
  const record = await recordKey();
  const fresh = await webSigner(crypto, jwkOf("birch new"));
  const given = await (await ask(askedBy, "/v1/keys/challenge", { method: "POST" })).json<{ challenge: string }>();
  const used = challenge ?? given.challenge;
  const message = possessionBytes(env.ORIGIN, over ?? birch.org, thumbprint(fresh.publicKey), used);
  const signature = base64url(await (await webSigner(crypto, jwkOf(signedBy))).sign(message));
  const statement = await issueStatement(
    { signer: record, random: dice },
    {
      iss: birch.org,
      iat: NOON / 1000,
      vct: "urn:quasarix:key:1",
      sub: env.ORIGIN,
      claims: {
        x: base64url(fresh.publicKey),
        use: "auth",
        ...(none ? {} : { possession: { challenge: used, signature } }),
      },
    },
  );
  clock.now += later;
  return { statement, answer: await submit(statement) };
}

const submit = (statement: string) => ask(birch, "/v1/statements", { method: "POST", json: { statement } });

test("a new key that signed our challenge is admitted", async () => {
  const { answer } = await bring({});
  expect([answer.status, await answer.text()]).toEqual([201, expect.stringContaining("statementHash")]);
});

test("the same statement again, when its challenge is long over, has the same receipt", async () => {
  const { statement, answer } = await bring({});
  clock.now += 60 * 60_000;
  const again = await submit(statement);
  expect([again.status, await again.json()]).toEqual([201, await answer.json()]);
});

test.each([
  { what: "another key signed", spoilt: { signedBy: "stranger" }, why: "possession: possession-signature" },
  {
    what: "it was signed for another organisation",
    spoilt: { over: "org_other" },
    why: "possession: possession-signature",
  },
  {
    what: "the challenge is not ours",
    spoilt: { challenge: keyChallenge({ key: dice(32), random: dice }, "org", NOON).challenge },
    why: "possession: challenge-not-ours",
  },
  { what: "the challenge has ended", spoilt: { later: 11 * 60_000 }, why: "possession: challenge-not-ours" },
  {
    what: "nothing was signed",
    spoilt: { none: true as const },
    why: "possession: no-possession",
  },
])("refused where $what", async ({ spoilt, why }) => {
  const { answer } = await bring(spoilt);
  expect([answer.status, (await answer.json<{ detail: string }>()).detail]).toEqual([422, why]);
});

test("refused where the challenge was given to another organisation", async () => {
  const { answer } = await bring({ askedBy: stranger });
  expect([answer.status, (await answer.json<{ detail: string }>()).detail]).toEqual([
    422,
    "possession: challenge-not-ours",
  ]);
});

test.each([
  { what: "`x` is a number", claims: { x: 1.5 } },
  { what: "`x` is null", claims: { x: null } },
  { what: "`x` is a list", claims: { x: ["AAAA"] } },
  { what: "the challenge is a number", claims: { possession: { challenge: 1, signature: "A".repeat(86) } } },
  { what: "the signature is an object", claims: { possession: { challenge: "AAAA", signature: {} } } },
  { what: "the possession is a text", claims: { possession: "AAAA" } },
])("refused, and no bug of ours, where $what", async ({ claims }) => {
  const fresh = await webSigner(crypto, jwkOf("birch new"));
  const statement = await issueStatement(
    { signer: await recordKey(), random: dice },
    {
      iss: birch.org,
      iat: NOON / 1000,
      vct: "urn:quasarix:key:1",
      sub: env.ORIGIN,
      claims: { x: base64url(fresh.publicKey), use: "auth", ...claims },
    },
  );
  const answer = await submit(statement);
  expect([answer.status, (await answer.json<{ detail: string }>()).detail]).toEqual([422, "possession: key-claims"]);
});
