import {
  auditOf,
  grantOf,
  organisationOf,
  revokeOf,
  type Saying,
  siteOf,
  submissionOf,
} from "@quasarix/client/drafts.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { webSigner } from "@quasarix/shared/webcrypto.ts";
import type { LineAnswer } from "@quasarix/shared/wire/statement.ts";
import { beforeEach, expect, test } from "vitest";
import { jwkOf } from "../secrets.ts";
import { env, newWorld, publish } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

const DAY = 86_400_000;
let world: World;
let mill: Org;
let birch: Org;
let site: string;

beforeEach(async () => {
  world = await newWorld();
  mill = await world.admit("mill", "supplier");
  birch = await world.admit("birch", "member");
  site = await world.openSite(mill);
});

const grantTo = (org: Org): Saying =>
  grantOf(mill.id, {
    grantee: org.id,
    site,
    grantSections: ["existence"],
    purposes: ["due-diligence"],
    notBefore: Date.now() - DAY,
    notAfter: Date.now() + DAY,
  });

async function post(who: Org, text: string): Promise<LineAnswer> {
  const [answer] = await world.lines("/v1/statements", [text], who);
  return answer as LineAnswer;
}

/** Each kind of statement, whatever it has changed by having been said. */
const sayings: Record<string, () => Promise<readonly [Org, Saying]>> = {
  "an organisation's opening": async () => {
    const reserved = await world.reserve(world.operator, "organisation");
    const admits = [thumbprint(birch.record.publicKey)];
    return [
      world.operator,
      organisationOf(env.ORIGIN, reserved, { kind: "member", name: "fir", country: "CH", admits }),
    ];
  },
  "a site's opening": async () => {
    const reserved = await world.reserve(mill, "site");
    return [mill, siteOf(env.ORIGIN, reserved, { supplier: mill.id, name: "Mill 2", country: "PT" })];
  },
  "an audit": async () => [mill, auditOf(site, "supplier-signed", auditContent())],
  "a submission": async () => [birch, submissionOf(birch.id, site, auditContent())],
  "a grant": async () => [mill, grantTo(birch)],
  "a revocation": async () => {
    const answer = await world.say(mill, grantTo(birch));
    return [mill, revokeOf(mill.id, answer.statementHash)];
  },
};

test.each(Object.entries(sayings))("%s sent again has the same receipt", async (_name, make) => {
  const [who, saying] = await make();
  const text = await world.issue(who, saying);
  const first = await post(who, text);
  expect(first).toHaveProperty("proof");
  expect(await post(who, text)).toEqual(first);
});

test("the first keys sent again have the same receipts", async () => {
  const fir = await unjoined("fir");
  const keys = [await world.firstKey(fir, fir.record, "record"), await world.firstKey(fir, fir.auth, "auth")];
  const first = await world.lines("/v1/keys", keys);
  expect(first[0]).toHaveProperty("proof");
  expect(await world.lines("/v1/keys", keys)).toEqual(first);
});

async function unjoined(name: string): Promise<Pick<Org, "id" | "record" | "auth">> {
  const reserved = await world.reserve(world.operator, "organisation");
  const [record, auth] = await Promise.all([newSigner(name, "record"), newSigner(name, "auth")]);
  const admits = [thumbprint(record.publicKey), thumbprint(auth.publicKey)];
  await world.say(
    world.operator,
    organisationOf(env.ORIGIN, reserved, { kind: "member", name, country: "CH", admits }),
  );
  return { id: reserved.id, record, auth };
}

const newSigner = (name: string, use: string) => webSigner(crypto, jwkOf(`${name} ${use}`));

test("a statement that named no checkpoint, when there was none yet, has the same receipt after one is published", async () => {
  const text = await world.issue(mill, auditOf(site, "supplier-signed", auditContent()), null);
  const first = await post(mill, text);
  await publish();
  expect(await world.seen()).not.toBeNull();
  expect(await post(mill, text)).toEqual(first);
});

test("a statement whose key has ended since has the same receipt, and for its author alone", async () => {
  const text = await world.issue(mill, auditOf(site, "supplier-signed", auditContent()));
  const first = await post(mill, text);
  await env.DB.prepare("UPDATE keys SET until_index = 0 WHERE org = ? AND use = 'record'").bind(mill.id).run();
  expect(await post(mill, text)).toEqual(first);
  expect(await post(birch, text)).toMatchObject({ problem: { status: 422 } });
});
