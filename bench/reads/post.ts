import type { Org } from "../../test/world.ts";
import type { Consortium } from "../append/consortium.ts";
import { runLoad } from "../load.ts";

type Sayings = Parameters<Consortium["issue"]>[1];

const BULK = 1_000;
/** Signed and sent at once: statements of more would fill the memory. */
const AT_ONCE = 5_000;

/** Says it all in bulk; the hashes, in order. Throws on a refusal. */
export async function sayAll(
  consortium: Consortium,
  who: Org,
  count: number,
  saying: (n: number) => Sayings[number],
): Promise<string[]> {
  const hashes: string[] = [];
  for (let from = 0; from < count; from += AT_ONCE) {
    const sayings = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, n) => saying(from + n));
    hashes.push(...(await post(consortium, who, await consortium.issue(who, sayings))));
    if (count > AT_ONCE) console.error(`bench: ${hashes.length} of ${count}`);
  }
  return hashes;
}

async function post(consortium: Consortium, who: Org, statements: readonly string[]): Promise<string[]> {
  const parts = Array.from({ length: Math.ceil(statements.length / BULK) }, (_, n) =>
    statements.slice(n * BULK, (n + 1) * BULK),
  );
  const requests = await Promise.all(parts.map((part) => consortium.request(who, part)));
  const { answers } = await runLoad({ origins: consortium.workerd.origins, requests, clients: 4, maxSeconds: 50 });
  return answers.flatMap((answer) => {
    if (!answer || answer.status >= 300) throw new Error(`${answer?.status} ${answer?.body}`);
    return hashesOf(answer.body);
  });
}

function hashesOf(body: string): string[] {
  return body
    .trimEnd()
    .split("\n")
    .map((line) => {
      const { statementHash } = JSON.parse(line) as { statementHash?: string };
      if (statementHash === undefined) throw new Error(line);
      return statementHash;
    });
}
