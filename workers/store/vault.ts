import { bytes32, fromBase64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { consortiumKey, dossierKey } from "@quasarix/shared/log/entry.ts";
import type { Sealer } from "@quasarix/shared/ports.ts";
import { openSections, type SealedSections, sealSections } from "@quasarix/shared/statement/atrest.ts";
import { present } from "@quasarix/shared/statement/present.ts";
import type { Statement } from "@quasarix/shared/statement/statement.ts";
import type { Env } from "../env.ts";

export type VaultEnv = Pick<Env, "KEK" | "DOSSIER_ROOT" | "ORIGIN">;

/** A statement as it lies in D1: the issuer-signed part and sealed sections. */
export interface StoredStatement {
  readonly hash: string;
  readonly jwt: string;
  readonly bodies: string;
  readonly wrapped: string | null;
  readonly kekVersion: number;
}

/** How many dossier keys an isolate keeps; each is an HMAC away. */
const KEPT = 4096;

/** The secrets of rest: seals and opens sections, derives dossier keys. Nothing else sees KEK or DOSSIER_ROOT. */
export class Vault {
  readonly #sealer: Sealer;
  readonly #version: number;
  readonly #keks: ReadonlyMap<number, Bytes>;
  readonly #root: Bytes;
  readonly #origin: string;
  readonly #dossierKeys = new Map<string, Bytes>();

  constructor(env: VaultEnv, sealer: Sealer) {
    const { version, keys } = JSON.parse(env.KEK) as { version: number; keys: Record<string, string> };
    this.#sealer = sealer;
    this.#version = version;
    this.#keks = new Map(Object.entries(keys).map(([name, key]) => [Number(name), bytes32(key, "KEK")]));
    this.#root = bytes32(env.DOSSIER_ROOT, "DOSSIER_ROOT");
    this.#origin = env.ORIGIN;
  }

  get version(): number {
    return this.#version;
  }

  /** FORMATS 2: K of a subject, fixed for the dossier's life. */
  dossierKey(subject: string): Bytes {
    const kept = this.#dossierKeys.get(subject);
    if (kept) return kept;
    const K = subject === this.#origin ? consortiumKey(subject) : dossierKey(this.#root, subject);
    if (this.#dossierKeys.size >= KEPT) this.#dossierKeys.clear();
    this.#dossierKeys.set(subject, K);
    return K;
  }

  /** Names plans (shared/duplicate/plan.ts). No subject has this id: theirs begin with their kind, and the log's origin has K of its own. */
  planKey(): Bytes {
    return this.dossierKey("quasarix/plans");
  }

  /** What release plans derive their secrets from (shared/benchmark/plan-secrets.ts): the same after a restore. */
  releaseRoot(): Bytes {
    return this.dossierKey("quasarix/releases");
  }

  /** Null for a statement that has nothing to seal. */
  async seal(statement: Statement): Promise<SealedSections | null> {
    if (statement.top.length === 0 && statement.sections.size === 0) return null;
    return sealSections(this.#sealer, this.#kek(this.#version), this.#version, statement);
  }

  /** The presentation with the named sections (`""`: the top level's). A section that does not open is a bug or an attack: throws. */
  async present(stored: StoredStatement, names: readonly string[]): Promise<string> {
    if (stored.wrapped === null) return present({ jwt: stored.jwt, disclosures: [] });
    const sealed = sealedOf(stored);
    const hash = bytes32(stored.hash, "hash");
    const opened = await openSections(
      this.#sealer,
      this.#kek(stored.kekVersion),
      stored.kekVersion,
      hash,
      sealed,
      names,
    );
    if (!opened.ok) throw new Error(`section \`${opened.failure.at}\` does not open: ${opened.failure.reason}`);
    return present({ jwt: stored.jwt, disclosures: [...opened.value.values()].flat() });
  }

  /** The whole statement as it was submitted. */
  presentAll(stored: StoredStatement): Promise<string> {
    return this.present(stored, Object.keys(JSON.parse(stored.bodies) as object));
  }

  #kek(version: number): Bytes {
    const kek = this.#keks.get(version);
    if (!kek) throw new Error(`KEK has no version ${version}`);
    return kek;
  }
}

function sealedOf({ bodies, wrapped }: StoredStatement): SealedSections {
  const stored = Object.entries(JSON.parse(bodies) as Record<string, string>);
  return {
    wrapped: blob(wrapped ?? ""),
    bodies: stored.map(([name, sealed]) => ({ name, sealed: blob(sealed) })),
  };
}

function blob(text: string): Bytes {
  const bytes = fromBase64url(text);
  if (!bytes) throw new Error("a stored body is not base64url");
  return bytes;
}
