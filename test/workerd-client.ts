import { type Client, connect, firstPolicy } from "@quasarix/client/client.ts";
import { assertionOf, nobody } from "@quasarix/client/node/authorize.ts";
import { type ClientPorts, memoryKeep } from "@quasarix/client/ports.ts";
import { webRandom, webVerify } from "@quasarix/shared/webcrypto.ts";
import { worker } from "./workerd-env.ts";
import type { Org } from "./world.ts";

const random = webRandom(crypto);
const now = () => Date.now();

/** The SDK in the real runtime, as this organisation; null as nobody. */
export function clientPorts(who: Org | null, over: Partial<ClientPorts> = {}): ClientPorts {
  return {
    origin: "https://api.quasarix.example",
    fetch: (url, init) => worker.fetch(new Request(url, init)),
    authorize: who ? assertionOf({ signer: who.auth, random, now }, who.id) : nobody,
    keep: memoryKeep(),
    host: { verify: webVerify(crypto), random, now, wait: (milliseconds) => scheduler.wait(milliseconds) },
    ...over,
  };
}

export async function clientFor(who: Org | null, over: Partial<ClientPorts> = {}): Promise<Client> {
  const ports = clientPorts(who, over);
  const policy = await firstPolicy(ports);
  if (!policy.ok) throw new Error(JSON.stringify(policy.failure));
  const client = connect(ports, policy.value);
  if (!client.ok) throw new Error(JSON.stringify(client.failure));
  return client.value;
}
