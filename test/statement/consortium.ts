import { base64, base64url, hex } from "@quasarix/shared/base64.ts";
import { type Bytes, concat, utf8 } from "@quasarix/shared/bytes.ts";
import { checkpointText, signCheckpoint } from "@quasarix/shared/log/checkpoint.ts";
import { signCosignature } from "@quasarix/shared/log/cosignature.ts";
import {
  consortiumKey,
  dossierKey,
  encodeExtra,
  type Header,
  type SealedEntry,
  sealEntry,
  subjectHash,
} from "@quasarix/shared/log/entry.ts";
import { signatureLine } from "@quasarix/shared/log/note.ts";
import { formatTlogProof } from "@quasarix/shared/log/tlog-proof.ts";
import { rootOfLeaves } from "@quasarix/shared/log/tree.ts";
import { formatVkey, keyId } from "@quasarix/shared/log/vkey.ts";
import type { RandomBytes, Signer } from "@quasarix/shared/ports.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import type { Bundle } from "@quasarix/shared/statement/bundle.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import type { Seen } from "@quasarix/shared/statement/claims.ts";
import { type Draft, issueStatement } from "@quasarix/shared/statement/issue.ts";
import type { Json } from "@quasarix/shared/statement/json.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { type KeyRow, keyringClaims, keyringTree } from "@quasarix/shared/statement/keyring.ts";
import { presentSections } from "@quasarix/shared/statement/present.ts";
import { parseStatement } from "@quasarix/shared/statement/statement.ts";
import { webSigner } from "@quasarix/shared/webcrypto.ts";
import { referenceInclusion } from "../log/reference-tree.ts";
import { jwkOf } from "../secrets.ts";

/** Seeded dice: the same world in every run. */
export function dice(seed: string): RandomBytes {
  let turn = 0;
  return (length) => sha256(utf8(`${seed} ${turn++}`)).slice(0, length);
}

export const signerOf = (name: string): Promise<Signer> => webSigner(crypto, jwkOf(name));
const idOf = (prefix: string, name: string) => `${prefix}_${base64url(sha256(utf8(name)).slice(0, 16))}`;

export const ORIGIN = "log.example/test";
export const AUDITOR = idOf("org", "auditor");
export const MEMBER = idOf("org", "member");
export const SITE = idOf("site", "mill");

/** A checkpoint that a log with this key is said to have had. */
export const seenBy = async (name: string, size: number, filled = size): Promise<Seen> => {
  const signer = await signerOf(name);
  const root = new Uint8Array(32).fill(filled);
  const blob: Bytes = await signer.sign(utf8(checkpointText({ origin: ORIGIN, size, root })));
  return { size, root: base64(root), sig: base64(concat(keyId(ORIGIN, 1, signer.publicKey), blob)) };
};

export const auditDraft = {
  iss: AUDITOR,
  iat: 1_790_000_000,
  vct: vctOf("audit"),
  sub: SITE,
  claims: { provenance: "auditor-signed" },
  sections: {
    existence: { scheme: "urn:example:scheme:1", date: "2026-03-04" },
    findings: { findings: [{ number: 1, severity: "major" }, { number: 2, severity: "minor" }, "three"] },
    people: { auditors: [{ name: "A. Example" }] },
  },
} satisfies { sections: Record<string, Record<string, Json>> } & Record<string, unknown>;

export interface WorldOptions {
  readonly audit?: (text: string) => string;
  readonly auditor?: Partial<KeyRow>;
  readonly seen?: Seen;
  /** Sections of the audit that a later statement of its author erases. */
  readonly erased?: readonly string[];
  readonly show?: readonly string[];
  /** Also the row of a member that has nothing to do with the bundle. */
  readonly strangersRow?: boolean;
  /** What is said in the audit's place. */
  readonly draft?: Draft;
  /** The dossier key of its entry. */
  readonly K?: Bytes;
  readonly keyring?: {
    readonly K?: Bytes;
    readonly seen?: Seen;
    readonly row?: Partial<KeyRow>;
    /** What the platform says in the keyring's place. */
    readonly draft?: Partial<Draft>;
    readonly claims?: Readonly<Record<string, Json>>;
  };
  /** What is said in the erasure's place. */
  readonly erasure?: Partial<Draft>;
  /** What the log committed to in the place of the audit's header. */
  readonly header?: Partial<Header>;
  /** The name that log and checkpoint go by, where it is not the keyring's. */
  readonly logName?: string;
}

interface Logged {
  readonly text: string;
  readonly K: Bytes;
  readonly seq: number;
  sealed: SealedEntry;
}

const jwtOf = (text: string) => text.slice(0, text.indexOf("~"));

