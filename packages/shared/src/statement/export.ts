import type { Bytes } from "../bytes.ts";
import { fromUtf8 } from "../bytes.ts";
import type { WalkLine } from "../log/dossier.ts";
import { formatWalk, parseWalk } from "../log/walk-file.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { Bundle, BundleErasure, BundleKeyring } from "./bundle.ts";
import { isHashText } from "./id.ts";
import type { Json, JsonObject } from "./json.ts";
import { isArray, isObject } from "./json.ts";

/** The first line: what all statements of the export stand on. The keyring's proof carries the checkpoint note. */
export interface ExportHead {
  readonly keyring: BundleKeyring;
  readonly policy: string;
}

/** Every proof ends with its empty line, before the note that all of them share. */
export interface ExportStatement {
  readonly presentation: string;
  readonly proof: string;
  readonly erasures: readonly BundleErasure[];
}

/** FORMATS 5: bundles with their shared parts once, and the dossier walk. */
export interface Export {
  readonly head: ExportHead;
  readonly statements: readonly ExportStatement[];
  readonly walk: readonly WalkLine[];
}

/** `line` counts from 1. */
export type ExportRefusal = { readonly reason: "export-form"; readonly line: number };

const refuse = (line: number): Result<never, ExportRefusal> => fail({ reason: "export-form", line });
const proven = ({ statement, proof }: BundleErasure) => ({ statement, proof });

const formatHead = ({ keyring, policy }: ExportHead): string => {
  const rows = keyring.rows.map(({ row, index, path }) => ({ row, index, path }));
  return JSON.stringify({ version: 1, keyring: { ...proven(keyring), rows }, policy });
};

const formatStatement = ({ presentation, proof, erasures }: ExportStatement): string =>
  JSON.stringify({ presentation, proof, ...(erasures.length > 0 && { erasures: erasures.map(proven) }) });

/**
 * Whether `formatStatement` writes this line, which is JSON. It walks through all of a presentation to find nothing to escape;
 * without these two there could only be a control character, which no string of JSON holds bare.
 */
function isAsWritten(line: string, statement: ExportStatement): boolean {
  const { presentation, proof, erasures } = statement;
  const isPlain = erasures.length === 0 && !presentation.includes('"') && !presentation.includes("\\");
  if (isPlain && line === `{"presentation":"${presentation}","proof":${JSON.stringify(proof)}}`) return true;
  return line === formatStatement(statement);
}

/** JSON Lines, each with its LF: the head, the statements, the walk as its own file has it. */
export const formatExport = ({ head, statements, walk }: Export): string =>
  [formatHead(head), ...statements.map(formatStatement)].map((line) => `${line}\n`).join("") + formatWalk(walk);

// A tlog-proof splits at its first empty line (FORMATS 4).
const beforeNote = (proof: string): string => proof.slice(0, proof.indexOf("\n\n") + 2);

/** Requires bundles that share keyring, policy and checkpoint note, at least one; throws on others. */
export function exportOf(bundles: readonly Bundle[], walk: readonly WalkLine[]): Export {
  const [first] = bundles;
  if (!first) throw new RangeError("an export has at least one statement");
  const head = { keyring: first.keyring, policy: first.policy };
  const note = first.keyring.proof.slice(beforeNote(first.keyring.proof).length);
  const cut = (proof: string): string => {
    if (proof !== beforeNote(proof) + note) throw new RangeError("a proof stands under another checkpoint");
    return beforeNote(proof);
  };
  const statements = bundles.map((bundle) => {
    if (formatHead(bundle) !== formatHead(head)) throw new RangeError("a bundle has another keyring or policy");
    const erasures = bundle.erasures.map(({ statement, proof }) => ({ statement, proof: cut(proof) }));
    return { presentation: bundle.presentation, proof: cut(bundle.proof), erasures };
  });
  return { head, statements, walk };
}

/** The other way round: each statement as the file that it is alone. The rows are those of all. */
export function bundlesIn({ head, statements }: Export): Bundle[] {
  const note = head.keyring.proof.slice(beforeNote(head.keyring.proof).length);
  return statements.map(({ presentation, proof, erasures }) => ({
    ...head,
    presentation,
    proof: proof + note,
    erasures: erasures.map((erasure) => ({ statement: erasure.statement, proof: erasure.proof + note })),
  }));
}

const isText = (value: Json | undefined): value is string => typeof value === "string";
const isProven = (value: Json | undefined): boolean =>
  isObject(value) && isText(value["statement"]) && isText(value["proof"]);

function isRow(value: Json): boolean {
  if (!isObject(value) || !isText(value["row"]) || !Number.isSafeInteger(value["index"])) return false;
  return isArray(value["path"]) && value["path"].every(isHashText);
}

/** What is not strict JSON (a name twice) has another spelling, so the exact comparison that follows refuses it too. */
function objectOf(line: string): JsonObject | null {
  try {
    const value = JSON.parse(line) as Json;
    return isObject(value) && line.isWellFormed() ? value : null;
  } catch {
    return null;
  }
}

/** One spelling, as of a bundle: anything but what `formatExport` writes is null. */
export function parseExportHead(line: string): ExportHead | null {
  const value = objectOf(line);
  if (!value) return null;
  const { version, keyring, policy } = value;
  const rows = isObject(keyring) ? keyring["rows"] : undefined;
  if (version !== 1 || !isProven(keyring) || !isArray(rows) || !rows.every(isRow) || !isText(policy)) return null;
  const head = { keyring: keyring as unknown as BundleKeyring, policy };
  return formatHead(head) === line ? head : null;
}

/** As `parseExportHead`. */
export function parseExportStatement(line: string): ExportStatement | null {
  const value = objectOf(line);
  if (!value) return null;
  const { presentation, proof, erasures = [] } = value;
  if (!isText(presentation) || !isText(proof) || !isArray(erasures) || !erasures.every(isProven)) return null;
  const statement = { presentation, proof, erasures: erasures as unknown as readonly BundleErasure[] };
  return isAsWritten(line, statement) ? statement : null;
}

/** Form only; `verifyExport` judges what the lines say. */
export function parseExport(input: string | Bytes): Result<Export, ExportRefusal> {
  const text = typeof input === "string" ? input : fromUtf8(input);
  if (text === null) return refuse(1);
  const lines = text.split("\n");
  if (lines.pop() !== "") return refuse(lines.length + 1);
  const head = parseExportHead(lines[0] ?? "");
  if (!head) return refuse(1);
  const end = lines.findIndex((line) => line.startsWith('{"seq":'));
  const statements: ExportStatement[] = [];
  const until = end < 0 ? lines.length : end;
  for (let at = 1; at < until; at++) {
    const statement = parseExportStatement(lines[at] as string);
    if (!statement) return refuse(at + 1);
    statements.push(statement);
  }
  const walk = parseWalk(
    lines
      .slice(until)
      .map((line) => `${line}\n`)
      .join(""),
  );
  return walk.ok ? ok({ head, statements, walk: walk.value }) : refuse(until + walk.failure.line);
}
