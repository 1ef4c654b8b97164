import {
  auditOf,
  genesisOf,
  grantOf,
  keyOf,
  organisationOf,
  revokeOf,
  type Saying,
  siteOf,
  submissionOf,
} from "@quasarix/client/drafts.ts";
import type { AuditContent } from "@quasarix/shared/audit/content.ts";
import { type Bytes, utf8 } from "@quasarix/shared/bytes.ts";
import { parseSignedCheckpoint } from "@quasarix/shared/log/checkpoint.ts";
import type { GrantClaims } from "@quasarix/shared/policy/grant.ts";
import type { RandomBytes, Signer } from "@quasarix/shared/ports.ts";
import type { Seen } from "@quasarix/shared/statement/claims.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { seenOf } from "@quasarix/shared/statement/seen.ts";
import { webSigner } from "@quasarix/shared/webcrypto.ts";
import { buildAssertion } from "@quasarix/shared/wire/assertion.ts";
import { newSubjectId } from "@quasarix/shared/wire/ids.ts";
import type { FoundingFacts, ReservedSubject } from "@quasarix/shared/wire/registry.ts";
import { JSON_LINES, type LineAnswer, type Receipt } from "@quasarix/shared/wire/statement.ts";
import { jwkOf } from "./secrets.ts";

export interface Org {
  readonly name: string;
  readonly id: string;
  readonly record: Signer;
  readonly auth: Signer;
}

export interface WorldPorts {
  readonly origin: string;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly random: RandomBytes;
  readonly now: () => number;
}

const API = "https://api.quasarix.example";
const record = (name: string): Promise<Signer> =>
  webSigner(crypto, jwkOf(name === "operator" ? name : `${name} record`));
const auth = (name: string): Promise<Signer> => webSigner(crypto, jwkOf(`${name} auth`));

/** A consortium of one operator, made through the API. Everyone's keys come from their names. */
export class World {
  readonly #ports: WorldPorts;
  operator!: Org;

  constructor(ports: WorldPorts) {
    this.#ports = ports;
  }

  async found(): Promise<World> {
    const { origin, random } = this.#ports;
    const id = newSubjectId("organisation", random);
    this.operator = { name: "operator", id, record: await record("operator"), auth: await auth("operator") };
    const asked = await this.open(`/v1/genesis?operator=${id}`);
    if (!asked.ok) throw new Error(`GET /v1/genesis: ${asked.status} ${await asked.text()}`);
    const facts = (await asked.json()) as FoundingFacts;
    const { log, platform, commitment } = facts;
    const kid = thumbprint(this.operator.record.publicKey);
    const texts = [
      await this.issue(this.operator, genesisOf(origin, { log, operator: kid, platform }), null),
      await this.issue(
        this.operator,
        organisationOf(origin, { id, commitment }, { ...OPERATOR, admits: [thumbprint(this.operator.auth.publicKey)] }),
        null,
      ),
      await this.firstKey(this.operator, this.operator.auth, "auth"),
    ];
    await this.lines("/v1/genesis", texts);
    return this;
  }

