import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import type { ReleaseClaims, VoteClaims } from "@quasarix/shared/benchmark/claims.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { equal } from "@quasarix/shared/bytes.ts";
import type { WalkedEntry } from "@quasarix/shared/log/dossier.ts";
import { verifyChain } from "@quasarix/shared/log/dossier.ts";
import { consortiumKey } from "@quasarix/shared/log/entry.ts";
import { inclusionPath, tilesForInclusion, verifyInclusion } from "@quasarix/shared/log/proof.ts";
import type { FoundingX } from "@quasarix/shared/registry/keyring-rows.ts";
import { enterKeyEvent, kidOf } from "@quasarix/shared/registry/keyring-rows.ts";
import { ok } from "@quasarix/shared/result.ts";
import { isObject, parseJson } from "@quasarix/shared/statement/json.ts";
import { standingAt } from "@quasarix/shared/statement/keyring.ts";
import { verifySignature } from "@quasarix/shared/statement/signature.ts";
import type { SignedPart } from "@quasarix/shared/statement/statement.ts";
import { readSignedPart } from "@quasarix/shared/statement/statement.ts";
import { type ConsortiumState, releaseKey, stateFrom, stateText } from "./consortium-state.ts";
import type { Opening } from "./dossiers.ts";
import type { ClientPorts } from "./ports.ts";
import { type Answer, badInput, broken } from "./refusal.ts";
import type { Routes } from "./routes.ts";
import type { TrustedLog, Witnessed } from "./trusted-log.ts";

/** The consortium's dossier, read by ourselves: who was admitted, which subjects were opened, which keys stand. */
export interface Consortium {
  /** Its id: the origin of the pinned log. */
  readonly id: string;
  /** Reads on to the newest published checkpoint. */
  sync(): Promise<Answer<ConsortiumState>>;
  /** The opening of a subject; waits for its publication where it has just been made. */
  openingOf(subject: string): Promise<Answer<Opening>>;
  /** The public key that verifies statements of this kid. */
  keyOf(kid: string): Promise<Answer<Bytes>>;
}

const KEPT = "consortium";
const PAGE = 1000;
/** Published at most once a second (DESIGN 5). */
const PUBLICATION_MS = 500;
const PATIENCE = 20;

export function consortium(ports: ClientPorts, routes: Routes, log: TrustedLog): Consortium {
  const id = log.policy.logs[0]?.name;
  if (id === undefined) throw new Error("the pinned policy names no log");
  let state: ConsortiumState | null = null;
  let foundingX: FoundingX | null = null;
  let running: Promise<Answer<ConsortiumState>> | null = null;

  const founding = async (): Promise<Answer<FoundingX>> => {
    if (foundingX) return ok(foundingX);
    const keyring = await routes.keyring();
    if (!keyring.ok) return keyring;
    const known = new Map(keyring.value.rows.map((row) => keyIn(row)));
    foundingX = (kid) => known.get(kid) ?? null;
    return ok(foundingX);
  };

  const readOn = async (current: ConsortiumState, checkpoint: Witnessed): Promise<Answer<boolean>> => {
    const after = current.head?.seq ?? -1;
    const page = await routes.consortium(after, PAGE);
    if (!page.ok) return page;
    const dossier = await routes.dossier(id, after, PAGE);
    if (!dossier.ok) return dossier;
    const size = checkpoint.checkpoint.size;
    const walk = dossier.value.lines.filter((line) => line.index < size);
    if (walk.length === 0) return ok(false);
    const K = consortiumKey(id);
    const chain = verifyChain({ K, subject: id, openingIndex: -1, after: current.head ?? undefined, walk });
    if (!chain.ok) return broken("consortium", chain.failure.reason, `seq ${chain.failure.at}`);
    const included = await isIncluded(log, chain.value.at(-1) as WalkedEntry, checkpoint);
    if (!included.ok) return included;
    const xOf = current.head === null ? await founding() : ok<FoundingX>(() => null);
    if (!xOf.ok) return xOf;
    for (const [i, entry] of chain.value.entries()) {
      const taken = await take(current, entry, page.value.statements[i]?.statement, xOf.value, { ports, log });
      if (!taken.ok) return taken;
    }
    return ok(walk.length === PAGE);
  };

  const syncNow = async (): Promise<Answer<ConsortiumState>> => {
    const current = state ?? stateFrom(await ports.keep.read(KEPT));
    state = current;
    const checkpoint = await log.advance();
    if (!checkpoint.ok) return checkpoint;
    if (checkpoint.value === null) return ok(current);
    const before = current.head?.seq;
    for (let more = true; more; ) {
      const read = await readOn(current, checkpoint.value);
      if (!read.ok) {
        // Half of a page may have been taken: begin again from what is kept.
        state = null;
        return read;
      }
      more = read.value;
    }
    if (current.head?.seq !== before) await ports.keep.write(KEPT, stateText(current));
    return ok(current);
  };

  // Two walks over one state would each enter the same lines.
  const sync = (): Promise<Answer<ConsortiumState>> => {
    running ??= syncNow().finally(() => {
      running = null;
    });
    return running;
  };

  const found = async <T>(look: (state: ConsortiumState) => T | undefined, says: string): Promise<Answer<T>> => {
    const known = state === null ? undefined : look(state);
    if (known !== undefined) return ok(known);
    for (let attempt = 0; attempt < PATIENCE; attempt++) {
      if (attempt > 0) await ports.host.wait(PUBLICATION_MS);
      const synced = await sync();
      if (!synced.ok) return synced;
      const value = look(synced.value);
      if (value !== undefined) return ok(value);
    }
    return badInput(`${says}, as far as it is published`);
  };

  return {
    id,
    sync,
    openingOf: (subject) =>
      found((it) => it.openings.get(subject), `the consortium's dossier does not open \`${subject}\``),
    keyOf: async (kid) => {
      const row = await found((it) => it.register.rows.get(kid), `no key statement brings in \`${kid}\``);
      return row.ok ? ok(fromBase64url(row.value.x) as Bytes) : row;
    },
  };
}

