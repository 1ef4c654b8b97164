import type { Bytes } from "@quasarix/shared/bytes.ts";
import { fromUtf8 } from "@quasarix/shared/bytes.ts";
import type { Purpose } from "@quasarix/shared/policy/purposes.ts";
import type { AuditSection } from "@quasarix/shared/policy/sections.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import { accessView } from "@quasarix/shared/wire/access.ts";
import { denialPage } from "@quasarix/shared/wire/denials.ts";
import { consortiumPage, dossierPage, operatorRows, publishedPage } from "@quasarix/shared/wire/dossier.ts";
import { evaluationsView } from "@quasarix/shared/wire/evaluate.ts";
import { frameworkPage, frameworkVersionsView } from "@quasarix/shared/wire/frameworks.ts";
import type { OpenedKind } from "@quasarix/shared/wire/ids.ts";
import { demandView, intentMade, intentView } from "@quasarix/shared/wire/intents.ts";
import { jointView, operatorJoint } from "@quasarix/shared/wire/joints.ts";
import { ledgerStatement, ledgerView, recognitionView } from "@quasarix/shared/wire/ledger.ts";
import { listedSite, listingState } from "@quasarix/shared/wire/listings.ts";
import {
  lookUpView,
  type OverlapAsk,
  overlapTotals,
  overlapView,
  withdrawalView,
} from "@quasarix/shared/wire/overlap.ts";
import { columnsKept, ownColumnsView } from "@quasarix/shared/wire/own-columns.ts";
import { policyView } from "@quasarix/shared/wire/policies.ts";
import { receiptHeadView, receiptPage } from "@quasarix/shared/wire/receipts.ts";
import {
  foundingFacts,
  keyChallenge,
  keyringView,
  keyView,
  organisationView,
  pageOf,
  reservedSubject,
  siteView,
} from "@quasarix/shared/wire/registry.ts";
import { type ProposalBody, proposalView, releasePlanView, releaseView } from "@quasarix/shared/wire/releases.ts";
import { requestView } from "@quasarix/shared/wire/requests.ts";
import { consentView, rulebookView, termsView } from "@quasarix/shared/wire/rulebook.ts";
import { schemesView } from "@quasarix/shared/wire/schemes.ts";
import { auditSummary, auditView, grantView } from "@quasarix/shared/wire/sharing.ts";
import { siteMatchAnswer } from "@quasarix/shared/wire/site-match.ts";
import { lineAnswer, ownStatement, submissionState } from "@quasarix/shared/wire/statement.ts";
import * as z from "zod";
import { linesBody, parseLines } from "./json-lines.ts";
import type { Answer } from "./refusal.ts";
import { type Ask, jsonBody, parsed, type Query, type Send } from "./transport.ts";

