import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "@quasarix/client/client.ts";
import { auditOf, grantOf, revokeOf, type Saying, submissionOf } from "@quasarix/client/drafts.ts";
import { assertionOf } from "@quasarix/client/node/authorize.ts";
import { nodeHost, nodeSigner } from "@quasarix/client/node/host.ts";
import { type ClientPorts, memoryKeep } from "@quasarix/client/ports.ts";
import { jsonBody, parsed, transport } from "@quasarix/client/transport.ts";
import { hashText, readSignedPart } from "@quasarix/shared/statement/statement.ts";
import type { Problem } from "@quasarix/shared/wire/problem.ts";
import { type LineAnswer, type Receipt, receipt } from "@quasarix/shared/wire/statement.ts";
import { auditContent } from "../../test/world.ts";
import { must, type Party } from "../demonstration/party.ts";
import type { House } from "./house.ts";

/** One statement that was sent. Without a receipt nobody can say whether it arrived. */
export interface Sent {
  readonly by: Party;
  readonly text: string;
  readonly hash: string;
  readonly subject: string;
  readonly type: string;
  receipt: Receipt | null;
  problem: Problem | null;
}

/** One round's load: clients that go on until the server is gone, and give up at once when it is. */
export interface Load {
  readonly sent: readonly Sent[];
  /** To be called right before the kill: from then on no client waits for a second try. */
  giveUp(): void;
  /** Resolves when every client has ended. */
  readonly ended: Promise<void>;
}

class Gone extends Error {}

const DAY_MS = 86_400_000;

const content = auditContent();

export function startLoad(house: House): Load {
  const sent: Sent[] = [];
  let isOver = false;
  const check = (): void => {
    if (isOver) throw new Gone();
  };
  const host = nodeHost();
  const wait = async (milliseconds: number): Promise<void> => {
    check();
    await sleep(milliseconds);
    check();
  };

  const client = async (party: Party, work: (voice: Voice) => Promise<void>): Promise<void> => {
    const voice = await voiceOf(party, { ...host, wait }, sent);
    while (!isOver) await work(voice);
  };
  const site = () => house.sites[Math.floor(Math.random() * house.sites.length)] as string;
  const audits = (count: number) => Array.from({ length: count }, () => auditOf(site(), "auditor-signed", content));
  const submissions = (by: Party, count: number) =>
    Array.from({ length: count }, () => submissionOf(by.who.org, site(), content));
  const [birch, cedar] = house.members;
  const clients = [
    client(house.firm, (voice) => voice.many(audits(60))),
    client(house.firm, async (voice) => void (await voice.one(audits(1)[0] as Saying))),
    client(house.firm, async (voice) => void (await voice.one(audits(1)[0] as Saying))),
    client(birch, (voice) => voice.many(submissions(birch, 20))),
    client(cedar, async (voice) => void (await voice.one(submissions(cedar, 1)[0] as Saying))),
    client(house.mill, (voice) => grantAndRevoke(voice, house.mill.who.org, birch.who.org, site())),
  ];
  return {
    sent,
    giveUp: () => {
      isOver = true;
    },
    ended: Promise.all(clients.map((running) => running.catch(ignoreGone))).then(() => undefined),
  };
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof Gone)) throw error;
}

async function grantAndRevoke(voice: Voice, mill: string, grantee: string, site: string): Promise<void> {
  const given = await voice.one(
    grantOf(mill, {
      grantee,
      site,
      grantSections: ["existence"],
      purposes: ["due-diligence"],
      notBefore: Date.now() - DAY_MS,
      notAfter: Date.now() + DAY_MS,
    }),
  );
  if (given) await voice.one(revokeOf(mill, given.statementHash));
}

/** How one client speaks: what it sends is written down before, what it hears at once after. */
interface Voice {
  many(sayings: readonly Saying[]): Promise<void>;
  one(saying: Saying): Promise<Receipt | null>;
}

async function voiceOf(party: Party, host: ClientPorts["host"], sent: Sent[]): Promise<Voice> {
  const { who } = party;
  const auth = { signer: await nodeSigner(who.auth), random: host.random, now: host.now };
  const ports: ClientPorts = {
    origin: who.api,
    fetch: (url, init) => fetch(url, init),
    authorize: assertionOf(auth, who.org),
    keep: memoryKeep(),
    host,
  };
  const client = must(connect(ports, party.client.log.policy.text));
  const author = client.author({ org: who.org, signer: await nodeSigner(who.record) });
  const send = transport(ports);
  const issue = async (sayings: readonly Saying[]): Promise<Sent[]> => {
    const fresh = must(await author.issue(sayings)).map((text) => sentOf(party, text));
    sent.push(...fresh);
    return fresh;
  };
  return {
    async many(sayings) {
      const fresh = await issue(sayings);
      const answers = must(await client.routes.postStatements(fresh.map(({ text }) => text)));
      for (const [i, answer] of answers.entries()) note(fresh[i] as Sent, answer);
    },
    async one(saying) {
      const [fresh] = (await issue([saying])) as [Sent];
      const path = "/v1/statements";
      const answer = await send({ method: "POST", path, body: jsonBody({ statement: fresh.text }) });
      if (answer.ok) fresh.receipt = must(parsed(receipt, answer.value, path));
      else if (answer.failure.reason === "problem") fresh.problem = answer.failure.problem;
      else must(answer);
      return fresh.receipt;
    },
  };
}

function sentOf(by: Party, text: string): Sent {
  const part = readSignedPart(text);
  if (!part.ok) throw new Error(part.failure);
  const { claims, row } = part.value;
  return { by, text, hash: hashText(part.value), subject: claims.sub, type: row.type, receipt: null, problem: null };
}

/** What a line's answer says of a statement: its receipt, or why it has none. */
export function note(one: Sent, answer: LineAnswer): void {
  if ("problem" in answer) {
    one.problem = answer.problem;
    return;
  }
  const { line: _, ...fresh } = answer;
  one.receipt = fresh;
  one.problem = null;
}