  /** Reserves, opens, and brings in the first keys. */
  async admit(name: string, kind: string): Promise<Org> {
    const reserved = await this.reserve(this.operator, "organisation");
    const org = { name, id: reserved.id, record: await record(name), auth: await auth(name) };
    const admits = [thumbprint(org.record.publicKey), thumbprint(org.auth.publicKey)];
    await this.say(this.operator, organisationOf(this.#ports.origin, reserved, { kind, name, country: "CH", admits }));
    await this.lines("/v1/keys", [
      await this.firstKey(org, org.record, "record"),
      await this.firstKey(org, org.auth, "auth"),
    ]);
    return org;
  }

  async openSite(supplier: Org, name = "Mill 1"): Promise<string> {
    const reserved = await this.reserve(supplier, "site");
    await this.say(supplier, siteOf(this.#ports.origin, reserved, { supplier: supplier.id, name, country: "PT" }));
    return reserved.id;
  }

  reserve(who: Org, kind: "organisation" | "site"): Promise<ReservedSubject> {
    return this.json<ReservedSubject>(who, "POST", "/v1/subjects", { kind });
  }

  audit = (auditor: Org, site: string, content: AuditContent): Promise<Receipt> =>
    this.say(auditor, auditOf(site, "auditor-signed", content));
  submit = (member: Org, site: string, content: AuditContent, replaces?: string): Promise<Receipt> =>
    this.say(member, submissionOf(member.id, site, content, replaces));
  grant = (supplier: Org, claims: GrantClaims): Promise<Receipt> => this.say(supplier, grantOf(supplier.id, claims));
  revoke = (supplier: Org, grant: string): Promise<Receipt> => this.say(supplier, revokeOf(supplier.id, grant));

  /** Issues and posts one statement; throws on anything but a receipt. */
  async say(who: Org, saying: Saying): Promise<Receipt> {
    return this.json<Receipt>(who, "POST", "/v1/statements", { statement: await this.issue(who, saying) });
  }

  /** `seen` null: none; absent: the last published checkpoint, if there is one. */
  async issue(who: Org, saying: Saying, seen?: Seen | null): Promise<string> {
    const verified = seen === undefined ? await this.seen() : seen;
    const draft = { ...saying, iss: who.id, iat: Math.floor(this.#ports.now() / 1000), seen: verified ?? undefined };
    return issueStatement({ signer: who.record, random: this.#ports.random }, draft);
  }

  async firstKey(org: Pick<Org, "id">, key: Signer, use: "record" | "auth"): Promise<string> {
    const draft = { ...keyOf(this.#ports.origin, { publicKey: key.publicKey, use }), iss: org.id, iat: 1 };
    return issueStatement({ signer: key, random: this.#ports.random }, draft);
  }

  async seen(): Promise<Seen | null> {
    const response = await this.open("/log/checkpoint");
    if (!response.ok) return null;
    const parsed = parseSignedCheckpoint(await response.text());
    const line = parsed.ok ? parsed.value.note.signatures[0] : undefined;
    if (!parsed.ok || !line) throw new Error("the log's checkpoint does not parse");
    return seenOf(parsed.value.checkpoint, line);
  }

  /** As anyone, without an assertion. */
  open(path: string, init: RequestInit = {}): Promise<Response> {
    return this.#ports.fetch(new Request(`${API}${path}`, init));
  }

  async lines(path: string, texts: readonly string[], who?: Org): Promise<LineAnswer[]> {
    const body = texts.map((statement) => `${JSON.stringify({ statement })}\n`).join("");
    const response = await this.send(who ?? null, "POST", path, utf8(body), JSON_LINES);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`POST ${path}: ${response.status} ${text}`);
    return text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as LineAnswer);
  }

  /** The body of a good answer; throws with the problem otherwise. */
  async json<T>(who: Org | null, method: string, path: string, body?: unknown): Promise<T> {
    const bytes = body === undefined ? undefined : utf8(JSON.stringify(body));
    const response = await this.send(who, method, path, bytes, "application/json");
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  /** One signed request, the answer as it comes. */
  get(who: Org, path: string): Promise<Response> {
    return this.send(who, "GET", path);
  }

  async send(
    who: Org | null,
    method: string,
    path: string,
    body?: Bytes,
    type?: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const url = `${API}${path}`;
    const headers = new Headers(more);
    if (type && body) headers.set("content-type", type);
    if (who) {
      const ask = { org: who.id, method, url, body: body ?? new Uint8Array(0), now: this.#ports.now() };
      headers.set(
        "authorization",
        `Bearer ${await buildAssertion({ signer: who.auth, random: this.#ports.random }, ask)}`,
      );
    }
    return this.#ports.fetch(new Request(url, { method, headers, ...(body && { body }) }));
  }
}

const OPERATOR = { kind: "operator", name: "Secretariat" };

/** A small, complete audit; `over` replaces whole sections. */
export const auditContent = (over: Partial<AuditContent> = {}): AuditContent => ({
  existence: {
    scheme: { id: "urn:quasarix:scheme:test", version: "1" },
    auditFrom: "2026-03-04",
    announcement: "unannounced",
    kind: "initial",
    topics: ["fire-safety"],
    assessor: { kind: "auditor" },
    sharing: "supplier-own",
  },
  scores: {},
  findings: { findings: [] },
  plans: {},
  people: {},
  workforce: {},
  evidence: {},
  commercial: { payer: "supplier" },
  ...over,
});
