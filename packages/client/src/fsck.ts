import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { equal } from "@quasarix/shared/bytes.ts";
import type { Header } from "@quasarix/shared/log/entry.ts";
import { commitOf, decodeEntry, decodeHeader, NO_PREV, subjectHash } from "@quasarix/shared/log/entry.ts";
import { leafHash } from "@quasarix/shared/log/tree.ts";
import { ok } from "@quasarix/shared/result.ts";
import type { OperatorRow } from "@quasarix/shared/wire/dossier.ts";
import type { Client } from "./client.ts";
import { secondOpenings } from "./opening-check.ts";
import { type Answer, badInput } from "./refusal.ts";
import type { Routes } from "./routes.ts";
import { type Progress, readWholeLog } from "./whole-log.ts";

/** One thing that is not as it should be. `index` is its place in the log. */
export interface Fault {
  readonly index: number;
  readonly fault:
    | "entry-form"
    | "row-missing"
    | "row-twice"
    | "header-form"
    | "commit"
    | "admitted-at"
    | "time-order"
    | "seq"
    | "prev"
    | "subject"
    | "statement-hash"
    | "body"
    | "projection"
    | "second-opening";
  readonly subject?: string;
}

export interface FsckReport {
  readonly size: number;
  readonly checkpoints: number;
  readonly tiles: number;
  readonly dossiers: number;
  readonly rows: number;
  /** Rows beyond the published size, and rows that are not in the log yet: neither is a fault. */
  readonly ahead: number;
  readonly staged: number;
  readonly faults: readonly Fault[];
}

interface DossierEnd {
  seq: number;
  leaf: Bytes;
}

/**
 * The operator's whole check: entries -> tiles -> root -> every published checkpoint -> dossier chains -> database rows.
 * The first half refuses (the log is broken); the second names every fault by its index.
 */
export async function fsck(client: Client, progress: Progress): Promise<Answer<FsckReport>> {
  const last = await client.log.advance();
  if (!last.ok) return last;
  if (last.value === null) return badInput("the log has published no checkpoint yet");
  const whole = await readWholeLog(client.routes, client.log, last.value, progress);
  if (!whole.ok) return whole;
  const { entries, size, checkpoints, tiles } = whole.value;
  const faults: Fault[] = [...timesOf(entries)];
  const dossiers = new Map<string, DossierEnd>();
  const read = await eachRow(client.routes, size, progress, (row, at) => {
    for (let missing = at.expected; missing < row.index; missing++)
      faults.push({ index: missing, fault: "row-missing" });
    if (row.index < at.expected) faults.push({ index: row.index, fault: "row-twice" });
    faults.push(...faultsOf(row, entries[row.index] as Bytes, dossiers));
  });
  if (!read.ok) return read;
  for (let index = read.value.expected; index < size; index++) faults.push({ index, fault: "row-missing" });
  const again = await secondOpenings(client.routes, size);
  if (!again.ok) return again;
  faults.push(...again.value.map((opening) => ({ ...opening, fault: "second-opening" as const })));
  const { rows, ahead, staged } = read.value;
  return ok({ size, checkpoints, tiles, dossiers: dossiers.size, rows, ahead, staged, faults });
}

function* timesOf(entries: readonly Bytes[]): Generator<Fault> {
  let before = 0;
  for (const [index, bytes] of entries.entries()) {
    const entry = decodeEntry(bytes);
    if (!entry.ok) {
      yield { index, fault: "entry-form" };
      continue;
    }
    if (entry.value.admittedAt < before) yield { index, fault: "time-order" };
    before = entry.value.admittedAt;
  }
}

interface Reading {
  expected: number;
  rows: number;
  ahead: number;
  staged: number;
}

async function eachRow(
  routes: Routes,
  size: number,
  progress: Progress,
  visit: (row: OperatorRow, at: Reading) => void,
): Promise<Answer<Reading>> {
  const at: Reading = { expected: 0, rows: 0, ahead: 0, staged: 0 };
  for (let after: number | null = -1; after !== null; ) {
    const page = await routes.operatorRows(after);
    if (!page.ok) return page;
    for (const row of page.value.rows) {
      at.rows++;
      if (row.index >= size) {
        at.ahead++;
        continue;
      }
      visit(row, at);
      at.expected = Math.max(at.expected, row.index + 1);
    }
    at.staged = page.value.staged;
    after = page.value.next;
    progress("rows", at.expected, size);
  }
  return ok(at);
}

/** A row against its entry, and its entry against the one before it in the same dossier. */
function faultsOf(row: OperatorRow, bytes: Bytes, dossiers: Map<string, DossierEnd>): Fault[] {
  const { index, subject } = row;
  const entry = decodeEntry(bytes);
  const encoded = fromBase64url(row.header);
  const nonce = fromBase64url(row.nonce);
  const header = encoded ? decodeHeader(encoded) : null;
  if (!entry.ok || !encoded || !nonce || !header?.ok) return [{ index, subject, fault: "header-form" }];
  const kinds: Fault["fault"][] = [];
  if (!equal(commitOf(nonce, encoded), entry.value.commit)) kinds.push("commit");
  if (entry.value.admittedAt !== row.admittedAt) kinds.push("admitted-at");
  kinds.push(...chainFaults(row, header.value, dossiers.get(subject)));
  if (base64url(header.value.statementHash) !== row.statementHash) kinds.push("statement-hash");
  if (row.bodyHash !== row.statementHash) kinds.push("body");
  if (!row.projected) kinds.push("projection");
  dossiers.set(subject, { seq: header.value.seq, leaf: leafHash(bytes) });
  return kinds.map((fault) => ({ index, subject, fault }));
}

function chainFaults(row: OperatorRow, header: Header, before: DossierEnd | undefined): Fault["fault"][] {
  const kinds: Fault["fault"][] = [];
  if (header.seq !== row.seq || header.seq !== (before?.seq ?? -1) + 1) kinds.push("seq");
  if (!equal(header.prev, before?.leaf ?? NO_PREV)) kinds.push("prev");
  if (!equal(header.subject, subjectHash(row.subject))) kinds.push("subject");
  return kinds;
}
