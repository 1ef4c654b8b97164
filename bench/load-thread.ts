import { Agent, request } from "node:http";
import { parentPort, workerData } from "node:worker_threads";
import { type Answer, type LoadPlan, type LoadRequest, type LoadResult, quantile } from "./load.ts";

function send(agent: Agent, origin: string, { method, path, headers, body }: LoadRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === null ? {} : { "content-length": Buffer.byteLength(body) };
    const outgoing = request(`${origin}${path}`, { method, agent, headers: { ...headers, ...length } }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on("data", (part: Buffer) => parts.push(part));
      incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(parts).toString() }));
      incoming.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body ?? undefined);
  });
}

async function run(plan: LoadPlan): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true });
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  const answers: (Answer | null)[] = plan.requests.map(() => null);
  const started = performance.now();
  let next = 0;
  const client = async (origin: string) => {
    while (next < plan.requests.length && performance.now() - started < plan.maxSeconds * 1000) {
      const at = next++;
      const begun = performance.now();
      const answer = await send(agent, origin, plan.requests[at] as LoadRequest).catch(() => null);
      if (!answer) return;
      latencies.push(performance.now() - begun);
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      answers[at] = answer;
    }
  };
  await Promise.all(
    Array.from({ length: plan.clients }, (_, n) => client(plan.origins[n % plan.origins.length] as string)),
  );
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const [p50Ms, p99Ms] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
  return { answered: latencies.length, seconds, statuses, p50Ms, p99Ms, answers };
}

parentPort?.postMessage(await run(workerData as LoadPlan));
