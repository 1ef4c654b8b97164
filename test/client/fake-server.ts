import type { ClientPorts } from "@quasarix/client/ports.ts";
import { memoryKeep } from "@quasarix/client/ports.ts";
import { base64url } from "@quasarix/shared/base64.ts";
import { type Bytes, utf8 } from "@quasarix/shared/bytes.ts";
import { signCheckpoint } from "@quasarix/shared/log/checkpoint.ts";
import { rootOf } from "@quasarix/shared/log/edge.ts";
import {
  consortiumKey,
  dossierCommitment,
  dossierKey,
  encodeExtra,
  NO_PREV,
  type SealedEntry,
  sealEntry,
  subjectHash,
} from "@quasarix/shared/log/entry.ts";
import { inclusionPath } from "@quasarix/shared/log/proof.ts";
import { encodeEntries, parseTilePath, TILE_WIDTH, widthAt } from "@quasarix/shared/log/tile.ts";
import { formatTlogProof } from "@quasarix/shared/log/tlog-proof.ts";
import { formatVkey } from "@quasarix/shared/log/vkey.ts";
import { AUDIT_SECTIONS } from "@quasarix/shared/policy/sections.ts";
import type { Signer } from "@quasarix/shared/ports.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { type KeyRow, keyringClaims, keyringTree, rowJson } from "@quasarix/shared/statement/keyring.ts";
import { reissue } from "@quasarix/shared/statement/reissue.ts";
import { parseStatement, readSignedPart, type SignedPart } from "@quasarix/shared/statement/statement.ts";
import { webVerify } from "@quasarix/shared/webcrypto.ts";
import { newSubjectId } from "@quasarix/shared/wire/ids.ts";
import { append, emptyLog, type MemoryLog, tilesOf } from "../log/memory-log.ts";
import { dice, signerOf } from "../statement/consortium.ts";
import type { Lies } from "./fake-lies.ts";

export const ORIGIN = "log.example/fake";

export interface Line {
  readonly part: SignedPart;
  readonly subject: string;
  readonly seq: number;
  readonly index: number;
  readonly admittedAt: number;
  sealed: SealedEntry;
}

/** The API in memory: it logs whatever it is sent. What it lacks is judgement, so that a test can make it lie. */
export class FakeServer {
  readonly lies: Lies = {};
  readonly lines: Line[] = [];
  readonly published: { size: number; note: string }[] = [];
  log: MemoryLog = emptyLog();
  readonly #root = sha256(utf8("dossier root"));
  readonly #random = dice("fake server");
  readonly #keys: { readonly log: Signer; readonly platform: Signer };
  readonly #known: Signer[] = [];
  readonly #audits = new Map<string, Line>();
  readonly #intakes = new Map<string, string>();
  #keyringLine: { line: Line; rows: readonly KeyRow[] } | null = null;

  constructor(keys: { log: Signer; platform: Signer }) {
    this.#keys = keys;
  }

  static async start(): Promise<FakeServer> {
    return new FakeServer({ log: await signerOf("log"), platform: await signerOf("platform") });
  }

  ports(): ClientPorts {
    let now = 1_790_000_000_000;
    return {
      origin: "https://api.example",
      fetch: async (url, init) => this.#answer(new URL(url), init.method ?? "GET", init.body as Bytes | undefined),
      authorize: async () => null,
      keep: memoryKeep(),
      host: {
        verify: webVerify(crypto),
        random: dice("client"),
        now: () => now++,
        wait: async (milliseconds) => {
          now += milliseconds;
        },
      },
    };
  }

  knows(signer: Signer): void {
    this.#known.push(signer);
  }

