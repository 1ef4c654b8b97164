import { SHARING_SAYS, type SharingRight } from "@quasarix/shared/audit/existence.ts";
import type { LifecycleView } from "@quasarix/shared/wire/lifecycle.ts";
import type { OpenedAudit, OpenedResponse } from "../audit-view.ts";
import { type ReadScore, scoresText } from "./score-text.ts";
import { printable } from "./table.ts";

type Members = Readonly<Record<string, unknown>>;

const RESPONSE_SAYS: Readonly<Record<LifecycleView["response"], string>> = {
  awaited: "no answer of its supplier yet",
  "no-reply": "no reply of its supplier, which is no acceptance",
  replied: "its supplier replied",
  disputed: "its supplier disputes it",
  accepted: "its supplier accepts it",
};

const moment = (at: number): string => new Date(at).toISOString();

/** Where it stands with its supplier, and what stands in its place. */
export function lifecycleText({ state, finalAt, response, correctedBy }: LifecycleView): string[] {
  const when =
    state === "draft" || finalAt === null
      ? "draft: its supplier has not opened it"
      : state === "delivered"
        ? `delivered: answers until ${moment(finalAt)}`
        : `final since ${moment(finalAt)}`;
  const lines = [`${when}; ${RESPONSE_SAYS[response]}`];
  return correctedBy === null ? lines : [...lines, `corrected: audit ${correctedBy} stands in its place`];
}

/** For a column: until when, or what came. */
export const answerText = ({ finalAt, response }: LifecycleView): string =>
  response === "awaited" && finalAt !== null ? `until ${moment(finalAt).slice(0, 10)}` : response;

export function sharingText(existence: Members | undefined): string[] {
  const right = existence?.["sharing"];
  const says = typeof right === "string" ? SHARING_SAYS[right as SharingRight] : undefined;
  return says === undefined ? [] : [`may be shared: ${says}`];
}

/**
 * Sections in the order of the statement; above the scores what they say in words, beside a finding what the supplier says
 * of it.
 */
export function sectionsText(
  content: Readonly<Record<string, Members>>,
  { responses }: OpenedAudit,
  scores: readonly ReadScore[] = [],
): string[] {
  return Object.entries(content).flatMap(([name, members]) => [
    `${name}:`,
    ...(name === "scores" ? scoresText(scores) : []),
    ...(name === "findings" ? findingsText(members, responses) : indented(members)),
  ]);
}

function findingsText(members: Members, responses: readonly OpenedResponse[]): string[] {
  const { findings, ...others } = members;
  if (!Array.isArray(findings)) return indented(members);
  const lines = findings.flatMap((finding: Members) => [...indented(finding), ...beside(finding, responses)]);
  return Object.keys(others).length > 0 ? [...lines, ...indented(others)] : lines;
}

function beside(finding: Members, responses: readonly OpenedResponse[]): string[] {
  const lines: string[] = [];
  for (const response of responses) {
    const members = membersOf(response);
    for (const { finding: number, done, text } of listOf(members["answers"]))
      if (number === finding["number"])
        lines.push(`${done === true ? "done" : ""}${done === true && text ? ": " : ""}${text ?? ""}`);
    const isDisputed = response.type === "dispute" && Array.isArray(members["findings"]);
    if (isDisputed && (members["findings"] as unknown[]).includes(finding["number"])) lines.push("disputed, see below");
  }
  return lines.flatMap((line) => quoted(`supplier: ${line}`));
}

/** What was said of the audit as a whole. */
export const responsesText = ({ responses }: OpenedAudit): string[] =>
  responses.flatMap((response) => {
    const { type, admittedAt, statement } = response;
    const head = `${type} of ${moment(admittedAt)} by ${statement.claims.iss}`;
    const stance = statement.claims["stance"] === "accepts" ? ", which accepts it" : "";
    return [`${head}${stance}:`, ...saysOf(membersOf(response)).flatMap(quoted)];
  });

function saysOf(members: Members): string[] {
  const { text, why, field, value, answers, findings } = members;
  const plain = [text, why].filter((one) => typeof one === "string") as string[];
  if (field !== undefined) plain.push(`${field}: ${value}`);
  if (Array.isArray(findings)) plain.push(`findings ${findings.join(", ")}`);
  for (const answer of listOf(answers)) plain.push(`finding ${answer["finding"]}: answered above`);
  return plain.length > 0 ? plain : ["(no text)"];
}

/** The members of a response's one section. */
export const membersOf = ({ type, statement }: OpenedResponse): Members => statement.sections.get(type)?.members ?? {};

const listOf = (value: unknown): readonly Members[] => (Array.isArray(value) ? (value as Members[]) : []);

const quoted = (text: string): string[] => text.split("\n").map((line) => `  > ${printable(line)}`);

/** JSON escapes control characters; what is left to guard are the ones it leaves, such as direction marks. */
const indented = (value: unknown): string[] =>
  JSON.stringify(value, null, 2)
    .split("\n")
    .map((line) => `  ${printable(line)}`);
