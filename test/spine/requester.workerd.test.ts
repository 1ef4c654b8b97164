import { auditOf, rulebookOf } from "@quasarix/client/drafts.ts";
import { answerOf, requestOf } from "@quasarix/client/request-drafts.ts";
import type { Purpose } from "@quasarix/shared/policy/purposes.ts";
import { FIRST_RULEBOOK } from "@quasarix/shared/policy/rulebook.ts";
import type { RequestView } from "@quasarix/shared/wire/requests.ts";
import { afterEach, expect, test, vi } from "vitest";
import { loadDice, seededDice } from "../seeded-dice.ts";
import { duty, env, newWorld, publish } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

/** Far ahead of the machine's clock, so that no alarm goes off but those that the test sets off. */
const NOON = 1_990_000_000_000;
const DAY = 86_400_000;

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

interface Played {
  readonly world: World;
  readonly mill: Org;
  readonly members: readonly Org[];
  readonly site: string;
  readonly audit: string;
  /** Hashes of requests and answers, in the order in which they were made: they cover who asked, and nobody can open them. */
  readonly hashes: readonly string[];
}

/** Two members ask; one is told yes and reads, the other no. `isSwapped`: they change places, nothing else does. */
async function play(isSwapped: boolean, requesters: "named" | "a-member"): Promise<Played> {
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
  const dice = seededDice("requester");
  loadDice(dice);
  const world = await newWorld({ random: (length) => dice(length) });
  const mill = await world.admit("mill", "supplier");
  const birch = await world.admit("birch", "member");
  const cedar = await world.admit("cedar", "member");
  const site = await world.openSite(mill);
  const { statement: _, ...first } = FIRST_RULEBOOK;
  await world.say(world.operator, rulebookOf(env.ORIGIN, { ...first, requesters, receipts: { show: "category" } }));
  const audit = (await world.say(mill, auditOf(site, "supplier-signed", auditContent()))).statementHash;
  const [one, other] = isSwapped ? [cedar, birch] : [birch, cedar];
  const ask = async (who: Org, purposes: Purpose[]) =>
    (await world.say(who, requestOf(who.id, { site, requestSections: ["existence"], purposes, until: NOON + DAY })))
      .statementHash;
  const requests = [await ask(one, ["due-diligence"]), await ask(other, ["audit-avoidance"])] as const;
  const opens = {
    grantSections: ["existence" as const],
    purposes: ["due-diligence" as const],
    notBefore: NOON,
    notAfter: NOON + DAY,
  };
  const answers = [
    await world.say(mill, answerOf(mill.id, requests[0], { answer: "yes", opens })),
    await world.say(mill, answerOf(mill.id, requests[1], { answer: "no", reason: "Not for that." })),
  ].map(({ statementHash }) => statementHash);
  for (const who of [one, one, other]) await world.get(who, `/v1/audits/${audit}?purpose=due-diligence`);
  await world.revoke(mill, answers[0] as string);
  await duty();
  await publish();
  return { world, mill, members: [birch, cedar], site, audit, hashes: [...requests, ...answers] };
}

/** Everything that the supplier can fetch, with its headers: its own lists byte for byte, what the log derives by its shape. */
async function allThatIsSeen({ world, mill, members, site, audit, hashes }: Played): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  const named = (text: string) => hashes.reduce((all, hash, i) => all.replaceAll(hash, `#${i}`), text);
  const shape = (text: string) =>
    text.replaceAll(/[A-Za-z0-9+/=_-]{22,}/g, (run) => (/^(org|site)_/.test(run) ? run : `<${run.length}>`));
  const fetched = async (path: string, as: (text: string) => string) => {
    const response = await world.get(mill, path);
    const headers = [...response.headers].filter(([header]) => header !== "request-id" && header !== "date");
    const body = (await response.text()).replace(/"request-id":"[^"]*"/, "");
    seen[named(path)] = `${response.status} ${JSON.stringify(headers)} ${as(body)}`;
    return body;
  };
  for (const list of ["requests?side=received", "grants?side=given", "receipts"]) {
    await fetched(`/v1/${list}`, named);
    const page = JSON.parse(await fetched(`/v1/${list}${list.includes("?") ? "&" : "?"}limit=1`, named)) as {
      next: string;
    };
    await fetched(`/v1/${list}${list.includes("?") ? "&" : "?"}cursor=${page.next}`, named);
  }
  for (const list of ["requests?side=sent", "grants?side=received", "organisations", "sites", `audits/${audit}/access`])
    await fetched(`/v1/${list}`, named);
  for (const hash of hashes) {
    await fetched(`/v1/requests/${hash}`, named);
    await fetched(`/v1/statements/${hash}`, shape);
    await fetched(`/v1/audits/${hash}?purpose=due-diligence`, named);
  }
  for (const { id } of members) await fetched(`/v1/dossiers/${id}`, shape);
  for (const path of [`dossiers/${site}`, `dossiers/${mill.id}`, "consortium", "keyring", "log/checkpoints"])
    await fetched(`/v1/${path}`, shape);
  await fetched("/log/checkpoint", shape);
  return seen;
}

test("a supplier that answers *a member* cannot tell which of two asked, was told yes, or read", async () => {
  const straight = await allThatIsSeen(await play(false, "a-member"));
  expect(await allThatIsSeen(await play(true, "a-member"))).toEqual(straight);
  expect(straight["/v1/requests?side=received"]).toContain('"from":"a-member"');
  expect(straight["/v1/receipts"]).toContain('"reader":"member"');
});

test("under a rulebook that names who asks, the same comparison sees it", async () => {
  const seen = await allThatIsSeen(await play(false, "named"));
  const swapped = await allThatIsSeen(await play(true, "named"));
  const told = Object.keys(seen).filter((path) => seen[path] !== swapped[path]);
  expect(told).toEqual(expect.arrayContaining(["/v1/requests?side=received", "/v1/grants?side=given"]));
});

test("no member sees another's request, nor that there is one", async () => {
  const { world, members, hashes } = await play(false, "named");
  const [birch, cedar] = members as [Org, Org];
  const sent = async (who: Org) =>
    (await world.json<{ items: RequestView[] }>(who, "GET", "/v1/requests")).items.map(({ request }) => request);
  expect([await sent(birch), await sent(cedar)]).toEqual([[hashes[0]], [hashes[1]]]);
  expect((await world.get(birch, `/v1/requests/${hashes[1]}`)).status).toBe(404);
});
