import path from "node:path";
import { newIdentity, writeIdentity } from "@quasarix/client/node/identity.ts";
import { startWorkerd, type Workerd } from "../../bench/workerd.ts";
import type { Newcomer } from "../demonstration/party.ts";
import { newSecrets } from "../start/secrets.ts";

export const OPERATOR: Newcomer = { handle: "operator", name: "Trial Secretariat", kind: "operator", country: "CH" };

/** A Worker of its own in `folder`, with the operator's keys in `home`, for as long as `work` takes. */
export async function onTrial<T>(folder: string, work: (workerd: Workerd, home: string) => Promise<T>): Promise<T> {
  const home = path.join(folder, "home");
  const { handle, ...facts } = OPERATOR;
  const operator = newIdentity({ ...facts, api: "", org: null });
  await writeIdentity(home, handle, operator);
  const workerd = await startWorkerd({
    state: path.join(folder, "state"),
    bindings: { ...newSecrets(operator.record.x) },
    onLine: () => {},
  });
  try {
    return await work(workerd, home);
  } finally {
    await workerd.stop();
  }
}