export interface Page {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

export interface Reading {
  readonly purpose: Purpose;
  /** Absent: whatever is open. */
  readonly sections?: readonly AuditSection[] | undefined;
  /** To compare intake's copy with one's own submission: noted in one's own receipts alone. */
  readonly as?: "submitter" | undefined;
}

/** Which part of one's receipts; times in Unix ms. */
export interface ReceiptPart {
  readonly site?: string | undefined;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

/** Which audits, and by whose policy. */
export type Evaluating = { readonly policy?: string | undefined; readonly purpose: Purpose } & (
  | { readonly audits: readonly string[] }
  | { readonly site: string }
);

/** RFC 8288: of the one link that our lists have. */
const cursorIn = (link: string | null): string | null =>
  /[?&]cursor=([^&>]+)[^>]*>; rel="next"/.exec(link ?? "")?.[1] ?? null;

const readingQuery = ({ purpose, sections, as }: Reading): Query => ({ purpose, sections: sections?.join(","), as });

const keysView = z.strictObject({ items: z.array(keyView) });

const PAGES = {
  organisations: pageOf(organisationView),
  sites: pageOf(siteView),
  audits: pageOf(auditSummary),
  grants: pageOf(grantView),
  listings: pageOf(listedSite),
  requests: pageOf(requestView),
  intents: pageOf(intentView),
  joints: pageOf(jointView),
  operatorJoints: pageOf(operatorJoint),
  demand: pageOf(demandView),
  policies: pageOf(policyView),
  consents: pageOf(consentView),
  terms: pageOf(termsView),
  receipts: receiptPage,
  withdrawals: pageOf(withdrawalView),
  lookUps: pageOf(lookUpView),
  recognitions: pageOf(recognitionView),
  ledgerStatements: pageOf(ledgerStatement),
  releasePlans: pageOf(releasePlanView),
  releases: pageOf(releaseView),
};

/** Every route of the API, typed by the schemas that the server answers from. Nothing here is verified. */
export function routes(send: Send) {
  const asked = async <T extends z.ZodType>(ask: Ask, schema: T): Promise<Answer<z.infer<T>>> => {
    const answer = await send(ask);
    return answer.ok ? parsed(schema, answer.value, ask.path) : answer;
  };
  const get = <T extends z.ZodType>(path: string, schema: T, query: Query = {}, isOpen = false) =>
    asked({ method: "GET", path, query, isOpen }, schema);
  const lines = async (path: string, statements: readonly string[], isOpen: boolean) => {
    const body = linesBody(statements.map((statement) => ({ statement })));
    const answer = await send({ method: "POST", path, body, isOpen });
    return answer.ok ? parseLines(lineAnswer, answer.value, path) : answer;
  };
  const bytesAt = (path: string): Promise<Answer<Bytes>> => send({ method: "GET", path, isOpen: true });
  const part = encodeURIComponent;

  return {
    founding: (operator: string) => get("/v1/genesis", foundingFacts, { operator }, true),
    found: (statements: readonly string[]) => lines("/v1/genesis", statements, true),
    postKeys: (statements: readonly string[]) => lines("/v1/keys", statements, true),
    postStatements: (statements: readonly string[]) => lines("/v1/statements", statements, false),
    challenge: () => asked({ method: "POST", path: "/v1/keys/challenge" }, keyChallenge),
    reserve: (kind: OpenedKind) =>
      asked({ method: "POST", path: "/v1/subjects", body: jsonBody({ kind }) }, reservedSubject),
    statement: (hash: string) => get(`/v1/statements/${part(hash)}`, ownStatement),
    submission: (hash: string) => get(`/v1/submissions/${part(hash)}`, submissionState),
    organisations: (page: Page = {}) => get("/v1/organisations", PAGES.organisations, { ...page }),
    organisation: (id: string) => get(`/v1/organisations/${part(id)}`, organisationView),
    keysOf: (org: string) => get(`/v1/organisations/${part(org)}/keys`, keysView),
    sites: (page: Page & { readonly supplier?: string | undefined } = {}) => get("/v1/sites", PAGES.sites, { ...page }),
    site: (id: string) => get(`/v1/sites/${part(id)}`, siteView),
    /** Up to 500 places; of each, in the same order, the sites that it may be. */
    matchSites: (places: readonly SitePlace[]) =>
      asked({ method: "POST", path: "/v1/sites/match", body: jsonBody({ places }) }, siteMatchAnswer),
    keyring: () => get("/v1/keyring", keyringView, {}, true),
    consortium: (after: number, limit = 1000) => get("/v1/consortium", consortiumPage, { after, limit }, true),
    dossier: (subject: string, after = -1, limit = 1000) =>
      get(`/v1/dossiers/${part(subject)}`, dossierPage, { after, limit }),
    audits: (
      page: Page & { readonly purpose: Purpose; readonly site?: string | undefined; readonly merged?: "with" },
    ) => get("/v1/audits", PAGES.audits, { ...page }),
    audit: (id: string, reading: Reading) => get(`/v1/audits/${part(id)}`, auditView, readingQuery(reading)),
    /** The file itself, byte for byte: whoever keeps it verifies these bytes. */
    bundle: (id: string, reading: Reading) =>
      send({ method: "GET", path: `/v1/audits/${part(id)}/bundle`, query: readingQuery(reading) }),
    /** As `bundle`, with what was said of the audit. */
    auditExport: (id: string, reading: Reading) =>
      send({ method: "GET", path: `/v1/audits/${part(id)}/export`, query: readingQuery(reading) }),
    access: (id: string, purpose: Purpose) => get(`/v1/audits/${part(id)}/access`, accessView, { purpose }),
    /** Of one's own list; others as of the last batch. */
    overlap: (ask: OverlapAsk = {}) => asked({ method: "POST", path: "/v1/overlap", body: jsonBody(ask) }, overlapView),
    overlapTotals: () => get("/v1/operator/overlap", overlapTotals),
    withdrawals: (page: Page = {}) => get("/v1/discovery", PAGES.withdrawals, { ...page }),
    lookUps: (page: Page = {}) => get("/v1/look-ups", PAGES.lookUps, { ...page }),
    releasePlans: (page: Page = {}) => get("/v1/release-plans", PAGES.releasePlans, { ...page }),
    releasePlan: (plan: string) => get(`/v1/release-plans/${part(plan)}`, releasePlanView),
    releasePlanFile: (plan: string) => send({ method: "GET", path: `/v1/release-plans/${part(plan)}/file` }),
    proposePlan: (ask: ProposalBody) =>
      asked({ method: "POST", path: "/v1/release-plans/proposals", body: jsonBody(ask) }, proposalView),
    releases: (page: Page = {}) => get("/v1/releases", PAGES.releases, { ...page }),
    releaseFile: (plan: string, cohort: string) =>
      send({ method: "GET", path: `/v1/releases/${part(plan)}/${part(cohort)}/file` }),
    /** For an auditor that the plan names: JSON Lines (shared/benchmark/audit-package.ts). */
    releaseInputs: (plan: string, cohort: string) =>
      send({ method: "GET", path: `/v1/releases/${part(plan)}/${part(cohort)}/inputs` }),
    rulebook: () => get("/v1/rulebook", rulebookView, {}, true),
    frameworks: (after = -1, limit = 100) => get("/v1/frameworks", frameworkPage, { after, limit }, true),
    framework: (id: string) => get(`/v1/frameworks/${part(id)}`, frameworkVersionsView, {}, true),
    schemes: () => get("/v1/schemes", schemesView, {}, true),
    policies: (page: Page & { readonly side: "own" | "shown" }) => get("/v1/policies", PAGES.policies, { ...page }),
    policy: (hash: string) => get(`/v1/policies/${part(hash)}`, policyView),
    /** By the asker's own policy where `policy` is absent; from existence facts alone. */
    evaluate: (ask: Evaluating) =>
      asked({ method: "POST", path: "/v1/evaluate", body: jsonBody(ask) }, evaluationsView),
    consents: (page: Page = {}) => get("/v1/consents", PAGES.consents, { ...page }),
    terms: (page: Page = {}) => get("/v1/terms", PAGES.terms, { ...page }),
    ownColumns: () => get("/v1/own-columns", ownColumnsView),
    /** `replaces`: the etag of the state that was read, null where there was none. */
    keepColumns: (sealed: string, replaces: string | null) => {
      const headers = { ...(replaces === null ? { "if-none-match": "*" } : { "if-match": `"${replaces}"` }) };
      return asked({ method: "PUT", path: "/v1/own-columns", body: jsonBody({ sealed }), headers }, columnsKept);
    },
    listings: (page: Page = {}) => get("/v1/listings", PAGES.listings, { ...page }),
    listing: (hash: string) => get(`/v1/listings/${part(hash)}`, listingState),
    requests: (page: Page & { readonly side: "sent" | "received" }) => get("/v1/requests", PAGES.requests, { ...page }),
    request: (hash: string) => get(`/v1/requests/${part(hash)}`, requestView),
    recognitions: (page: Page = {}) => get("/v1/recognitions", PAGES.recognitions, { ...page }),
    ledger: () => get("/v1/ledger", ledgerView),
    calendar: async (): Promise<Answer<string>> => {
      const path = "/v1/calendar.ics";
      const answer = await send({ method: "GET", path });
      if (!answer.ok) return answer;
      const text = fromUtf8(answer.value);
      return text === null ? fail({ reason: "answer-form", path, detail: "not UTF-8" }) : ok(text);
    },
    ledgerStatements: (page: Page = {}) => get("/v1/ledger/statements", PAGES.ledgerStatements, { ...page }),
    /** The statement goes into the log: its receipt is yet to be checked (`Author.post` does). */
    postIntent: (statement: string) =>
      asked({ method: "POST", path: "/v1/intents", body: jsonBody({ statement }) }, intentMade),
    intents: (page: Page = {}) => get("/v1/intents", PAGES.intents, { ...page }),
    intent: (hash: string) => get(`/v1/intents/${part(hash)}`, intentView),
    joints: (page: Page = {}) => get("/v1/joints", PAGES.joints, { ...page }),
    operatorJoints: (page: Page = {}) => get("/v1/operator/joints", PAGES.operatorJoints, { ...page }),
    demand: (page: Page = {}) => get("/v1/demand", PAGES.demand, { ...page }),
    grants: (page: Page & { readonly side: "given" | "received" }) => get("/v1/grants", PAGES.grants, { ...page }),
    receipts: (page: Page & ReceiptPart = {}) => get("/v1/receipts", PAGES.receipts, { ...page }),
    receiptHead: () => get("/v1/receipts/head", receiptHeadView),
    /** One file of up to 5,000 rows, and the cursor of the next. */
    receiptsCsv: async (page: Page & ReceiptPart = {}): Promise<Answer<{ text: string; next: string | null }>> => {
      const path = "/v1/receipts.csv";
      let link: string | null = null;
      const heard = (headers: Headers) => {
        link = headers.get("link");
      };
      const answer = await send({ method: "GET", path, query: { ...page }, heard });
      if (!answer.ok) return answer;
      const text = fromUtf8(answer.value);
      return text === null
        ? fail({ reason: "answer-form", path, detail: "not UTF-8" })
        : ok({ text, next: cursorIn(link) });
    },
    published: (after: number, limit = 1000) => get("/v1/log/checkpoints", publishedPage, { after, limit }, true),
    denials: (page: Page & { readonly org?: string | undefined; readonly day?: string | undefined } = {}) =>
      get("/v1/operator/denials", denialPage, { ...page }),
    operatorRows: (after: number, limit = 1000) => get("/v1/operator/rows", operatorRows, { after, limit }),
    checkpoint: async (): Promise<Answer<string>> => {
      const answer = await bytesAt("/log/checkpoint");
      if (!answer.ok) return answer;
      const text = fromUtf8(answer.value);
      return text === null ? fail({ reason: "answer-form", path: "/log/checkpoint", detail: "not UTF-8" }) : ok(text);
    },
    /** `path` as C2SP writes it, from `tile/` on. */
    tile: (path: string) => bytesAt(`/log/${path}`),
  };
}
export type Routes = ReturnType<typeof routes>;

/** Every item of a paged list, in order. */
export async function all<T>(
  page: (cursor: string | undefined) => Promise<Answer<{ items: T[]; next: string | null }>>,
): Promise<Answer<T[]>> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const answer = await page(cursor);
    if (!answer.ok) return answer;
    items.push(...answer.value.items);
    cursor = answer.value.next ?? undefined;
  } while (cursor !== undefined);
  return ok(items);
}
