import path from "node:path";
import { newIdentity, writeIdentity } from "@quasarix/client/node/identity.ts";
import { openSites } from "@quasarix/client/sites.ts";
import type { WorkerdOptions } from "../../bench/workerd.ts";
import { startWorkerd, type Workerd } from "../../bench/workerd.ts";
import { admitAll } from "../demonstration/admit.ts";
import { found, must, type Newcomer, type Party } from "../demonstration/party.ts";
import { newSecrets } from "../start/secrets.ts";

/** A small consortium on a workerd that is going to be killed, always at one address. */
export interface House {
  readonly operator: Party;
  readonly mill: Party;
  readonly firm: Party;
  readonly members: readonly [Party, Party];
  readonly sites: readonly string[];
  kill(): Promise<void>;
  /** Starts it on the state that the last one left. */
  restart(): Promise<void>;
}

const OPERATOR: Newcomer = { handle: "operator", name: "Secretariat", kind: "operator", country: "CH" };
const OTHERS: readonly Newcomer[] = [
  { handle: "mill", name: "Mill", kind: "supplier", country: "PT" },
  { handle: "firm", name: "Firm", kind: "auditor", country: "PT" },
  { handle: "birch", name: "Birch", kind: "member", country: "CH" },
  { handle: "cedar", name: "Cedar", kind: "member", country: "CH" },
];
const SITES = 4;
const quiet = (): void => {};

/** `entry`: another Worker than the product's, to see the loop fail. `onLine` gets what the Worker writes. */
export async function openHouse(folder: string, onLine: (line: string) => void, entry?: string): Promise<House> {
  const home = path.join(folder, "home");
  const { handle, ...facts } = OPERATOR;
  const identity = newIdentity({ ...facts, api: "", org: null });
  await writeIdentity(home, handle, identity);
  // Nobody waits here but the loop: what a kill left staged may be driven soon.
  const bindings = { ...newSecrets(identity.record.x), OUTBOX_SECONDS: "3" };
  const options: WorkerdOptions = { state: path.join(folder, "state"), bindings, onLine, ...(entry && { entry }) };
  let workerd: Workerd = await startWorkerd(options);
  const port = Number(new URL(workerd.origin).port);
  try {
    const { place, by } = await found(home, workerd.origin, OPERATOR);
    const parties = await admitAll(place, by, OTHERS, quiet);
    const of = (name: string) => parties.get(name) as Party;
    const mill = of("mill");
    const places = Array.from({ length: SITES }, (_, i) => ({
      supplier: mill.who.org,
      name: `Mill ${i}`,
      country: "PT",
    }));
    const opened = must(await openSites(mill.client, mill.author, places, quiet));
    return {
      operator: by,
      mill,
      firm: of("firm"),
      members: [of("birch"), of("cedar")],
      sites: opened.map(({ id }) => id),
      kill: () => workerd.kill("SIGKILL"),
      restart: async () => {
        workerd = await startWorkerd({ ...options, port });
      },
    };
  } catch (error) {
    await workerd.kill("SIGKILL");
    throw error;
  }
}
