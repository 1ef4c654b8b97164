import type { AppendItem } from "@quasarix/shared/log/append.ts";
import { useHashEngine } from "@quasarix/shared/sha256.ts";
import type { SequencerEnv } from "../../workers/env.ts";
import { workerHashes } from "../../workers/hashes.ts";
import { SequencerObject } from "../../workers/sequencer/object.ts";
import type { SequencerReply, SequencerRequest } from "./request.ts";

interface Env extends Omit<SequencerEnv, "anchor"> {
  readonly SEQUENCER: DurableObjectNamespace<Sequencer>;
}

useHashEngine(workerHashes);

/** The product's own sequencer; no database here, so no anchor. */
export class Sequencer extends SequencerObject {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, { ...env, anchor: async () => null });
  }
}

const SUBJECTS = 1_000;
const bytesOf = (length: number) => crypto.getRandomValues(new Uint8Array(length));

async function drive(env: Env, { batch, callers, seconds }: SequencerRequest): Promise<SequencerReply> {
  const sequencer = env.SEQUENCER.getByName(env.ORIGIN);
  const dossiers = Array.from({ length: SUBJECTS }, () => ({ subject: bytesOf(32), K: bytesOf(32) }));
  const itemAt = (i: number): AppendItem => ({
    ...(dossiers[i % SUBJECTS] as (typeof dossiers)[number]),
    statementHash: bytesOf(32),
  });
  const latenciesMs: number[] = [];
  const started = Date.now();
  const call = async () => {
    while (Date.now() - started < seconds * 1000) {
      const begun = Date.now();
      const reply = await sequencer.append(Array.from({ length: batch }, (_, i) => itemAt(i)));
      if (!reply.ok) throw new Error(reply.reason);
      latenciesMs.push(Date.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  latenciesMs.sort((a, b) => a - b);
  return { appended: latenciesMs.length * batch, seconds: (Date.now() - started) / 1000, latenciesMs };
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    return Response.json(await drive(env, await request.json<SequencerRequest>()));
  },
};
