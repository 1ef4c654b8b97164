import {
  auditOf,
  grantOf,
  keyOf,
  organisationOf,
  revokeOf,
  type Saying,
  siteOf,
  submissionOf,
} from "@quasarix/client/drafts.ts";
import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import { type Bytes, concat, fromUtf8, utf8 } from "@quasarix/shared/bytes.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { webRandom } from "@quasarix/shared/webcrypto.ts";
import { buildAssertion } from "@quasarix/shared/wire/assertion.ts";
import fc from "fast-check";
import { beforeAll, expect, inject, test } from "vitest";
import { duty, env, publish } from "../workerd-world.ts";
import { auditContent, type Org } from "../world.ts";
import { expectDocumented, nameOf, routeOf } from "./documented.ts";
import { type Ask, type Document, type Known, requests, type Said } from "./fuzz-requests.ts";
import { AT, ask as send } from "./signed-asks.ts";
import { missing, type Street, street } from "./strangers.ts";

const isLong = inject("long" as never) as boolean;
const RUNS = isLong ? 20_000 : 2_000;
const random = webRandom(crypto);

let made: Street;
let orgs: readonly Org[];
let bases: readonly { readonly by: Org; readonly saying: Saying }[];
let seen: Awaited<ReturnType<Street["world"]["seen"]>>;
let known: Known;
let document: Document;

