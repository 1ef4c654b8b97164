import { base64, hex } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { checkDossier } from "../dossier-check.ts";
import { checkLog } from "../log-check.ts";
import { argument, type Call, type Command, type Ended, isSet, must, noArguments } from "./command.ts";
import { openClient, pinnedPolicy, session } from "./session.ts";
import { table } from "./table.ts";

async function check(call: Call): Promise<Ended> {
  noArguments(call);
  const client = await openClient(call);
  const report = must(await checkLog(client, isSet(call, "all"), call.terminal.progress));
  call.terminal.endProgress();
  const { origin, from, size, checkpoints, entries, cosigners } = report;
  const root = base64(report.root);
  const text = [
    `${origin}: ${from === 0 ? "first look" : `from size ${from}`} to size ${size}`,
    `${checkpoints} published checkpoints verified, each continues the one before`,
    entries > 0 ? `${entries} entries and every tile recomputed` : "entries not read again: --all does",
    `cosigned by ${cosigners.join(", ") || "no witness: the policy asks for none"}`,
    `root ${root}`,
  ];
  return { value: { ...report, root }, text: `${text.join("\n")}\n` };
}

async function policy(call: Call): Promise<Ended> {
  noArguments(call);
  const text = await pinnedPolicy(call);
  const hash = hex(sha256(utf8(text)));
  return { value: { policy: text, sha256: hash }, text: `${text}# SHA-256 ${hash}\n` };
}

async function dossier(call: Call): Promise<Ended> {
  const subject = argument(call, "SUBJECT");
  const { client } = await session(call);
  const { opening, asOf, lines, ahead } = must(await checkDossier(client, subject));
  const rows = lines.map((it) => [`${it.seq}`, `${it.index}`, new Date(it.admittedAt).toISOString(), it.statementHash]);
  const complete = `complete as of log size ${asOf}: ${lines.length} statements, none withheld, none rewritten`;
  const later = ahead > 0 ? `; ${ahead} more are not in a published checkpoint yet` : "";
  const value = { subject, opening, asOf, ahead, lines };
  return { value, text: `${table(["seq", "index", "admitted", "statement"], rows)}${complete}${later}\n` };
}

export const logCommands: readonly Command[] = [
  {
    words: "log check",
    usage: "[--all] [--api URL]",
    says: "verifies every published checkpoint from the last one remembered; --all reads every entry and tile",
    example: "quasarix log check --all",
    options: { all: { type: "boolean" } },
    run: check,
  },
  {
    words: "log policy",
    usage: "",
    says: "shows the policy that this home believes, and its SHA-256",
    example: "quasarix log policy",
    run: policy,
  },
  {
    words: "dossier show",
    usage: "SUBJECT",
    says: "walks a dossier and checks that nothing of it was withheld",
    example: "quasarix dossier show site_...",
    run: dossier,
  },
];
