import { WorkerEntrypoint } from "cloudflare:workers";

export { Duty, default, Releases, Replay, Sequencer } from "../../workers/index.ts";

type Methods = Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>;

/** Where Workers in other processes call this one's Durable Objects: on Cloudflare the network does that. */
export class Gate extends WorkerEntrypoint<Readonly<Record<string, DurableObjectNamespace>>> {
  async call(binding: string, name: string, method: string, args: unknown[]): Promise<unknown> {
    const object = this.env[binding]?.getByName(name) as unknown as Methods | undefined;
    return object?.[method]?.(...args);
  }
}
