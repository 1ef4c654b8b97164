import type { Releasing } from "@quasarix/shared/benchmark/releasing.ts";
import type { Sequencing } from "@quasarix/shared/log/append.ts";
import type { PrivateJwk } from "@quasarix/shared/webcrypto.ts";

/** A namespace whose objects answer these calls. */
type Objects<T> = DurableObjectNamespace<T & Rpc.DurableObjectBranded>;

/** Every binding of wrangler.toml. A surface never takes this: it takes its own slice below. */
export interface Env {
  readonly DB: D1Database;
  readonly LOG_BUCKET: R2Bucket;
  /** Plans and releases, each written once. */
  readonly RELEASE_BUCKET: R2Bucket;
  readonly ASSETS?: Fetcher;
  readonly SEQUENCER: Objects<Sequencing>;
  readonly DUTY: Objects<{ wake(): Promise<void> }>;
  readonly RELEASES: Objects<Releasing>;
  readonly REPLAY: Objects<{ use(jti: string, until: number): Promise<boolean> }>;
  /** The log's origin: the consortium's id, and the name of the log's key. */
  readonly ORIGIN: string;
  /** Length of an intake round (FORMATS 1.1); an hour when absent. */
  readonly ROUND_SECONDS?: string;
  /** How long a staged statement is left to its request before duty drives it; under load a bulk of 1,000 takes seconds. 15 when absent. */
  readonly OUTBOX_SECONDS?: string;
  /** Between two looks for audits that suppliers opened, or have to be told of; 60 when absent. */
  readonly DELIVERY_SECONDS?: string;
  /** Between two discovery batches: what members hear of one another changes no oftener. A week when absent. */
  readonly BATCH_SECONDS?: string;
  /** Between a founding plan's last vote and its cut-off; 30 days when absent. */
  readonly FOUNDING_SECONDS?: string;
  /** JSON `{x, d}`: signs checkpoints. */
  readonly LOG_KEY: string;
  /** JSON `{x, d}`: signs what intake and keyring state. */
  readonly PLATFORM_KEY: string;
  /** 32 bytes b64url; every dossier key comes from it (FORMATS 2). */
  readonly DOSSIER_ROOT: string;
  /** JSON `{version, keys: {version: b64url}}`: wraps section keys (FORMATS 7). */
  readonly KEK: string;
  /** 32 bytes b64url: signs page cursors. */
  readonly CURSOR_KEY: string;
  /** The operator's record key (`x`): the only one that may sign this consortium's genesis. */
  readonly GENESIS_KEY: string;
  /** `https://host[:port]` of this API where the host that a request names cannot be trusted; absent: the request's own. */
  readonly API_ORIGIN?: string;
}

/** A var of seconds, in milliseconds. Throws on anything but a positive number: without rounds, time alone tells who submitted. */
export function durationMs(text: string | undefined, otherwise: number): number {
  const seconds = text === undefined ? otherwise : Number(text);
  if (!(seconds > 0 && seconds < Number.POSITIVE_INFINITY)) throw new Error(`\`${text}\` is no number of seconds`);
  return seconds * 1000;
}

export const privateJwk = (secret: string): PrivateJwk => JSON.parse(secret) as PrivateJwk;

/** What the sequencer sees: the log's key and its bucket, and of D1 only the anchor. */
export type SequencerEnv = Pick<Env, "LOG_BUCKET" | "LOG_KEY" | "ORIGIN"> & {
  readonly anchor: () => Promise<{ size: number; root: string } | null>;
};

/** What the duty object sees: it signs for the platform and never for the log. */
export type DutyEnv = Pick<
  Env,
  | "DB"
  | "SEQUENCER"
  | "ORIGIN"
  | "ROUND_SECONDS"
  | "OUTBOX_SECONDS"
  | "DELIVERY_SECONDS"
  | "BATCH_SECONDS"
  | "PLATFORM_KEY"
  | "KEK"
  | "DOSSIER_ROOT"
  | "GENESIS_KEY"
>;

/** What the release object sees: it signs for the platform, opens audits to count them, and nobody hears what it read. */
export type ReleasesEnv = Pick<
  Env,
  | "DB"
  | "RELEASE_BUCKET"
  | "SEQUENCER"
  | "ORIGIN"
  | "FOUNDING_SECONDS"
  | "PLATFORM_KEY"
  | "KEK"
  | "DOSSIER_ROOT"
  | "GENESIS_KEY"
>;

/** What the API sees: of the log's and the platform's keys the public halves only. */
export type ApiSlice = Omit<Env, "LOG_KEY" | "PLATFORM_KEY"> & {
  /** Public keys, b64url. */
  readonly LOG_X: string;
  readonly PLATFORM_X: string;
};

const sliced = new WeakMap<Env, ApiSlice>();

export function apiSlice(env: Env): ApiSlice {
  const known = sliced.get(env);
  if (known) return known;
  const { LOG_KEY, PLATFORM_KEY, ...rest } = env;
  const slice = { ...rest, LOG_X: privateJwk(LOG_KEY).x, PLATFORM_X: privateJwk(PLATFORM_KEY).x };
  sliced.set(env, slice);
  return slice;
}
