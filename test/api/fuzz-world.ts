import { base64url } from "@quasarix/shared/base64.ts";
import { type Bytes, concat, utf8 } from "@quasarix/shared/bytes.ts";
import { SMALLEST_BLOB } from "@quasarix/shared/duplicate/columns.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { webRandom } from "@quasarix/shared/webcrypto.ts";
import { buildAssertion } from "@quasarix/shared/wire/assertion.ts";
import { env } from "../workerd-world.ts";
import type { Org } from "../world.ts";
import type { Said } from "./fuzz-bodies.ts";
import type { Contract, Document, Known } from "./fuzz-contract.ts";
import type { Ask } from "./fuzz-requests.ts";
import { type Base, type Desk, goodSayings, respelt, spoilt, statementOf } from "./fuzz-statements.ts";
import { PLANTED_COHORT, plantRelease } from "./planted-release.ts";
import { AT, ask } from "./signed-asks.ts";
import { missing, type Street, street } from "./strangers.ts";

const random = webRandom(crypto);

/** A consortium to send requests to, and what they are made of. */
export interface FuzzWorld extends Desk, Contract {
  readonly made: Street;
  readonly orgs: readonly Org[];
}

export async function fuzzWorld(): Promise<FuzzWorld> {
  const made = await street();
  const { suspended, ...others } = made.strangers;
  const orgs = [...Object.values(made.own), ...Object.values(others), suspended];
  const bases = await goodSayings(made);
  const document = (await (await ask(new Request(`${AT}/openapi.json`))).json()) as Document;
  return { made, orgs, bases, seen: await made.world.seen(), known: await knownNames(made), document };
}

/** Names that mean something here, and some that do not. */
async function knownNames(made: Street): Promise<Known> {
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
  const audits = [names.audit, names.audit, names.listed, none.audit];
  const ofAudits = ["", "/bundle", "/export", "/access", "/lifecycle", "/responses"];
  return {
    ...Object.fromEntries(ofAudits.map((end) => [`/v1/audits/{id}${end} id`, audits])),
    "/v1/requests/{hash} hash": [names.request, names.request, none.request],
    "/v1/policies/{hash} hash": [names.policy, names.policy, none.policy],
    "/v1/evaluate policy": [names.policy, none.policy],
    "/v1/evaluate audits": [names.listed, names.listed, none.audit],
    "/v1/statements/{hash} hash": [names.submission, names.grant, names.audit, none.audit],
    "/v1/submissions/{hash} hash": [names.submission, names.audit],
    "/v1/intents/{hash} hash": [names.intent, names.intent, none.intent],
    "/v1/listings/{hash} hash": [names.listing, names.listing, none.listing],
    plan: [await plantRelease(own.firm.id), names.audit],
    ...RELEASES,
    ...(await columnsKnown(made)),
    ...PLACES,
    "/v1/sites/{id} id": sites,
    "/v1/frameworks/{id} id": ["quasarix", "none"],
    id: [...organisations, names.site, names.audit],
    subject: [encodeURIComponent(env.ORIGIN), ...sites, ...organisations],
    cursor: cursors,
    site: sites,
    supplier: organisations,
    operator: organisations,
    org: organisations,
    day: [new Date().toISOString().slice(0, 10), "2026-02-28"],
    schemes: ["urn:quasarix:scheme:smeta", "urn:quasarix:scheme:test"],
    topics: ["fire-safety", "water"],
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
  };
}

/** Of private columns: two states, and the ways to say which one is replaced. */
async function columnsKnown({ world, own }: Street): Promise<Known> {
  const kept = await world.json<{ sealed: string; etag: string }>(own.birch, "GET", "/v1/own-columns");
  const next = base64url(random(SMALLEST_BLOB));
  const etags = [kept.etag, base64url(sha256(utf8(next)))].map((etag) => `"${etag}"`);
  return { sealed: [kept.sealed, next], "if-match": [...etags, "*", '""'], "if-none-match": ["*", ...etags] };
}

