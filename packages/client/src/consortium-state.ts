import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import type { DossierHead } from "@quasarix/shared/log/dossier.ts";
import type { KeyRegister } from "@quasarix/shared/registry/keyring-rows.ts";
import { newRegister } from "@quasarix/shared/registry/keyring-rows.ts";
import type { KeyRow } from "@quasarix/shared/statement/keyring.ts";
import type { Opening } from "./dossiers.ts";

/** What the platform signed of a published file (BENCHMARKS 1.3). */
export interface LoggedRelease {
  readonly index: number;
  /** SHA-256 of the file, and of the secret that made it, b64url. */
  readonly file: string;
  readonly commitment: string;
  /** Root over the commitments to what was counted; digest of the adopting votes. */
  readonly inputs: string;
  readonly votes: string;
  /** Unix seconds. */
  readonly publishedAt: number;
}

/** A member's vote on a plan. `statement`: its hash, b64url. */
export interface LoggedVote {
  readonly org: string;
  readonly choice: string;
  readonly statement: string;
  readonly logIndex: number;
}

export const releaseKey = (plan: string, cohort: string): string => `${plan}|${cohort}`;

/** What a client has verified of the consortium's dossier. */
export interface ConsortiumState {
  readonly register: KeyRegister;
  readonly openings: Map<string, Opening>;
  /** Log index of each member's opening. */
  readonly members: Map<string, number>;
  /** By `releaseKey`, in the order of the log. */
  readonly releases: Map<string, LoggedRelease>;
  /** By plan, in the order of the log. */
  readonly votes: Map<string, LoggedVote[]>;
  /** The last line walked; null before genesis. */
  head: DossierHead | null;
}

const newState = (): ConsortiumState => ({
  register: newRegister(),
  openings: new Map(),
  members: new Map(),
  releases: new Map(),
  votes: new Map(),
  head: null,
});

interface Kept {
  readonly operator: string;
  readonly rows: readonly KeyRow[];
  readonly admits: readonly [string, readonly string[]][];
  readonly openings: readonly [string, number, string][];
  /** Absent in what was kept before there were any: it is walked anew. */
  readonly members?: readonly [string, number][];
  readonly releases?: readonly [string, LoggedRelease][];
  readonly votes?: readonly [string, LoggedVote[]][];
  readonly head: { readonly seq: number; readonly index: number; readonly leaf: string } | null;
}

export function stateText({ register, openings, members, releases, votes, head }: ConsortiumState): string {
  const kept: Kept = {
    operator: register.operator,
    rows: [...register.rows.values()],
    admits: [...register.admits],
    openings: [...openings].map(([id, { index, commitment }]) => [id, index, commitment]),
    members: [...members],
    releases: [...releases],
    votes: [...votes],
    head: head && { ...head, leaf: base64url(head.leaf) },
  };
  return JSON.stringify(kept);
}

/** The inverse. The text is our own: one that does not parse throws. */
export function stateFrom(text: string | null): ConsortiumState {
  if (text === null) return newState();
  const { operator, rows, admits, openings, members, releases, votes, head } = JSON.parse(text) as Kept;
  if (!members || !releases || !votes) return newState();
  return {
    register: { operator, rows: new Map(rows.map((row) => [row.kid, row])), admits: new Map(admits) },
    openings: new Map(openings.map(([id, index, commitment]) => [id, { index, commitment }])),
    members: new Map(members),
    releases: new Map(releases),
    votes: new Map(votes),
    head: head && { ...head, leaf: fromBase64url(head.leaf) as Bytes },
  };
}