const keyIn = (row: string): [string, string] => {
  const json = parseJson(row);
  const x = json.ok && isObject(json.value) ? String(json.value["x"]) : "";
  return [kidOf(x) ?? "", x];
};

/** One proof for a whole page: every line before this one is fixed by `prev`. */
async function isIncluded(log: TrustedLog, entry: WalkedEntry, { checkpoint }: Witnessed): Promise<Answer<true>> {
  const { size, root } = checkpoint;
  const tiles = await log.tiles.gather(tilesForInclusion(entry.index, size));
  if (!tiles.ok) return tiles;
  const path = inclusionPath(entry.index, size, tiles.value);
  const included = verifyInclusion(entry.leaf, entry.index, size, path, root);
  return included.ok ? included : broken("consortium", "not in the log", `seq ${entry.facts.seq}`);
}

/** Checks one statement against its header and its signer, and enters what it says. */
async function take(
  state: ConsortiumState,
  entry: WalkedEntry,
  text: string | undefined,
  foundingX: FoundingX,
  { ports, log }: { ports: ClientPorts; log: TrustedLog },
): Promise<Answer<true>> {
  const refuse = (why: string) => broken("consortium", why, `seq ${entry.facts.seq}`);
  const part = text === undefined ? null : readSignedPart(text);
  if (!part) return refuse("a statement is missing");
  if (!part.ok) return refuse(part.failure);
  const { value } = part;
  if (!equal(value.hash, entry.facts.statementHash)) return refuse("another statement");
  const refused = await refusalOf(state, value, entry.index, foundingX, ports, log);
  if (refused) return refuse(refused);
  const { claims, row, kid } = value;
  const event = { index: entry.index, type: row.type, kid, claims };
  const keyRefusal = enterKeyEvent(state.register, event, foundingX);
  if (keyRefusal) return refuse(keyRefusal);
  const opens = claims["opens"];
  if (typeof opens === "string" && (row.type === "organisation" || row.type === "site")) {
    if (state.openings.has(opens)) return refuse(`a second opening of ${opens}`);
    state.openings.set(opens, { index: entry.index, commitment: String(claims["dossier"]) });
    if (claims["kind"] === "member") state.members.set(opens, entry.index);
  }
  if (row.type === "release" && !entered(state, entry.index, claims as unknown as ReleaseClaims))
    return refuse("a second file of one release");
  if (row.type === "vote") heard(state, value, entry.index);
  state.head = { seq: entry.facts.seq, index: entry.index, leaf: entry.leaf };
  return ok(true);
}

/** False where another file stands already: nothing is ever restated (BENCHMARKS 1.3). */
function entered({ releases }: ConsortiumState, index: number, claims: ReleaseClaims): boolean {
  const { plan, cohort, file, commitment, inputs, votes, publishedAt } = claims;
  const key = releaseKey(plan, cohort);
  const first = releases.get(key);
  if (first === undefined) releases.set(key, { index, file, commitment, inputs, votes, publishedAt });
  return first === undefined || first.file === file;
}

function heard({ votes }: ConsortiumState, { claims, hash }: SignedPart, logIndex: number): void {
  const { on, choice } = claims as unknown as VoteClaims;
  votes.set(on, [...(votes.get(on) ?? []), { org: claims.iss, choice, statement: base64url(hash), logIndex }]);
}

/** Who may say it, and did they: FORMATS 1.1 and 3, for the types that a consortium's dossier holds. */
async function refusalOf(
  state: ConsortiumState,
  part: SignedPart,
  index: number,
  foundingX: FoundingX,
  { host }: ClientPorts,
  log: TrustedLog,
): Promise<string | null> {
  const { claims, row, kid } = part;
  const { register } = state;
  let x = register.rows.get(kid)?.x ?? null;
  if (row.type === "genesis") {
    const isOurs = state.head === null && claims["log"] === log.policy.logs[0]?.text && claims["operator"] === kid;
    if (!isOurs) return "genesis is of another log";
    x = foundingX(kid);
  } else if (state.head === null) {
    return "the first statement is not genesis";
  }
  if (x === null && row.type === "key") x = claims["x"] as string;
  if (x === null || kidOf(x) !== kid) return "a key that nobody admitted";
  const known = register.rows.get(kid);
  if (known && known.org !== claims.iss) return "signed with another's key";
  if (known && standingAt(known, index) === "not-in-force") return "signed with a key that is not in force";
  const operator = claims.iss === register.operator;
  if (row.type === "organisation" && !operator) return "an organisation that the operator did not admit";
  // What members' lists propose, the platform opens for whoever may answer for it later: in nobody's name.
  const isProposed = known?.use === "platform" && claims["supplier"] === undefined;
  const isItsOwn = claims["supplier"] !== undefined && claims["supplier"] === claims.iss;
  if (row.type === "site" && !operator && !isProposed && !isItsOwn) return "a site opened by a stranger";
  if (row.type === "keyring" && known?.use !== "platform") return "a keyring that the platform did not sign";
  if (row.type === "release" && known?.use !== "platform") return "a release that the platform did not sign";
  const publicKey = fromBase64url(x) as Bytes;
  return (await verifySignature(host.verify, publicKey, part.signature, part.signed)) ? null : "bad signature";
}
