import { grantOf, keyOf, revokeOf, type Saying } from "@quasarix/client/drafts.ts";
import { answerOf, requestOf } from "@quasarix/client/request-drafts.ts";
import { JSON_LINES } from "@quasarix/shared/wire/statement.ts";
import { beforeAll, describe, expect, test } from "vitest";
import type { Org } from "../world.ts";
import { AT, ask, asOrg, atTheDoor, tokenFor, type Wanted } from "./signed-asks.ts";
import { api, clock, env, essence, send } from "./small-api.ts";
import { missing, type Names, requestFor, type Stranger, type Street, street } from "./strangers.ts";

/** `nobody`: each of `atTheDoor`. `whose`: the one that the record or the route is for. */
const COLUMNS = [
  "nobody",
  "other member",
  "lapsed grantee",
  "revoked grantee",
  "supplier elsewhere",
  "auditor elsewhere",
  "suspended",
  "whose it is",
] as const;

interface Row {
  readonly route: string;
  /** `{audit}` and the like stand for the names of records. */
  readonly path: string;
  readonly statuses: readonly number[];
  readonly whose: keyof Street["own"];
  readonly body?: (who: Org, names: Names) => Promise<Wanted["body"]>;
  /** A stranger hears of the record what it would hear of none. */
  readonly looksMissing: boolean;
}

const row = (
  route: string,
  statuses: readonly number[],
  whose: Row["whose"],
  { path = route.split(" ")[1] as string, ...more }: Partial<Pick<Row, "path" | "body" | "looksMissing">> = {},
): Row => ({ route, path, statuses, whose, looksMissing: false, ...more });

let made: Street;

