import { base64url } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { fromUtf8, utf8 } from "../bytes.ts";
import { emptyEdge, grow, rootOf } from "../log/edge.ts";
import { type Hash, leafHash } from "../log/tree.ts";
import { hmacSha256 } from "../sha256.ts";
import type { RecordTable } from "./record-table.ts";

/** All of one site's records of a cohort, before the draw: what one commitment hides. */
export interface InputRecord {
  readonly site: string;
  /** Of its cell. */
  readonly path: string;
  readonly sponsor: string;
  /** A digit a metric of the series, in the plan's order: 0 for none, else 1 to 5. */
  readonly values: string;
}

/** Keeps what blinds the commitments apart from what draws and makes noise. */
export const inputKey = (secret: Bytes): Bytes => hmacSha256(secret, utf8("inputs"));

/** What blinds a site's commitment: 32 bytes that nobody tells from random ones without the secret. */
export const blinding = (key: Bytes, site: string): Bytes => hmacSha256(key, utf8(site));

/** Hiding as long as `r` is not known: five values, plainly hashed, are found by trying (BENCHMARKS 1.3.6). */
export const inputCommitment = (r: Bytes, { site, path, sponsor, values }: InputRecord): Bytes =>
  hmacSha256(r, utf8(`${site}|${path}|${sponsor}|${values}`));

/** The records of the table in the given order, as the commitments and the auditor's file have them. */
export function* inputRecords(
  table: RecordTable,
  order: Uint32Array,
  paths: readonly string[],
): Generator<InputRecord> {
  for (const row of order) {
    yield {
      site: fromUtf8(table.site(row)) as string,
      path: paths[table.cell(row)] as string,
      sponsor: table.sponsors[table.sponsor(row)] as string,
      values: table.values(row).join(""),
    };
  }
}

const AT_ONCE = 256;

/**
 * Root (RFC 6962 2.1) over one commitment a site, in the order of the sites' bytes, as b64url. One a site and not one a score:
 * ten million HMACs would take longer than the release (BENCHMARKS 3), and an opened commitment shows one site's scores either way.
 */
export function inputsRoot(secret: Bytes, records: Iterable<InputRecord>): string {
  const key = inputKey(secret);
  let edge = emptyEdge;
  let leaves: Hash[] = [];
  for (const record of records) {
    leaves.push(leafHash(inputCommitment(blinding(key, record.site), record)));
    if (leaves.length < AT_ONCE) continue;
    edge = grow(edge, leaves).edge;
    leaves = [];
  }
  return base64url(rootOf(grow(edge, leaves).edge));
}
