import { grantOf, keyOf, revokeOf, type Saying } from "@quasarix/client/drafts.ts";
import { intentOf } from "@quasarix/client/intent-drafts.ts";
import { answerOf, requestOf } from "@quasarix/client/request-drafts.ts";
import { JSON_LINES } from "@quasarix/shared/wire/statement.ts";
import type { Org } from "../world.ts";
import type { Wanted } from "./signed-asks.ts";
import { env } from "./small-api.ts";
import { intentFor, type Names, requestFor, type Street } from "./strangers.ts";

/** `nobody`: each of `atTheDoor`. `whose`: the one that the record or the route is for. */
export const COLUMNS = [
  "nobody",
  "other member",
  "lapsed grantee",
  "revoked grantee",
  "supplier elsewhere",
  "auditor elsewhere",
  "suspended",
  "whose it is",
] as const;

export interface Row {
  readonly route: string;
  /** `{audit}` and the like stand for the names of records. */
  readonly path: string;
  readonly statuses: readonly number[];
  readonly whose: keyof Street["own"];
  readonly body?: (made: Street, who: Org, names: Names) => Promise<Wanted["body"]>;
  /** A stranger hears of the record what it would hear of none. */
  readonly looksMissing: boolean;
  /** Of a list: how many items each of the five signed strangers is shown, all of them its own. */
  readonly items: readonly number[] | null;
}

const row = (
  route: string,
  statuses: readonly number[],
  whose: Row["whose"],
  {
    path = route.split(" ")[1] as string,
    ...more
  }: Partial<Pick<Row, "path" | "body" | "looksMissing" | "items">> = {},
): Row => ({ route, path, statuses, whose, looksMissing: false, items: null, ...more });

const said = async ({ world }: Street, who: Org, saying: Saying) =>
  JSON.stringify({ statement: await world.issue(who, saying) });
const revocation = async (made: Street, who: Org, { grant }: Names) => ({
  type: "application/json",
  text: await said(made, who, revokeOf(who.id, grant)),
});
const grant = async (made: Street, who: Org, { site }: Names) => ({
  type: "application/json",
  text: await said(
    made,
    who,
    grantOf(who.id, {
      grantee: who.id,
      site,
      grantSections: ["existence"],
      purposes: ["due-diligence"],
      notBefore: 0,
      notAfter: 1,
    }),
  ),
});
/** Of a site that all know, for an audit that not all do. */
const request = async (made: Street, who: Org, { audit }: Names) => ({
  type: "application/json",
  text: await said(
    made,
    who,
    requestOf(who.id, requestFor(made.names.site, { audit, purposes: ["regulatory-evidence"] })),
  ),
});
const answer = async (made: Street, who: Org, names: Names) => ({
  type: "application/json",
  text: await said(made, who, answerOf(who.id, names.request, { answer: "later", reason: "Next week." })),
});
/** Of the gaps in an audit that not all know. */
const intent = async (made: Street, who: Org, { audit }: Names) => ({
  type: "application/json",
  text: await said(made, who, intentOf(who.id, { ...intentFor(made.names.site), kind: "gap", covers: audit })),
});
const evaluating = async (_: Street, __: Org, { policy, listed }: Names) => ({
  type: "application/json",
  text: JSON.stringify({ policy, audits: [listed] }),
});
/** As if it were another organisation's first key. */
const keyFor = async (made: Street, who: Org, { org }: Names) => {
  const draft = keyOf(env.ORIGIN, { publicKey: who.record.publicKey, use: "record" });
  return { type: JSON_LINES, text: `${await said(made, { ...who, id: org }, draft)}\n` };
};
const json = (text: string) => async () => ({ type: "application/json", text });
const lines = (text: string) => async () => ({ type: JSON_LINES, text });

const NONE = { items: [0, 0, 0, 0, 0] };
const PURPOSE = "purpose=due-diligence";
const LATE = { looksMissing: true };
const OPEN = [200, 200, 200, 200, 200, 200, 200, 200];
/** The registry and lists of one's own are for everyone who is known and not suspended. */
export const KNOWN = [401, 200, 200, 200, 200, 200, 404, 200];
/** Figures, and no list of records. */
const FIGURES = [...KNOWN];
const OWN = [401, 404, 404, 404, 404, 404, 404, 200];

/** Of what this street has none of; benchmark/who-reads has some. */
const NOBODY = [401, ...Array<number>(7).fill(404)];

