import { beforeAll, describe, expect, test } from "vitest";
import { newWorld } from "../workerd-world.ts";
import type { Org } from "../world.ts";
import { COLUMNS, fill, KNOWN, type Row, TABLE, wantedOf } from "./matrix-table.ts";
import { AT, ask, asOrg, atTheDoor, tokenFor, type Wanted } from "./signed-asks.ts";
import { api, clock, essence, send } from "./small-api.ts";
import { missing, type Stranger, type Street, street } from "./strangers.ts";

let made: Street;

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
      real: await heard(as(who, await wantedOf(made, one, who, made.names))),
      none: await heard(as(who, await wantedOf(made, one, who, none))),
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

/** What a list is where nobody has said anything: by its path. */
const emptyPages = new Map<string, Heard>();

async function listsOfAnEmptyWorld(): Promise<void> {
  const world = await newWorld();
  const cedar = await world.admit("cedar", "member");
  for (const { path, items } of TABLE)
    if (items) emptyPages.set(path, await heard(asOrg(cedar, { method: "GET", path: fill(path, missing()) })));
}

const itemsIn = (body: string): number => (JSON.parse(body) as { items: unknown[] }).items.length;

describe("what each route answers to each stranger", () => {
  beforeAll(async () => {
    await listsOfAnEmptyWorld();
    made = await street();
  }, 60_000);

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
        gather(`${one.path} of nothing to ${who}`, none);
        if (one.looksMissing) expect([who, real]).toEqual([who, none]);
        if (real.status === 200)
          for (const [name, value] of Object.entries(confidential))
            expect([who, name, real.body.includes(value)]).toEqual([who, name, false]);
      }
      const owner = made.own[one.whose];
      const own = await asOrg(owner, await wantedOf(made, one, owner, made.names));
      expect([one.whose, own.status]).toEqual([one.whose, one.statuses.at(-1)]);
    },
  );

  test.each(TABLE.filter(({ items }) => items))("$path holds nothing of others, and empty is empty", async (one) => {
    const strangers = COLUMNS.slice(1, 6) as readonly Stranger[];
    for (const [i, name] of strangers.entries()) {
      const who = made.strangers[name];
      const answer = await heard(asOrg(who, await wantedOf(made, one, who, made.names)));
      if (one.items?.[i] === 0) expect([name, answer]).toEqual([name, emptyPages.get(one.path)]);
      else expect([name, itemsIn(answer.body)]).toEqual([name, one.items?.[i]]);
    }
  });

  test("every list that only its owner's own stands in says how much of it each stranger has", () => {
    const pages = TABLE.filter(({ route, statuses }) => route.startsWith("get") && statuses === KNOWN);
    const untold = pages.filter(({ items, route }) => !items && !/(organisations|sites)(\/|$)/.test(route));
    expect(untold.map(({ path }) => path)).toEqual([]);
  });

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
