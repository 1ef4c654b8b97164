import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { newIdentity, readIdentity, writeIdentity } from "@quasarix/client/node/identity.ts";
import { isExposed, readText, writePrivate } from "@quasarix/client/node/private-file.ts";
import { Complaint } from "./complaint.ts";
import type { Folders } from "./folders.ts";
import { genesisKeyIn, newSecrets, secretsText } from "./secrets.ts";

export const OPERATOR = { handle: "operator", name: "Demonstration Secretariat", kind: "operator", country: "CH" };

/**
 * The operator's identity and the secrets that name its key, each made only where it is absent: keys that signed
 * something are never replaced.
 */
export async function prepare(folders: Folders, api: string): Promise<void> {
  const { handle, ...facts } = OPERATOR;
  const known = await readIdentity(folders.home, handle);
  if (!known.ok && known.failure !== "no-such-identity")
    throw new Complaint(`identity \`${handle}\` in ${folders.home}: ${known.failure}`);
  const secrets = await readText(folders.secrets);
  if (secrets !== null && (await isExposed(folders.secrets)))
    throw new Complaint(`${folders.secrets} can be read by others: \`chmod 600\` it`);
  if (secrets !== null && (!known.ok || genesisKeyIn(secrets) !== known.value.record.x))
    throw new Complaint(
      `${folders.secrets} and ${folders.home} belong to different deployments; ${beginAgain(folders)}`,
    );
  const operator = known.ok ? known.value : newIdentity({ ...facts, api, org: null });
  // Identity first: a crash between the two leaves a key that nothing names yet, and the next start uses it.
  if (!known.ok) await writeIdentity(folders.home, handle, operator);
  for (const needed of [folders.secrets, folders.state])
    if (operator.org !== null && !existsSync(needed)) throw new Complaint(`${needed} is gone; ${beginAgain(folders)}`);
  if (secrets !== null) return;
  await rm(folders.state, { recursive: true, force: true });
  await writePrivate(folders.secrets, secretsText(newSecrets(operator.record.x)));
}

const beginAgain = ({ secrets, state, home }: Folders): string =>
  `to begin again, remove ${secrets}, ${state} and ${home}`;
