import { base64url, fromBase64url } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import type { Claims } from "../statement/claims.ts";
import { thumbprint } from "../statement/key.ts";
import type { KeyRow } from "../statement/keyring.ts";
import { standingAt } from "../statement/keyring.ts";

/** Every key that the consortium's dossier brought forth so far, and what its openings admit. */
export interface KeyRegister {
  readonly rows: Map<string, KeyRow>;
  /** Kids that an organisation's opening admits, by organisation. */
  readonly admits: Map<string, readonly string[]>;
  /** Named by genesis; empty before it. */
  operator: string;
}

export const newRegister = (): KeyRegister => ({ rows: new Map(), admits: new Map(), operator: "" });

/** A statement of the consortium's dossier whose signature holds, at its place in the log. */
export interface KeyEvent {
  readonly index: number;
  readonly type: string;
  readonly kid: string;
  readonly claims: Claims;
}

export type KeyEventRefusal =
  | "genesis-twice"
  | "unknown-founding-key"
  | "key-not-admitted"
  | "loss-of-unknown-key"
  | "loss-early";

/** The x behind a kid that genesis names by its kid alone. Anyone may supply it: the kid is its thumbprint. */
export type FoundingX = (kid: string) => string | null;

const isKeyOf = (x: string, kid: string): boolean => thumbprint(fromBase64url(x) as Bytes) === kid;

/** Enters one statement in the order of the log; types that touch no key change nothing. Null when it was entered. */
export function enterKeyEvent(register: KeyRegister, event: KeyEvent, foundingX: FoundingX): KeyEventRefusal | null {
  switch (event.type) {
    case "genesis":
      return enterGenesis(register, event, foundingX);
    case "organisation":
      register.admits.set(event.claims["opens"] as string, (event.claims["admits"] as readonly string[]) ?? []);
      return null;
    case "key":
      return enterKey(register, event);
    case "key-loss":
      return enterLoss(register, event);
    default:
      return null;
  }
}

function enterGenesis(
  register: KeyRegister,
  { claims, index }: KeyEvent,
  foundingX: FoundingX,
): KeyEventRefusal | null {
  if (register.operator !== "") return "genesis-twice";
  const founding = [
    { kid: claims["operator"] as string, org: claims.iss, use: "record" },
    { kid: claims["platform"] as string, org: claims.sub, use: "platform" },
  ];
  for (const { kid, org, use } of founding) {
    const x = foundingX(kid);
    if (x === null || !isKeyOf(x, kid)) return "unknown-founding-key";
    register.rows.set(kid, { kid, x, org, use, from: index, until: null, loss: null });
  }
  register.operator = claims.iss;
  return null;
}

/** FORMATS 3: a first key signs for itself where the opening admits it; a later one is brought in by a record key in force. */
function enterKey(register: KeyRegister, { claims, index, kid: signer }: KeyEvent): KeyEventRefusal | null {
  const x = claims["x"] as string;
  const kid = thumbprint(fromBase64url(x) as Bytes);
  // Two requests at once may both bring a key. The first in the log's order counts, and no author can make the rest unreadable.
  if (register.rows.has(kid)) return null;
  const isFirst = signer === kid && register.admits.get(claims.iss)?.includes(kid) === true;
  const sponsor = register.rows.get(signer);
  const isSponsored = sponsor?.org === claims.iss && sponsor.use === "record" && standingAt(sponsor, index) === "good";
  if (!isFirst && !isSponsored) return "key-not-admitted";
  const use = claims["use"] as string;
  register.rows.set(kid, { kid, x, org: claims.iss, use, from: index, until: null, loss: null });
  return null;
}

function enterLoss(register: KeyRegister, { claims, index }: KeyEvent): KeyEventRefusal | null {
  const row = register.rows.get(claims["kid"] as string);
  if (!row) return "loss-of-unknown-key";
  const at = claims["loss"] as number;
  if (at > index || row.from === null || at < row.from) return "loss-early";
  register.rows.set(row.kid, { ...row, loss: at });
  return null;
}

/** The rows that a keyring covering `size` entries has to hold (FORMATS 3). */
export const rowsCovered = (register: KeyRegister, size: number): KeyRow[] =>
  [...register.rows.values()].filter((row) => row.from !== null && row.from < size);

/** The kid of a public key's `x`; null where it is no key. */
export function kidOf(x: string): string | null {
  const publicKey = fromBase64url(x);
  return publicKey?.length === 32 && base64url(publicKey) === x ? thumbprint(publicKey) : null;
}
