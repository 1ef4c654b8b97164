import { readGrants, type WantedGrant } from "@quasarix/client/grant-file.ts";
import { giveGrants, planGrants } from "@quasarix/client/grant-run.ts";
import { refusalSays } from "@quasarix/client/refusal.ts";
import { requestOf } from "@quasarix/client/request-drafts.ts";
import { answerRequest, opensWhatWasAsked } from "@quasarix/client/requests.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { beforeAll, expect, test } from "vitest";
import { clientFor } from "../workerd-client.ts";
import { duty, newWorld, publish } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";

let world: World;
let mill: Org;
let birch: Org;
let cedar: Org;
let sites: string[];
let another: string;

beforeAll(async () => {
  world = await newWorld();
  mill = await world.admit("mill", "supplier");
  birch = await world.admit("birch", "member");
  cedar = await world.admit("cedar", "member");
  const spinner = await world.admit("spinner", "supplier");
  sites = [await world.openSite(mill, "Mill 1"), await world.openSite(mill, "Mill 2")];
  another = await world.openSite(spinner, "Spinnery");
  // The first keyring, which the software begins with.
  await duty();
  await publish();
});

const now = Date.now();

async function rowsOf(lines: readonly string[]): Promise<WantedGrant[]> {
  const rows: WantedGrant[] = [];
  const text = ["site,grantee,sections,purposes,from,until", ...lines].join("\r\n");
  const chunks = async function* () {
    yield utf8(text);
  };
  for await (const item of readGrants(chunks(), now)) if (item.kind === "grant") rows.push(item.wanted);
  return rows;
}

async function give(lines: readonly string[]) {
  const client = await clientFor(mill);
  const author = client.author({ org: mill.id, signer: mill.record });
  const plan = await planGrants(client.routes, await rowsOf(lines), now);
  if (!plan.ok) throw new Error(refusalSays(plan.failure));
  const done: number[] = [];
  const run = await giveGrants(author, plan.value, (count) => done.push(count));
  if (!run.ok) throw new Error(refusalSays(run.failure));
  return { ...run.value, done, linesGiven: run.value.given.map(({ line }) => line) };
}

test("good rows are given, a row that the server refuses is named, and a second run gives nothing twice", async () => {
  const lines = [
    `${sites[0]},members,summary,audit-avoidance,2026-01-01,2099-01-01`,
    `${sites[1]},${birch.id},findings,due-diligence,,2099-01-01`,
    `${another},members,summary,audit-avoidance,2026-01-01,2099-01-01`,
    `${sites[0]},members,"scores existence",audit-avoidance,2026-01-01,2099-01-01`,
  ];
  const first = await give(lines);
  expect(first).toMatchObject({ linesGiven: [2, 3], standing: [], repeated: [5], refused: [{ line: 4 }], done: [3] });
  expect(first.refused[0]?.why).toMatch(/No such record/);

  const second = await give(lines);
  expect(second).toMatchObject({ linesGiven: [], standing: [2, 3, 5], repeated: [], again: [] });

  await world.revoke(mill, first.given[0]?.grant as string);
  expect(await give(lines)).toMatchObject({ linesGiven: [2], standing: [3], again: [2] });
});

test("a yes with a standing answer opens the same to every member, in one run", async () => {
  const until = now + 86_400_000;
  const claims = {
    site: sites[0] as string,
    requestSections: ["existence" as const],
    purposes: ["due-diligence" as const],
    until,
  };
  const { statementHash } = await world.say(birch, requestOf(birch.id, claims));
  const client = await clientFor(mill);
  const author = client.author({ org: mill.id, signer: mill.record });
  const request = await client.routes.request(statementHash);
  if (!request.ok) throw new Error(refusalSays(request.failure));
  const answer = { answer: "yes" as const, opens: opensWhatWasAsked(request.value, now) };
  const said = await answerRequest(author, request.value, answer, true);
  if (!said.ok) throw new Error(refusalSays(said.failure));
  expect(said).toMatchObject({ ok: true, value: { standing: { statementHash: expect.any(String) } } });

  // Whoever asks next is told what stands already.
  const cedarsOwn = await clientFor(cedar);
  const asks = cedarsOwn.author({ org: cedar.id, signer: cedar.record });
  const refused = await asks.say(requestOf(cedar.id, claims));
  const link = `see /v1/audits?purpose=due-diligence&site=${sites[0]}`;
  expect(refused.ok ? "" : refusalSays(refused.failure)).toContain(link);
});
