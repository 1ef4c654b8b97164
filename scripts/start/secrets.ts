import { randomBytes } from "node:crypto";
import { newKey } from "@quasarix/client/node/host.ts";

/** The Worker's secrets by name, each as text. */
export type Secrets = Readonly<Record<(typeof NAMES)[number], string>>;

const NAMES = ["LOG_KEY", "PLATFORM_KEY", "DOSSIER_ROOT", "KEK", "CURSOR_KEY", "GENESIS_KEY"] as const;

const bytes32 = (): string => randomBytes(32).toString("base64url");

/** Fresh ones. `operator`: the public half (`x`) of the record key that may sign this consortium's genesis. */
export const newSecrets = (operator: string): Secrets => ({
  LOG_KEY: JSON.stringify(newKey()),
  PLATFORM_KEY: JSON.stringify(newKey()),
  DOSSIER_ROOT: bytes32(),
  KEK: JSON.stringify({ version: 1, keys: { 1: bytes32() } }),
  CURSOR_KEY: bytes32(),
  GENESIS_KEY: operator,
});

/** As a file of `NAME='value'` lines; no value of ours has a quote of that kind. */
export const secretsText = (secrets: Secrets): string => NAMES.map((name) => `${name}='${secrets[name]}'\n`).join("");

/** The operator's key that a file of secrets names, or null where it names none. */
export const genesisKeyIn = (text: string): string | null => /^GENESIS_KEY='?([\w-]{43})'?$/m.exec(text)?.[1] ?? null;