export const TABLE: readonly Row[] = [
  row("get /v1/audits/{id}", OWN, "fir", { path: `/v1/audits/{audit}?${PURPOSE}`, ...LATE }),
  row("get /v1/audits/{id}", OWN, "firm", { path: `/v1/audits/{audit}?${PURPOSE}&sections=commercial`, ...LATE }),
  row("get /v1/audits/{id}", OWN, "birch", { path: `/v1/audits/{listed}?${PURPOSE}`, ...LATE }),
  row("get /v1/audits/{id}/bundle", OWN, "fir", { path: `/v1/audits/{audit}/bundle?${PURPOSE}`, ...LATE }),
  row("get /v1/audits/{id}/export", OWN, "fir", { path: `/v1/audits/{audit}/export?${PURPOSE}`, ...LATE }),
  row("get /v1/audits/{id}/access", OWN, "fir", { path: `/v1/audits/{audit}/access?${PURPOSE}`, ...LATE }),
  row("get /v1/audits/{id}/access", OWN, "mill", { path: `/v1/audits/{audit}/access?${PURPOSE}`, ...LATE }),
  row("get /v1/audits", KNOWN, "fir", { path: `/v1/audits?${PURPOSE}`, items: [0, 0, 0, 1, 1] }),
  row("get /v1/audits", KNOWN, "fir", { path: `/v1/audits?${PURPOSE}&site={site}`, ...LATE, ...NONE }),
  row("get /v1/audits", KNOWN, "fir", { path: `/v1/audits?${PURPOSE}&site={site}&merged=with`, ...LATE, ...NONE }),
  // Its author's too: an audit is read as an audit, since every read of one leaves a receipt.
  row("get /v1/statements/{hash}", [401, ...Array(7).fill(404)], "firm", { path: "/v1/statements/{audit}", ...LATE }),
  row("get /v1/statements/{hash}", OWN, "birch", { path: "/v1/statements/{submission}", ...LATE }),
  row("get /v1/statements/{hash}", OWN, "mill", { path: "/v1/statements/{grant}", ...LATE }),
  row("get /v1/submissions/{hash}", OWN, "birch", { path: "/v1/submissions/{submission}", ...LATE }),
  row("get /v1/dossiers/{subject}", OWN, "fir", { path: "/v1/dossiers/{site}", ...LATE }),
  row("get /v1/dossiers/{subject}", OWN, "mill", { path: "/v1/dossiers/{org}", ...LATE }),
  row("get /v1/dossiers/{subject}", OPEN, "mill", { path: `/v1/dossiers/${encodeURIComponent(env.ORIGIN)}` }),
  row("get /v1/grants", KNOWN, "mill", { path: "/v1/grants?side=given", ...NONE }),
  row("get /v1/grants", KNOWN, "fir", { path: "/v1/grants?side=received", items: [0, 1, 1, 0, 0] }),
  row("get /v1/requests", KNOWN, "fir", { path: "/v1/requests?side=sent", ...NONE }),
  row("get /v1/requests", KNOWN, "mill", { path: "/v1/requests?side=received", ...NONE }),
  row("get /v1/requests/{hash}", OWN, "fir", { path: "/v1/requests/{request}", ...LATE }),
  row("get /v1/requests/{hash}", OWN, "mill", { path: "/v1/requests/{request}", ...LATE }),
  row("get /v1/receipts", KNOWN, "mill", NONE),
  row("get /v1/receipts.csv", KNOWN, "mill", NONE),
  row("get /v1/receipts/head", KNOWN, "mill", NONE),
  row("get /v1/operator/denials", OWN, "operator"),
  row("get /v1/consents", KNOWN, "birch", NONE),
  row("get /v1/terms", KNOWN, "mill", NONE),
  row("get /v1/listings", KNOWN, "birch", NONE),
  row("get /v1/listings/{hash}", OWN, "birch", { path: "/v1/listings/{listing}", ...LATE }),
  row("get /v1/own-columns", OWN, "birch"),
  // A member has to say which state it replaces, and nobody else keeps any.
  row("put /v1/own-columns", [401, 428, 428, 428, 404, 404, 404, 428], "birch", { body: json('{"sealed":""}') }),
  row("get /v1/intents", KNOWN, "fir", NONE),
  row("get /v1/intents/{hash}", OWN, "fir", { path: "/v1/intents/{intent}", ...LATE }),
  row("get /v1/joints", KNOWN, "fir", NONE),
  row("get /v1/operator/joints", OWN, "operator"),
  row("get /v1/demand", KNOWN, "mill", NONE),
  row("get /v1/recognitions", KNOWN, "birch", NONE),
  row("get /v1/ledger", FIGURES, "birch"),
  row("get /v1/calendar.ics", KNOWN, "birch", NONE),
  row("get /v1/ledger/statements", KNOWN, "birch", NONE),
  row("get /v1/release-plans", KNOWN, "fir", NONE),
  row("get /v1/release-plans/{plan}", NOBODY, "fir", { path: "/v1/release-plans/{audit}", ...LATE }),
  row("get /v1/release-plans/{plan}/file", NOBODY, "fir", { path: "/v1/release-plans/{audit}/file", ...LATE }),
  // Too few members for a plan, which the operator and every member hears; what is no member is told nothing.
  row("post /v1/release-plans/proposals", [401, 422, 422, 422, 404, 404, 404, 422], "operator", {
    body: json('{"kind":"year","dryRun":true}'),
  }),
  row("post /v1/release-plans/proposals", [401, 404, 404, 404, 404, 404, 404, 422], "operator", {
    body: json('{"kind":"year"}'),
  }),
  row("get /v1/releases", KNOWN, "fir", NONE),
  row("get /v1/releases/{plan}/{cohort}/file", NOBODY, "fir", { path: "/v1/releases/{audit}/2026/file", ...LATE }),
  row("get /v1/releases/{plan}/{cohort}/inputs", NOBODY, "firm", { path: "/v1/releases/{audit}/2026/inputs", ...LATE }),
  row("get /v1/rulebook", OPEN, "mill"),
  row("get /v1/schemes", OPEN, "mill"),
  row("get /v1/frameworks", OPEN, "mill"),
  row("get /v1/frameworks/{id}", OPEN, "mill", { path: "/v1/frameworks/quasarix" }),
  row("get /v1/policies", KNOWN, "birch", { path: "/v1/policies?side=own", ...NONE }),
  row("get /v1/policies", KNOWN, "mill", { path: "/v1/policies?side=shown", ...NONE }),
  row("get /v1/policies/{hash}", OWN, "birch", { path: "/v1/policies/{policy}", ...LATE }),
  row("post /v1/evaluate", OWN, "birch", { body: evaluating, ...LATE }),
  row("get /v1/organisations", KNOWN, "mill"),
  row("get /v1/organisations/{id}", KNOWN, "mill", { path: "/v1/organisations/{org}" }),
  row("get /v1/organisations/{id}/keys", KNOWN, "mill", { path: "/v1/organisations/{org}/keys" }),
  row("get /v1/sites", KNOWN, "mill"),
  row("get /v1/sites/{id}", KNOWN, "mill", { path: "/v1/sites/{site}" }),
  // A member's: the asker's own list is empty, and suppliers and auditors have none.
  row("post /v1/overlap", [401, 200, 200, 200, 404, 404, 404, 200], "fir", { body: json("{}") }),
  row("get /v1/operator/overlap", OWN, "operator"),
  row("get /v1/discovery", KNOWN, "mill", NONE),
  row("get /v1/look-ups", KNOWN, "mill", NONE),
  row("post /v1/sites/match", KNOWN, "mill", { body: json('{"places":[{"name":"Mill 1","country":"PT"}]}') }),
  row("get /v1/operator/rows", OWN, "operator"),
  row("post /v1/subjects", [401, 404, 404, 404, 404, 404, 404, 201], "operator", {
    body: json('{"kind":"organisation"}'),
  }),
  row("post /v1/subjects", [401, 404, 404, 404, 201, 404, 404, 201], "mill", { body: json('{"kind":"site"}') }),
  row("post /v1/keys/challenge", KNOWN, "mill"),
  // Who cannot know of the audit cannot ask for it; who is no member asks for nothing. Before fir's grant is revoked.
  row("post /v1/statements", [401, 422, 422, 422, 404, 404, 404, 201], "fir", { body: request, ...LATE }),
  row("post /v1/intents", [401, 422, 422, 422, 404, 404, 404, 201], "fir", { body: intent, ...LATE }),
  row("post /v1/statements", [401, 422, 422, 422, 422, 422, 404, 201], "mill", { body: revocation, ...LATE }),
  row("post /v1/statements", [401, 404, 404, 404, 404, 404, 404, 201], "mill", { body: grant, ...LATE }),
  row("post /v1/statements", [401, 422, 422, 422, 422, 422, 404, 201], "mill", { body: answer, ...LATE }),
  row("post /v1/statements", KNOWN, "mill", { body: lines("") }),
  row("post /v1/keys", OPEN, "mill", { body: keyFor, ...LATE }),
  row("post /v1/genesis", Array(8).fill(422), "operator", { body: lines("{}\n") }),
  row("get /v1/genesis", Array(8).fill(409), "operator", { path: "/v1/genesis?operator={org}", ...LATE }),
  row("get /v1/keyring", OPEN, "mill"),
  row("get /v1/consortium", OPEN, "mill"),
  row("get /v1/log/checkpoints", OPEN, "mill"),
  row("get /log/checkpoint", OPEN, "mill"),
  row("get /log/tile/{path}", Array(8).fill(404), "mill", { path: "/log/tile/0/999" }),
  row("get /health", OPEN, "mill"),
];

/** A path with names in the places that stand for them. */
export const fill = (template: string, names: Names): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: keyof Names) => names[name]);

/** What this one asks, of these records. */
export async function wantedOf(made: Street, { route, path, body }: Row, who: Org, names: Names): Promise<Wanted> {
  const wanted = { method: (route.split(" ")[0] as string).toUpperCase(), path: fill(path, names) };
  const sent = await body?.(made, who, names);
  return sent ? { ...wanted, body: sent } : wanted;
}
