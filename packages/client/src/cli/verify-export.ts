import { bytes32, hex } from "@quasarix/shared/base64.ts";
import { type Bytes, utf8 } from "@quasarix/shared/bytes.ts";
import { parseExport } from "@quasarix/shared/statement/export.ts";
import { type Finding, STEPS, type Verdict } from "@quasarix/shared/statement/verify-bundle.ts";
import type { ExportVerdict } from "@quasarix/shared/statement/verify-export.ts";
import type { Ended } from "./command.ts";
import type { Exit } from "./exit.ts";
import { printable } from "./table.ts";

const HEADLINE: Readonly<Record<Verdict["exit"], string>> = {
  0: "valid",
  1: "refused",
  3: "consistent, but under an unpinned policy",
  4: "sound, but the key is disputed",
};

export const headlineOf = ({ exit, policyHash }: Pick<Verdict, "exit" | "policyHash">): string =>
  exit === 3 ? `${HEADLINE[exit]} ${policyHash}` : HEADLINE[exit];

export function sectionLines(sections: Finding["sections"]): string[] {
  return (["disclosed", "withheld", "erased"] as const).flatMap((state) => {
    const names = Object.entries(sections).filter(([, it]) => it === state);
    return names.length > 0 ? [`${state}: ${names.map(([name]) => name || "(top level)").join(", ")}`] : [];
  });
}

const BEGINS = utf8('{"version":1,"keyring":');

/** By its first bytes: a bundle has its presentation there. */
export const isExport = (file: Bytes): boolean => BEGINS.every((byte, i) => file[i] === byte);

/** The steps of all statements together, then what each of them says. The walk takes the log: `dossier show` checks it. */
export function exportEnded(file: Bytes, verdict: ExportVerdict): Ended {
  const read = parseExport(file);
  const walk = read.ok ? read.value.walk.length : 0;
  const lines = [headlineOf(verdict), ...stepLines(verdict), ...verdict.findings.flatMap(findingLines)];
  if (verdict.refused) {
    const { line, step, reason } = verdict.refused;
    lines.push(`line ${line} refused at step ${step}: ${reason}`);
  }
  if (walk > 0) lines.push(`with ${walk} headers of its dossier, which only the log can vouch for`);
  if (verdict.asOf !== undefined) lines.push(`as of log size ${verdict.asOf}`);
  const { findings, ...told } = verdict;
  const value = { ...told, walk, statements: findings.map(jsonOf) };
  return { value, text: `${lines.join("\n")}\n`, exit: verdict.exit satisfies Exit };
}

function stepLines({ exit, refused, policyHash }: ExportVerdict): string[] {
  const end = refused ? STEPS.indexOf(refused.step) : STEPS.length;
  const held = STEPS.slice(0, end).map((step) =>
    step === "pin" && exit === 3 ? `  FAIL pin: unpinned policy ${policyHash}` : `  ok   ${step}`,
  );
  return refused ? [...held, `  FAIL ${refused.step}: ${refused.reason}, line ${refused.line}`] : held;
}

function findingLines({ statement, index, admittedAt, sections, standing }: Finding): string[] {
  const { claims, hash } = statement;
  const answers = claims.re === undefined ? "" : `, on ${hex(bytes32(claims.re, "re"))}`;
  const what = `${claims.vct} of ${claims.sub} by ${claims.iss}${answers}`;
  return [
    `statement ${hex(hash)}`,
    `  ${printable(what)}${claims.provenance ? `, ${claims.provenance}` : ""}`,
    `  log index ${index}, admitted ${new Date(admittedAt).toISOString()}; its key is ${standing}`,
    ...sectionLines(sections).map((line) => `  ${line}`),
  ];
}

const jsonOf = ({ statement, index, admittedAt, sections, standing }: Finding) => ({
  statementHash: hex(statement.hash),
  index,
  admittedAt,
  standing,
  claims: statement.claims,
  sections,
  content: Object.fromEntries(
    [...statement.sections].filter(([, it]) => it.state === "complete").map(([name, { members }]) => [name, members]),
  ),
});
