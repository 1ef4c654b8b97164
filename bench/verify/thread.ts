import { hash } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { useNodeEngines } from "@quasarix/client/node/engines.ts";
import { nodeVerify } from "@quasarix/client/node/host.ts";
import { hex } from "@quasarix/shared/base64.ts";
import { type Bytes, utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { parseExportHead, parseExportStatement } from "@quasarix/shared/statement/export.ts";
import { splitJws } from "@quasarix/shared/statement/jws.ts";
import { openExport, verifyExported } from "@quasarix/shared/statement/verify-export.ts";

/** A share of an export's lines; each thread opens the head for itself. */
export interface Share {
  readonly head: string;
  readonly lines: readonly string[];
  readonly policy: string;
  readonly publicKey: Bytes;
}

/**
 * `verify`: what verification costs whole; `raw`: its signatures alone; `least`: with them, by Node's own functions and
 * without a check of ours, the JSON, base64url and SHA-256 that no verifier of these bytes can leave out.
 */
export type Task = "verify" | "raw" | "least";

const share = workerData as Share;
useNodeEngines();
const verify = nodeVerify();

async function whole(): Promise<void> {
  const head = parseExportHead(share.head);
  if (!head) throw new Error("the head does not parse");
  const opened = await openExport(head, [hex(sha256(utf8(share.policy)))], verify);
  if (!opened.ok || !opened.value.isPinned) throw new Error("the export does not open");
  for (const line of share.lines) {
    const statement = parseExportStatement(line);
    const finding = statement && (await verifyExported(statement, opened.value, verify));
    if (!finding?.ok) throw new Error(`a statement is refused: ${finding?.failure.reason}`);
  }
}

const signed = share.lines.map((line) => {
  const jws = splitJws((parseExportStatement(line)?.presentation ?? "").split("~")[0] as string);
  if (!jws.ok) throw new Error("a statement is no JWS");
  return { signature: jws.value.signature, message: jws.value.signed };
});

async function raw(): Promise<void> {
  for (const { signature, message } of signed) {
    if (!(await verify(share.publicKey, signature, message))) throw new Error("a signature does not hold");
  }
}

const decoded = (text: string): unknown => JSON.parse(Buffer.from(text, "base64url").toString());

async function least(): Promise<void> {
  for (const [at, line] of share.lines.entries()) {
    const { presentation } = JSON.parse(line) as { presentation: string };
    const [jwt = "", ...disclosures] = presentation.split("~");
    decoded(jwt.split(".")[1] as string);
    hash("sha256", jwt, "base64url");
    for (const disclosure of disclosures.slice(0, -1)) {
      decoded(disclosure);
      hash("sha256", disclosure, "base64url");
    }
    const { signature, message } = signed[at] as (typeof signed)[number];
    if (!(await verify(share.publicKey, signature, message))) throw new Error("a signature does not hold");
  }
}

const tasks: Readonly<Record<Task, () => Promise<void>>> = { verify: whole, raw, least };

async function run(task: Task): Promise<void> {
  await tasks[task]();
  parentPort?.postMessage(task);
}

// A task that throws is an unhandled rejection, which ends the thread with its error.
parentPort?.on("message", (task: Task) => void run(task));
parentPort?.postMessage("ready");
