import { utf8 } from "@quasarix/shared/bytes.ts";
import { RECEIPT_CSV_HEADER } from "@quasarix/shared/policy/receipt-csv.ts";
import { checkReceipts } from "../receipt-chain.ts";
import { all, type ReceiptPart, type Routes } from "../routes.ts";
import { type Call, type Command, type Ended, must, noArguments, optional } from "./command.ts";
import { writeOut } from "./input.ts";
import { momentOf } from "./moment.ts";
import { session } from "./session.ts";
import { table } from "./table.ts";

const momentIn = (call: Call, name: string): number | undefined => {
  const text = optional(call, name);
  return text === undefined ? undefined : momentOf(text);
};

/** Who looked: every read of the supplier's sites leaves one of these. */
async function list(call: Call): Promise<Ended> {
  noArguments(call);
  const part = { site: optional(call, "site"), from: momentIn(call, "from"), until: momentIn(call, "until") };
  const { client } = await session(call);
  const file = optional(call, "csv");
  if (file !== undefined) return csvTo(file, await csvOf(client.routes, part));
  const reads = must(await all((cursor) => client.routes.receipts({ cursor, limit: 100, ...part })));
  const rows = reads.map((it) => [
    new Date(it.at).toISOString(),
    it.reader,
    it.audit,
    it.sections.join(","),
    it.purpose,
    it.standing,
  ]);
  return { value: reads, text: table(["at", "reader", "audit", "sections", "purpose", "right"], rows) };
}

/** All files of the list as one: each begins with the header. */
async function csvOf(routes: Routes, part: ReceiptPart): Promise<string> {
  const texts = [RECEIPT_CSV_HEADER];
  let cursor: string | undefined;
  do {
    const { text, next } = must(await routes.receiptsCsv({ ...part, cursor }));
    texts.push(text.slice(text.indexOf("\r\n") + 2));
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return texts.join("");
}

/** `-` is standard output, as it is. */
export async function csvTo(file: string, csv: string): Promise<Ended> {
  const bytes = utf8(csv);
  if (file === "-") return { value: null, text: "", raw: bytes };
  await writeOut(file, bytes);
  return { value: { file, bytes: bytes.length }, text: `written to \`${file}\`\n` };
}

async function check(call: Call): Promise<Ended> {
  noArguments(call);
  const { client, identity } = await session(call);
  const checked = must(await checkReceipts(client, identity.org));
  const { receipts, before, logged } = checked;
  const text = `${receipts} receipts, one upon the other; the ${before} of the last check are among them; the log vouches for ${logged}\n`;
  return { value: checked, text };
}

export const receiptCommands: readonly Command[] = [
  {
    words: "receipt list",
    usage: "[--site SITE] [--from DATE] [--until DATE] [--csv FILE|-]",
    says: "lists who read what of your sites; with --csv as a file for people, names beside ids",
    example: "quasarix receipt list --from 2026-11-01 --csv receipts.csv",
    options: {
      site: { type: "string" },
      from: { type: "string" },
      until: { type: "string" },
      csv: { type: "string" },
    },
    run: list,
  },
  {
    words: "receipt check",
    usage: "",
    says: "walks your chain of receipts: whole, as you saw it last, and as the log holds it",
    example: "quasarix receipt check",
    run: check,
  },
];