/** Of plans and releases that are asked for. */
const RELEASES: Known = {
  cohort: [PLANTED_COHORT, PLANTED_COHORT, "2026-Q4", "2025-Q1+2025-Q4"],
  metrics: ["findings/critical", "remediation/days", "score/none@1/none"],
  from: ["2026-Q4", "2027", "2020"],
  auditors: [`org_${"A".repeat(22)}`],
};

/** Of places that are looked up. */
const PLACES: Known = {
  name: ["Mill 1", "MILL NO. 1 LTD", "Spinnery"],
  country: ["PT", "BD"],
  address: ["Rua 1", "Plot 12, Block C"],
  city: ["Porto"],
  region: ["Norte"],
  postcode: ["4000-001"],
  sector: ["textiles"],
  tier: ["tier-1", "2"],
  scheme: ["lei", "local:erp"],
  value: ["529900T8BM49AURSDO55", "4711"],
};

/** Mostly the author of the body's first statement, or who may read what the address names. */
function signerOf({ made, orgs, bases }: FuzzWorld, { body, path }: Pick<Ask, "body" | "path">, who: number): Org {
  const { operator, birch, fir, firm } = made.own;
  if (who % 2 === 0 && /^\/v1\/(operator\/|subjects|release-plans\/)/.test(path)) return operator;
  if (who % 2 === 0 && /^\/v1\/((statements|submissions|policies|listings)\/|evaluate|own-columns|overlap)/.test(path))
    return birch;
  if (who % 2 === 0 && /^\/v1\/(audits|requests)\//.test(path)) return fir;
  if (who % 2 === 0 && path.startsWith("/v1/releases/")) return firm;
  const first = body?.find((part): part is Said => typeof part !== "string");
  if (first && who % 8 !== 0) return (bases[first.base % bases.length] as Base).by;
  return orgs[who % orgs.length] as Org;
}

async function authorizationOf(world: FuzzWorld, ask: Ask, url: string, body: Bytes): Promise<string | null> {
  const { auth, method } = ask;
  if (auth.kind === "none") return null;
  if (auth.kind === "text") return auth.text;
  const who = signerOf(world, ask, auth.who);
  const token = await buildAssertion({ signer: who.auth, random }, { org: who.id, method, url, body, now: Date.now() });
  if (auth.kind === "signed") return `Bearer ${token}`;
  if (auth.kind === "flip") {
    const at = auth.at % token.length;
    return `Bearer ${token.slice(0, at)}${token[at] === "A" ? "B" : "A"}${token.slice(at + 1)}`;
  }
  const part = ["alg", "kid", "typ", "crit"].includes(auth.name) ? 0 : 1;
  return `Bearer ${await respelt(token, part, who.auth, (text) => spoilt(text, { ...auth, beside: false }))}`;
}

async function bodyOf(world: FuzzWorld, { body, tail }: Ask): Promise<Bytes> {
  const parts = await Promise.all(
    (body ?? []).map(async (part) =>
      typeof part === "string" ? part : JSON.stringify(await statementOf(world, part)),
    ),
  );
  return concat(utf8(parts.join("")), tail ?? new Uint8Array(0));
}

/** Signed and ready to be sent. */
export async function requestOf(world: FuzzWorld, ask: Ask): Promise<Request> {
  const url = new URL(AT + ask.path.replace(/^(?!\/)/, "/"));
  url.hash = "";
  const hasBody = ask.method !== "GET" && ask.method !== "HEAD";
  const body = hasBody ? await bodyOf(world, ask) : new Uint8Array(0);
  const headers = new Headers(ask.headers);
  if (ask.type !== null) headers.set("Content-Type", ask.type);
  const authorization = await authorizationOf(world, ask, url.href, body);
  if (authorization !== null) headers.set("Authorization", authorization);
  return new Request(url, { method: ask.method, headers, ...(body.length > 0 && { body }) });
}