  keyOf(subject: string): Bytes {
    return subject === ORIGIN ? consortiumKey(ORIGIN) : dossierKey(this.#root, subject);
  }

  add(text: string): Line {
    const read = readSignedPart(text);
    if (!read.ok) throw new Error(read.failure);
    const part = read.value;
    const subject = part.claims.sub;
    const before = this.lines.findLast((line) => line.subject === subject);
    const seq = this.lies.seq?.((before?.seq ?? -1) + 1) ?? (before?.seq ?? -1) + 1;
    const index = this.lines.length;
    const admittedAt = 1_790_000_000_000 + index;
    const prev = this.lies.prev ?? before?.sealed.leaf ?? NO_PREV;
    const header = { seq, prev, statementHash: part.hash, subject: subjectHash(subject) };
    const sealed = sealEntry(this.lies.sealK?.(subject) ?? this.keyOf(subject), header, admittedAt);
    const line = { part, subject, seq, index, admittedAt, sealed };
    this.lines.push(line);
    append(this.log, [sealed.leaf]);
    return line;
  }

  async publish(): Promise<string> {
    const size = this.log.edge.size;
    const note = await signCheckpoint(this.#keys.log, { origin: ORIGIN, size, root: rootOf(this.log.edge) });
    if (this.published.at(-1)?.size !== size) this.published.push({ size, note });
    return note;
  }

  /** What intake makes of a submission; `from` is what it copies, where it is not the submission. */
  async intake(submission: string, from: string = submission): Promise<string> {
    const [asked, copied] = [parseStatement(submission), parseStatement(from)];
    if (!asked.ok || !copied.ok) throw new Error("not a submission");
    const frame = { iss: ORIGIN, iat: 1_790_000_000, sub: String(asked.value.claims["site"]) };
    const ports = { signer: this.#keys.platform, random: this.#random };
    // `origin` names the submission that was asked for, whatever was copied.
    const source = { ...copied.value, hash: asked.value.hash };
    const line = this.add(await reissue(ports, source, { ...frame }));
    await this.publish();
    const audit = base64url(line.part.hash);
    this.#audits.set(audit, line);
    this.#intakes.set(base64url(asked.value.hash), audit);
    return audit;
  }

  /** Signs and logs a keyring of these rows. */
  async logKeyring(rows: readonly KeyRow[]): Promise<void> {
    const tree = keyringTree(rows);
    const ports = { signer: this.#keys.platform, random: this.#random };
    const claims = keyringClaims(tree, this.lines.length);
    const draft = { iss: ORIGIN, iat: 1_790_000_000, vct: vctOf("keyring"), sub: ORIGIN, claims };
    this.#keyringLine = { line: this.add(await issueStatement(ports, draft)), rows: tree.rows };
    await this.publish();
  }

  /** The same log from `index` on with another past: what a split view is. */
  async rewrite(index: number): Promise<void> {
    const leaves = this.lines.map(({ sealed }) => sealed.leaf);
    leaves[index] = sha256(utf8("another past"));
    this.log = emptyLog();
    append(this.log, leaves);
    await this.publish();
  }

  async #answer(url: URL, method: string, body: Bytes | undefined): Promise<Response> {
    const path = decodeURIComponent(url.pathname);
    if (method === "POST") return this.#post(path, body ? new TextDecoder().decode(body) : "");
    if (path.startsWith("/log/")) return this.#tile(path.slice("/log/".length));
    const after = Number(url.searchParams.get("after") ?? -1);
    const limit = Number(url.searchParams.get("limit") ?? 1000);
    if (path === "/v1/genesis") return this.#founding(url.searchParams.get("operator") ?? "");
    if (path === "/v1/keyring") return this.#keyring();
    if (path === "/v1/consortium") return this.#consortium(after, limit);
    if (path === "/v1/log/checkpoints")
      return Response.json({ checkpoints: this.published.filter(({ size }) => size > after), next: null });
    if (path === "/v1/operator/rows") return this.#rows();
    if (path.startsWith("/v1/submissions/")) return this.#submission(path.slice("/v1/submissions/".length));
    if (path.startsWith("/v1/audits/")) return this.#audit(path.slice("/v1/audits/".length));
    if (path.startsWith("/v1/dossiers/")) return this.#dossier(path.slice("/v1/dossiers/".length), after, limit);
    return missing();
  }

  async #post(path: string, body: string): Promise<Response> {
    if (path === "/v1/subjects") {
      const id = newSubjectId(JSON.parse(body).kind, this.#random);
      const K = this.keyOf(id);
      return Response.json({ id, K: base64url(K), commitment: base64url(dossierCommitment(K)) });
    }
    if (path === "/v1/keys/challenge") return Response.json({ challenge: "once", expiresAt: 0 });
    const texts = body.split("\n").filter((line) => line !== "");
    const added = texts.map((line) => this.add((JSON.parse(line) as { statement: string }).statement));
    const note = await this.publish();
    const answers = added.map((line, i) => {
      const { index, seq, admittedAt } = line;
      const statementHash = base64url(line.part.hash);
      const answer = { line: i + 1, statementHash, index, seq, admittedAt, proof: this.#proof(line, note) };
      return JSON.stringify(this.lies.answer?.(answer) ?? answer);
    });
    return new Response(`${answers.join("\n")}\n`);
  }

  #proof({ index, sealed: { entry, nonce, header } }: Line, note: string): string {
    const path = inclusionPath(index, this.log.edge.size, tilesOf(this.log));
    return formatTlogProof({ extra: encodeExtra(entry, nonce, header), index, path, note });
  }

  #tile(path: string): Response {
    const last = this.published.at(-1);
    if (path === "checkpoint") return last ? new Response(last.note) : missing();
    const parsed = parseTilePath(path);
    if (!parsed.ok) return missing();
    const { kind, index, width } = parsed.value;
    if (kind === "entries") {
      const all = this.lines.slice(index * TILE_WIDTH, index * TILE_WIDTH + width);
      return new Response(encodeEntries(all.map(({ sealed }) => sealed.entry)));
    }
    const tile = this.log.tiles.get(`${parsed.value.level}/${index}/${width}`);
    return tile && widthAt(parsed.value.level, index, this.log.edge.size) >= width ? new Response(tile) : missing();
  }

  #founding(operator: string): Response {
    return Response.json({
      origin: ORIGIN,
      log: formatVkey(ORIGIN, 1, this.#keys.log.publicKey),
      platform: thumbprint(this.#keys.platform.publicKey),
      commitment: base64url(dossierCommitment(this.keyOf(operator))),
    });
  }

  #submission(submission: string): Response {
    return Response.json({ submission, site: "", audit: this.#intakes.get(submission) ?? null });
  }

  async #audit(audit: string): Promise<Response> {
    const line = this.#audits.get(audit);
    if (!line) return missing();
    const proof = this.#proof(line, await this.publish());
    const view = { audit, presentation: line.part.text, proof, sections: AUDIT_SECTIONS, because: [] };
    return Response.json({ ...view, lifecycle: null, responses: [] });
  }

  /** Before one is logged: only what a client needs to begin with, the x behind the kids that genesis names. */
  async #keyring(): Promise<Response> {
    const logged = this.#keyringLine;
    if (logged) {
      const proof = this.#proof(logged.line, await this.publish());
      return Response.json({ statement: logged.line.part.text, proof, rows: logged.rows.map(rowJson) });
    }
    const rows = [...this.#known, this.#keys.platform].map(({ publicKey }) =>
      JSON.stringify({ kid: thumbprint(publicKey), x: base64url(publicKey) }),
    );
    return Response.json({ statement: "", proof: "", rows });
  }

  #consortium(after: number, limit: number): Response {
    const lines = this.lines.filter(({ subject, seq }) => subject === ORIGIN && seq > after).slice(0, limit);
    const statements = lines.map(({ seq, index, part }) => ({
      seq,
      index,
      statement: this.lies.statement?.(part.text, seq) ?? part.text,
    }));
    return Response.json({ statements, next: null });
  }

  #dossier(subject: string, after: number, limit: number): Response {
    const K = this.lies.servedK?.(subject) ?? this.keyOf(subject);
    const found = this.lines.filter((line) => line.subject === subject && line.seq > after);
    const lines = found.slice(0, limit).map(({ seq, index, admittedAt, sealed }) => {
      const { header, nonce } = sealed;
      return { seq, index, admittedAt, header: base64url(header), nonce: base64url(nonce) };
    });
    const next = found.length > limit ? (lines.at(-1)?.seq ?? null) : null;
    const told = this.lies.lines?.(lines) ?? lines;
    return Response.json({ subject, K: base64url(K), commitment: null, opening: null, lines: told, next });
  }

  #rows(): Response {
    const rows = this.lines.flatMap(({ part, subject, seq, index, admittedAt, sealed }) => {
      const statementHash = base64url(part.hash);
      const row = {
        index,
        seq,
        admittedAt,
        subject,
        statementHash,
        type: part.row.type,
        header: base64url(sealed.header),
        nonce: base64url(sealed.nonce),
        bodyHash: statementHash,
        projected: true,
      };
      const told = this.lies.row ? this.lies.row(row) : row;
      return told === null ? [] : [told];
    });
    return Response.json({ rows, next: null, staged: 0 });
  }
}

const missing = (): Response =>
  Response.json({ type: "/problems/not-found", title: "No such record", status: 404 }, { status: 404 });