const said = async (who: Org, saying: Saying) => JSON.stringify({ statement: await made.world.issue(who, saying) });
const revocation = async (who: Org, { grant }: Names) => ({
  type: "application/json",
  text: await said(who, revokeOf(who.id, grant)),
});
const grant = async (who: Org, { site }: Names) => ({
  type: "application/json",
  text: await said(
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
const request = async (who: Org, { audit }: Names) => ({
  type: "application/json",
  text: await said(who, requestOf(who.id, requestFor(made.names.site, { audit, purposes: ["regulatory-evidence"] }))),
});
const answer = async (who: Org, names: Names) => ({
  type: "application/json",
  text: await said(who, answerOf(who.id, names.request, { answer: "later", reason: "Next week." })),
});
/** As if it were another organisation's first key. */
const keyFor = async (who: Org, { org }: Names) => {
  const draft = keyOf(env.ORIGIN, { publicKey: who.record.publicKey, use: "record" });
  return { type: JSON_LINES, text: `${await said({ ...who, id: org }, draft)}\n` };
};
const json = (text: string) => async () => ({ type: "application/json", text });
const lines = (text: string) => async () => ({ type: JSON_LINES, text });

const PURPOSE = "purpose=due-diligence";
const LATE = { looksMissing: true };
const OPEN = [200, 200, 200, 200, 200, 200, 200, 200];
/** The registry and lists of one's own are for everyone who is known and not suspended. */
const KNOWN = [401, 200, 200, 200, 200, 200, 404, 200];
const OWN = [401, 404, 404, 404, 404, 404, 404, 200];

const TABLE: readonly Row[] = [
  row("get /v1/audits/{id}", OWN, "fir", { path: `/v1/audits/{audit}?${PURPOSE}`, ...LATE }),
  row("get /v1/audits/{id}", OWN, "firm", { path: `/v1/audits/{audit}?${PURPOSE}&sections=commercial`, ...LATE }),
  row("get /v1/audits/{id}", OWN, "birch", { path: `/v1/audits/{listed}?${PURPOSE}`, ...LATE }),
  row("get /v1/audits/{id}/bundle", OWN, "fir", { path: `/v1/audits/{audit}/bundle?${PURPOSE}`, ...LATE }),
  row("get /v1/audits/{id}/export", OWN, "fir", { path: `/v1/audits/{audit}/export?${PURPOSE}`, ...LATE }),
  row("get /v1/audits/{id}/access", OWN, "fir", { path: `/v1/audits/{audit}/access?${PURPOSE}`, ...LATE }),
  row("get /v1/audits/{id}/access", OWN, "mill", { path: `/v1/audits/{audit}/access?${PURPOSE}`, ...LATE }),
  row("get /v1/audits", KNOWN, "fir", { path: `/v1/audits?${PURPOSE}` }),
  row("get /v1/audits", KNOWN, "fir", { path: `/v1/audits?${PURPOSE}&site={site}`, ...LATE }),
  // Its author's too: an audit is read as an audit, since every read of one leaves a receipt.
  row("get /v1/statements/{hash}", [401, ...Array(7).fill(404)], "firm", { path: "/v1/statements/{audit}", ...LATE }),
  row("get /v1/statements/{hash}", OWN, "birch", { path: "/v1/statements/{submission}", ...LATE }),
  row("get /v1/statements/{hash}", OWN, "mill", { path: "/v1/statements/{grant}", ...LATE }),
  row("get /v1/submissions/{hash}", OWN, "birch", { path: "/v1/submissions/{submission}", ...LATE }),
  row("get /v1/dossiers/{subject}", OWN, "fir", { path: "/v1/dossiers/{site}", ...LATE }),
  row("get /v1/dossiers/{subject}", OWN, "mill", { path: "/v1/dossiers/{org}", ...LATE }),
  row("get /v1/dossiers/{subject}", OPEN, "mill", { path: `/v1/dossiers/${encodeURIComponent(env.ORIGIN)}` }),
  row("get /v1/grants", KNOWN, "mill", { path: "/v1/grants?side=given" }),
  row("get /v1/grants", KNOWN, "fir", { path: "/v1/grants?side=received" }),
  row("get /v1/requests", KNOWN, "fir", { path: "/v1/requests?side=sent" }),
  row("get /v1/requests", KNOWN, "mill", { path: "/v1/requests?side=received" }),
  row("get /v1/requests/{hash}", OWN, "fir", { path: "/v1/requests/{request}", ...LATE }),
  row("get /v1/requests/{hash}", OWN, "mill", { path: "/v1/requests/{request}", ...LATE }),
  row("get /v1/receipts", KNOWN, "mill"),
  row("get /v1/receipts.csv", KNOWN, "mill"),
  row("get /v1/receipts/head", KNOWN, "mill"),
  row("get /v1/operator/denials", OWN, "operator"),
  row("get /v1/consents", KNOWN, "birch"),
  row("get /v1/terms", KNOWN, "mill"),
  row("get /v1/rulebook", OPEN, "mill"),
  row("get /v1/organisations", KNOWN, "mill"),
  row("get /v1/organisations/{id}", KNOWN, "mill", { path: "/v1/organisations/{org}" }),
  row("get /v1/organisations/{id}/keys", KNOWN, "mill", { path: "/v1/organisations/{org}/keys" }),
  row("get /v1/sites", KNOWN, "mill"),
  row("get /v1/sites/{id}", KNOWN, "mill", { path: "/v1/sites/{site}" }),
  row("get /v1/operator/rows", OWN, "operator"),
  row("post /v1/subjects", [401, 404, 404, 404, 404, 404, 404, 201], "operator", {
    body: json('{"kind":"organisation"}'),
  }),
  row("post /v1/subjects", [401, 404, 404, 404, 201, 404, 404, 201], "mill", { body: json('{"kind":"site"}') }),
  row("post /v1/keys/challenge", KNOWN, "mill"),
  // Who cannot know of the audit cannot ask for it; who is no member asks for nothing. Before fir's grant is revoked.
  row("post /v1/statements", [401, 422, 422, 422, 404, 404, 404, 201], "fir", { body: request, ...LATE }),
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

const fill = (template: string, names: Names): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: keyof Names) => names[name]);

async function wantedOf({ route, path, body }: Row, who: Org, names: Names): Promise<Wanted> {
  const wanted = { method: (route.split(" ")[0] as string).toUpperCase(), path: fill(path, names) };
  const sent = await body?.(who, names);
  return sent ? { ...wanted, body: sent } : wanted;
}

interface Heard {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

const heard = async (answer: Promise<Response>) => (await essence(await answer)) as Heard;

/** What each stranger hears of the record, and what it would hear if there were none. */
async function answersTo(one: Row): Promise<Map<string, { real: Heard; none: Heard }>> {
  const answers = new Map<string, { real: Heard; none: Heard }>();
  const none = missing();
  const cedar = made.strangers["other member"];
  const hear = async (name: string, who: Org, as: (who: Org, wanted: Wanted) => Promise<Response>) =>
    answers.set(name, {
      real: await heard(as(who, await wantedOf(one, who, made.names))),
      none: await heard(as(who, await wantedOf(one, who, none))),
    });
  for (const [name, as] of Object.entries(atTheDoor)) await hear(name, cedar, as);
  for (const name of COLUMNS.slice(1, -1)) await hear(name, made.strangers[name as Stranger], asOrg);
  return answers;
}

const statusesOf = (answers: Map<string, { real: Heard }>) =>
  Object.fromEntries([...answers].map(([name, { real }]) => [name, real.status]));

const expected = ({ statuses }: Row) =>
  Object.fromEntries([
    ...Object.keys(atTheDoor).map((name) => [name, statuses[0]]),
    ...COLUMNS.slice(1, -1).map((name, i) => [name, statuses[i + 1]]),
  ]);

/** Every answer of a status, gathered over the table: they have to be one. */
const refusals = new Map<number, Map<string, string>>([401, 404].map((status) => [status, new Map()]));

function gather(where: string, { status, headers, body }: Heard): void {
  refusals.get(status)?.set(JSON.stringify([headers, body]), where);
}

describe("what each route answers to each stranger", () => {
  beforeAll(async () => {
    made = await street();
  });

  test("the table has a row for every route of the contract, and no other", async () => {
    const { paths } = (await (await ask(new Request(`${AT}/openapi.json`))).json()) as {
      paths: Record<string, object>;
    };
    const routes = Object.entries(paths).flatMap(([path, rows]) => Object.keys(rows).map((name) => `${name} ${path}`));
    expect([...new Set(TABLE.map(({ route }) => route))].sort()).toEqual(routes.sort());
    expect(api.openAPIRegistry.definitions.filter(({ type }) => type === "route")).toHaveLength(routes.length);
  });

  test.each(TABLE.map((one, i) => ({ name: `${i + 1}. ${one.route} as ${one.path}`, one })))(
    "$name",
    async ({ one }) => {
      const answers = await answersTo(one);
      expect(statusesOf(answers)).toEqual(expected(one));
      const { org: _, site: __, ...confidential } = made.names;
      for (const [who, { real, none }] of answers) {
        gather(`${one.path} to ${who}`, real);
        if (one.looksMissing) expect([who, real]).toEqual([who, none]);
        if (real.status === 200)
          for (const [name, value] of Object.entries(confidential))
            expect([who, name, real.body.includes(value)]).toEqual([who, name, false]);
      }
      const owner = made.own[one.whose];
      const own = await asOrg(owner, await wantedOf(one, owner, made.names));
      expect([one.whose, own.status]).toEqual([one.whose, one.statuses.at(-1)]);
    },
  );

  test.each([...refusals])("every %d of the table is one and the same, byte for byte", (_status, kinds) => {
    expect([...kinds.values()]).toHaveLength(1);
  });
});

describe("the host that an assertion was made for", () => {
  const PATH = "/v1/organisations";
  const OTHER = "https://api.other.example";
  const status = async (to: string, madeFor: string, headers: Record<string, string> = {}, origin?: string) => {
    const org = made.strangers["other member"];
    const token = await tokenFor(org.auth, org.id, { method: "GET", path: PATH }, { at: madeFor });
    const request = new Request(to + PATH, { headers: { ...headers, Authorization: `Bearer ${token}` } });
    clock.now = Date.now();
    return (await (origin === undefined ? ask(request) : send(request, { API_ORIGIN: origin }))).status;
  };

  test.each([
    { what: "is the one that is asked", to: AT, madeFor: AT, answer: 200 },
    { what: "is another one", to: AT, madeFor: OTHER, answer: 401 },
    { what: "is ours, and the request went to another one", to: OTHER, madeFor: AT, answer: 401 },
    { what: "is the one in a `Host` header alone", to: AT, madeFor: OTHER, host: "api.other.example", answer: 401 },
    { what: "is ours, behind a relay, where API_ORIGIN says ours", to: OTHER, madeFor: AT, origin: AT, answer: 200 },
    { what: "is the relay's own, where API_ORIGIN says ours", to: OTHER, madeFor: OTHER, origin: AT, answer: 401 },
  ])("$what: $answer", async ({ to, madeFor, host, origin, answer }) => {
    const headers = { ...(host && { Host: host, "X-Forwarded-Host": host, Forwarded: `host=${host}` }) };
    expect(await status(to, madeFor, headers, origin)).toBe(answer);
  });
});