/** A consortium with one audit, perhaps an erasure, and a keyring: enough to make every refusal of a bundle. */
export async function world(options: WorldOptions = {}): Promise<{ bundle: Bundle; pin: string; audit: string }> {
  const random = dice("world");
  const [log, platform, auditor, witness] = await Promise.all(["log", "platform", "auditor", "witness"].map(signerOf));
  if (!log || !platform || !auditor || !witness) throw new Error("no keys");
  const K = options.K ?? dossierKey(sha256(utf8("root")), SITE);
  const entries: Logged[] = [];
  const append = (text: string, sub: string, key: Bytes, seq: number, instead: Partial<Header> = {}) => {
    const header = {
      seq,
      prev: new Uint8Array(32),
      statementHash: sha256(utf8(jwtOf(text))),
      subject: subjectHash(sub),
      ...instead,
    };
    entries.push({ text, K: key, seq, sealed: sealEntry(key, header, 1_790_000_000_000 + entries.length) });
    return entries.length - 1;
  };
  for (let i = 0; i < 4; i++) append(`filler ${i}~`, ORIGIN, consortiumKey(ORIGIN), i);

  const draft: Draft = { ...(options.draft ?? auditDraft), ...(options.seen && { seen: options.seen }) };
  const issued = await issueStatement({ signer: auditor, random }, draft);
  const audit = options.audit?.(issued) ?? issued;
  const auditIndex = append(audit, draft.sub, K, 0, options.header);

  const erasures: number[] = [];
  if (options.erased) {
    const re = base64url(sha256(utf8(jwtOf(audit))));
    const erasure = await issueStatement(
      { signer: auditor, random },
      {
        iss: AUDITOR,
        iat: 1_790_000_001,
        vct: vctOf("erasure"),
        sub: SITE,
        re,
        claims: { erased: options.erased },
        ...options.erasure,
      },
    );
    erasures.push(append(erasure, SITE, K, 1));
  }

  const rowOf = (signer: Signer, org: string, use: string): KeyRow => ({
    kid: thumbprint(signer.publicKey),
    x: base64url(signer.publicKey),
    org,
    use,
    from: 0,
    until: null,
    loss: null,
  });
  const tree = keyringTree([
    { ...rowOf(platform, ORIGIN, "platform"), ...options.keyring?.row },
    { ...rowOf(auditor, AUDITOR, "record"), ...options.auditor },
    rowOf(await signerOf("member"), MEMBER, "record"),
  ]);
  const keyring = await issueStatement(
    { signer: platform, random },
    {
      iss: ORIGIN,
      iat: 1_790_000_002,
      vct: vctOf("keyring"),
      sub: ORIGIN,
      seen: options.keyring?.seen,
      claims: { ...keyringClaims(tree, entries.length), ...options.keyring?.claims },
      ...options.keyring?.draft,
    },
  );
  const keyringIndex = append(keyring, ORIGIN, options.keyring?.K ?? consortiumKey(ORIGIN), 4);

  const leaves = entries.map(({ sealed }) => sealed.leaf);
  const origin = options.logName ?? ORIGIN;
  const checkpoint = { origin, size: leaves.length, root: rootOfLeaves(leaves) };
  const cosigned = await signCosignature(witness, "witness.example/w", 1_790_000_003, checkpointText(checkpoint));
  const note = (await signCheckpoint(log, checkpoint)) + signatureLine(cosigned);
  const proofOf = (index: number) => {
    const { entry, nonce, header } = (entries[index] as Logged).sealed;
    return formatTlogProof({
      extra: encodeExtra(entry, nonce, header),
      index,
      path: referenceInclusion(index, leaves),
      note,
    });
  };
  const wanted = new Set([platform, auditor].map(({ publicKey }) => thumbprint(publicKey)));
  const rows = [...tree.rows.entries()].filter(([, { kid }]) => options.strangersRow || wanted.has(kid));
  const policy = `log ${formatVkey(origin, 1, log.publicKey)}\nwitness w ${formatVkey("witness.example/w", 4, witness.publicKey)}\nquorum w\n`;
  const parsed = parseStatement(audit);
  const presentation = parsed.ok ? presentSections(parsed.value, options.show ?? ["existence", "findings"]) : audit;
  return {
    audit,
    pin: hex(sha256(utf8(policy))),
    bundle: {
      presentation,
      proof: proofOf(auditIndex),
      keyring: {
        statement: keyring,
        proof: proofOf(keyringIndex),
        rows: rows.map(([index, row]) => ({
          row: JSON.stringify(row),
          index,
          path: tree.pathOf(index).map(base64url),
        })),
      },
      policy,
      erasures: erasures.map((index) => ({ statement: (entries[index] as Logged).text, proof: proofOf(index) })),
    },
  };
}
