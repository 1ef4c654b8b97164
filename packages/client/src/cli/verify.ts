import { hex } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { parseTlogPolicy } from "@quasarix/shared/log/tlog-policy.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { type Verdict, verifyBundle } from "@quasarix/shared/statement/verify-bundle.ts";
import { verifyExport } from "@quasarix/shared/statement/verify-export.ts";
import { readPolicy } from "../node/config.ts";
import { nodeVerify } from "../node/host.ts";
import { argument, type Call, type Command, type Ended, several } from "./command.ts";
import { type Exit, UsageError } from "./exit.ts";
import { readBytes } from "./input.ts";
import { printable } from "./table.ts";
import { exportEnded, headlineOf, isExport, sectionLines } from "./verify-export.ts";

const HEX_HASH = /^[0-9a-f]{64}$/;

/** FORMATS 5: a policy file, or the hex SHA-256 of its bytes. A file that is no policy pins nothing and is a mistake. */
async function pinOf(text: string): Promise<string> {
  if (HEX_HASH.test(text)) return text;
  const bytes = await readBytes(text);
  if (!parseTlogPolicy(new TextDecoder().decode(bytes)).ok) throw new UsageError(`\`${text}\` is not a policy`);
  return hex(sha256(bytes));
}

/** Without `--policy`, the one that this home believes. No network, no account. */
async function pinsOf(call: Call): Promise<string[]> {
  const given = several(call, "policy");
  if (given.length > 0) return Promise.all(given.map(pinOf));
  const own = await readPolicy(call.home);
  if (own === null) throw new UsageError("--policy is missing: a policy file, or its SHA-256 in hex");
  return [hex(sha256(utf8(own)))];
}

function linesOf(verdict: Verdict): string[] {
  const lines = [headlineOf(verdict)];
  for (const { step, ok, detail } of verdict.steps)
    lines.push(`  ${ok ? "ok  " : "FAIL"} ${step}${detail ? `: ${printable(detail)}` : ""}`);
  const { refused, statementHash, claims, index, asOf, admittedAt, cosigners = [], ignored = [] } = verdict;
  if (refused) lines.push(`refused at step ${refused.step}: ${refused.reason}`);
  if (statementHash !== undefined) lines.push(`statement ${statementHash}`);
  if (claims)
    lines.push(`${claims.vct} of ${claims.sub} by ${claims.iss}${claims.provenance ? `, ${claims.provenance}` : ""}`);
  if (index !== undefined && admittedAt !== undefined)
    lines.push(`log index ${index}, admitted ${new Date(admittedAt).toISOString()}`);
  lines.push(...sectionLines(verdict.sections ?? {}));
  if (cosigners.length > 0) lines.push(`cosigned by ${cosigners.join(", ")}`);
  if (ignored.length > 0) lines.push(`ignored signatures: ${ignored.map(printable).join(", ")}`);
  if (asOf !== undefined) lines.push(`as of log size ${asOf}`);
  return lines;
}

async function verify(call: Call): Promise<Ended> {
  const file = argument(call, "FILE");
  const pins = await pinsOf(call);
  const bytes = await readBytes(file);
  if (isExport(bytes)) return exportEnded(bytes, await verifyExport(bytes, pins, nodeVerify()));
  const verdict = await verifyBundle(bytes, pins, nodeVerify());
  return { value: verdict, text: `${linesOf(verdict).join("\n")}\n`, exit: verdict.exit satisfies Exit };
}

export const verifyCommand: Command = {
  words: "verify",
  usage: "FILE [--policy PINNED]...",
  says: "verifies a bundle or an export offline, naming each step; exit 0 valid, 1 refused, 3 unpinned policy, 4 disputed key",
  example: "quasarix verify audit.quasarix.json --policy consortium.tlog-policy",
  options: { policy: { type: "string", multiple: true } },
  run: verify,
};