/** Replaces, or sets beside it, one member of a JSON object's text: what `JSON.stringify` would never write. */
function spoilt(text: string, { name, json, beside }: { name: string; json: string; beside: boolean }): string {
  const members = Object.entries(JSON.parse(text) as Record<string, unknown>);
  const kept = members.filter(([key]) => beside || key !== name);
  const written = kept.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{${[...written, `${JSON.stringify(name)}:${json}`].join(",")}}`;
}

async function respelt(jws: string, part: 0 | 1, by: Org["record"], change: (text: string) => string): Promise<string> {
  const parts = jws.split(".").slice(0, 2);
  parts[part] = base64url(utf8(change(fromUtf8(fromBase64url(parts[part] as string) as Bytes) as string)));
  const signed = parts.join(".");
  return `${signed}.${base64url(await by.sign(utf8(signed)))}`;
}

async function statementOf({ base, claim, member, cut }: Said): Promise<string> {
  const { by, saying } = bases[base % bases.length] as (typeof bases)[number];
  const draft = { ...saying, iss: by.id, iat: 1, seen: seen ?? undefined };
  const sections = draft.sections;
  const section = member && { ...sections?.[member.section], [member.name]: member.value as never };
  const changed = sections && member ? { sections: { ...sections, [member.section]: section as never } } : {};
  const ports = { signer: by.record, random };
  // A name that the SDK refuses to write stays out.
  let text = await issueStatement(ports, { ...draft, ...changed }).catch(() => issueStatement(ports, draft));
  if (claim) {
    const [jwt, ...disclosures] = text.split("~") as [string, ...string[]];
    text = [await respelt(jwt, 1, by.record, (payload) => spoilt(payload, claim)), ...disclosures].join("~");
  }
  if (cut === null) return text;
  const at = cut.at % text.length;
  return text.slice(0, at) + cut.by + text.slice(at + 1);
}

/** Mostly the author of the body's first statement, or who may read what the address names. */
function signerOf({ body, path }: Ask, who: number): Org {
  const { operator, birch, fir } = made.own;
  if (who % 2 === 0 && path.startsWith("/v1/operator/")) return operator;
  if (who % 2 === 0 && /^\/v1\/(statements|submissions)\//.test(path)) return birch;
  if (who % 2 === 0 && path.startsWith("/v1/audits/")) return fir;
  const first = body?.find((part): part is Said => typeof part !== "string");
  if (first && who % 8 !== 0) return (bases[first.base % bases.length] as (typeof bases)[number]).by;
  return orgs[who % orgs.length] as Org;
}

async function authorizationOf(ask: Ask, url: string, body: Bytes): Promise<string | null> {
  const { auth, method } = ask;
  if (auth.kind === "none") return null;
  if (auth.kind === "text") return auth.text;
  const who = signerOf(ask, auth.who);
  const token = await buildAssertion({ signer: who.auth, random }, { org: who.id, method, url, body, now: Date.now() });
  if (auth.kind === "signed") return `Bearer ${token}`;
  if (auth.kind === "flip") {
    const at = auth.at % token.length;
    return `Bearer ${token.slice(0, at)}${token[at] === "A" ? "B" : "A"}${token.slice(at + 1)}`;
  }
  const part = ["alg", "kid", "typ", "crit"].includes(auth.name) ? 0 : 1;
  return `Bearer ${await respelt(token, part, who.auth, (text) => spoilt(text, { ...auth, beside: false }))}`;
}

async function bodyOf({ body, tail }: Ask): Promise<Bytes> {
  const parts = await Promise.all(
    (body ?? []).map(async (part) => (typeof part === "string" ? part : JSON.stringify(await statementOf(part)))),
  );
  return concat(utf8(parts.join("")), tail ?? new Uint8Array(0));
}

async function requestOf(ask: Ask): Promise<Request> {
  const url = new URL(AT + ask.path.replace(/^(?!\/)/, "/"));
  url.hash = "";
  const hasBody = ask.method !== "GET" && ask.method !== "HEAD";
  const body = hasBody ? await bodyOf(ask) : new Uint8Array(0);
  const headers = new Headers();
  if (ask.type !== null) headers.set("Content-Type", ask.type);
  const authorization = await authorizationOf(ask, url.href, body);
  if (authorization !== null) headers.set("Authorization", authorization);
  return new Request(url, { method: ask.method, headers, ...(body.length > 0 && { body }) });
}

/** One good statement of each kind that the door takes. */
async function goodSayings(): Promise<typeof bases> {
  const { own, world, names } = made;
  const { mill, firm, birch, fir, operator } = own;
  const window = { notBefore: 0, notAfter: 4_102_444_800_000 };
  const grant = { grantee: fir.id, site: names.site, grantSections: ["existence"], purposes: ["due-diligence"] };
  const sites = await Promise.all(Array.from({ length: 12 }, () => world.reserve(mill, "site")));
  const organisation = await world.reserve(operator, "organisation");
  const claims = { kind: "member", name: "yew", country: "CH", admits: [thumbprint(fir.auth.publicKey)] };
  return [
    ...Array(6).fill({ by: firm, saying: auditOf(names.site, "auditor-signed", auditContent()) }),
    { by: mill, saying: auditOf(names.site, "supplier-signed", auditContent()) },
    ...Array(6).fill({ by: birch, saying: submissionOf(birch.id, names.site, auditContent()) }),
    ...Array(4).fill({ by: mill, saying: grantOf(mill.id, { ...grant, ...window } as never) }),
    { by: mill, saying: revokeOf(mill.id, names.grant) },
    ...sites.map((site) => ({
      by: mill,
      saying: siteOf(env.ORIGIN, site, { supplier: mill.id, name: "Mill 3", country: "PT" }),
    })),
    { by: operator, saying: organisationOf(env.ORIGIN, organisation, claims) },
    { by: fir, saying: keyOf(env.ORIGIN, { publicKey: fir.record.publicKey, use: "record" }) },
  ];
}

/** Names that mean something here, and some that do not. */
async function knownNames(): Promise<Known> {
  const { names, own, strangers } = made;
  const none = missing();
  const organisations = [...Object.values({ ...own, ...strangers }).map(({ id }) => id), none.org];
  const sites = [names.site, none.site];
  const size = ((await made.world.seen())?.size ?? 0) % 256;
  const cursors = await Promise.all(
    [own.mill, own.fir].map(async (who) => {
      const page = await made.world.json<{ next: string }>(who, "GET", "/v1/organisations?limit=1");
      return page.next;
    }),
  );
  return {
    "/v1/statements/{hash} hash": [names.submission, names.grant, names.audit, none.audit],
    "/v1/submissions/{hash} hash": [names.submission, names.audit],
    "/v1/sites/{id} id": sites,
    "/v1/audits/{id} id": [names.audit, names.audit, names.listed, none.audit],
    "/v1/audits/{id}/bundle id": [names.audit, names.listed],
    id: [...organisations, names.site, names.audit],
    subject: [encodeURIComponent(env.ORIGIN), ...sites, ...organisations],
    cursor: cursors,
    site: sites,
    supplier: organisations,
    operator: organisations,
    sections: ["existence", "existence,scores", "commercial", "people,evidence", "existence,existence"],
    path: [
      `0/000.p/${size}`,
      `entries/000.p/${size}`,
      "0/000",
      "entries/000.p/1",
      "x001/000",
      "99/000",
      "0/x001/x002/003.p/255",
      "0/000.p/256",
    ],
    any: ["AAAA", none.audit, "a.b"],
  };
}

beforeAll(async () => {
  made = await street();
  const { suspended, ...others } = made.strangers;
  orgs = [...Object.values(made.own), ...Object.values(others), suspended];
  bases = await goodSayings();
  seen = await made.world.seen();
  known = await knownNames();
  document = await (await send(new Request(`${AT}/openapi.json`))).json();
}, 60_000);

const counts = new Map<string, number>();
const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);

async function sendOne(ask: Ask): Promise<void> {
  const request = await requestOf(ask);
  const asked = new Request(request.url, { method: request.method });
  const answer = await send(request);
  count(String(answer.status));
  count(`${nameOf(routeOf(asked))}: ${answer.ok ? "taken" : "refused"}`);
  await expectDocumented(asked, answer);
}

test(`${RUNS} requests, good and spoilt, get answers that the contract describes`, { timeout: 600_000 }, async () => {
  const run = { numRuns: RUNS, ...(isLong ? {} : { seed: 20_261_121 }) };
  await fc.assert(fc.asyncProperty(requests(document, known), sendOne), run);
  console.log(
    `contract fuzz: ${JSON.stringify(Object.fromEntries([...counts].filter(([name]) => /^\d+$/.test(name))))}`,
  );
});

test("every route took some of them, and refused some where it can", () => {
  const routes = Object.entries(document.paths).flatMap(([path, rows]) =>
    Object.keys(rows).map((method) => `${method} ${path}`),
  );
  const never = routes.filter((name) => !counts.has(`${name}: taken`));
  // A consortium is founded once, and this one is.
  expect(never.sort()).toEqual(["get /v1/genesis", "post /v1/genesis"]);
});

test("after all of it the log signs, and intake takes what waits", async () => {
  await publish();
  await duty();
  const health = await (await send(new Request(`${AT}/health`))).json();
  expect(health).toMatchObject({ refusing: null });
});
