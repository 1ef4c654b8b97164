import type { LedgerView } from "@quasarix/shared/wire/ledger.ts";
import { type CheckedLedger, checkLedger } from "../ledger-check.ts";
import { type Call, type Command, type Ended, isSet, must, noArguments } from "./command.ts";
import { session } from "./session.ts";

type Saved = NonNullable<LedgerView["consortium"]>["saved"];

async function run(call: Call): Promise<Ended> {
  noArguments(call);
  const { client, identity } = await session(call);
  const ledger = must(await client.routes.ledger());
  const checked = isSet(call, "check") ? must(await checkLedger(client, identity.org, ledger)) : null;
  const lines = [...textOf(ledger), ...(checked ? checkedText(checked, ledger) : [])];
  return { value: checked ? { ...ledger, checked } : ledger, text: `${lines.join("\n")}\n` };
}

const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? "" : "s"}`;

/** `3 audits avoided; 2.5 auditor days; 2400.00 EUR`. */
function savedText({ avoided, days, money }: Saved): string {
  const sums = money.map(({ amount, currency }) => `${amount} ${currency}`);
  return [`${plural(avoided, "audit")} avoided`, plural(days, "auditor day"), ...sums].join("; ");
}

const FEW = "not shown: fewer than five members had a part in it";

/** What the figures are, and what proves them. */
function textOf({ batch, member, supplier, consortium, anyway }: LedgerView): string[] {
  const lines: string[] = [];
  if (member) {
    lines.push(`you: ${savedText(member.saved)}`);
    if (member.joints.length > 0)
      lines.push(`  and ${plural(member.joints.length, "joint audit")}, each one audit that several of you share`);
    lines.push("  from your own statements: `quasarix recognition list`");
  }
  if (supplier) {
    const { recognised, audits, joints, saved } = supplier;
    lines.push(
      `your sites: ${plural(audits.length, "audit")} stood in place of ${recognised} others; ${plural(joints, "joint audit")}`,
    );
    lines.push(
      `  avoided by your customers: ${saved ? savedText(saved) : FEW}`,
      ...audits.map((audit) => `  ${audit}`),
    );
  }
  lines.push(`the consortium: ${consortium ? savedText(consortium.saved) : FEW}`);
  if (consortium) {
    const { batch: last, jointBatch, recognitions, joints } = consortium;
    lines.push(
      `  from ${recognitions} recognitions up to batch ${last}, ${plural(joints, "joint audit")} up to batch ${jointBatch}`,
    );
  }
  for (const { says, times } of anyway)
    lines.push(`  ordered although an audit covered the need, ${times} times: ${says}`);
  if (batch === 0) lines.push("No batch is closed yet: of others nothing is counted.");
  return [...lines, "Nothing is estimated: these are sums of what members signed, and no currency is converted."];
}

function checkedText({ recognitions, statements, own }: CheckedLedger, { consortium }: LedgerView): string[] {
  const lines = [`Checked: your figures are the sum of ${plural(recognitions, "statement")} that you signed.`];
  if (consortium === null) return lines;
  const rest = "What the others say only their members can check.";
  return [
    ...lines,
    `The consortium's are made of ${statements} statements, each once; ${own} of them are yours. ${rest}`,
  ];
}

export const ledgerCommand: Command = {
  words: "ledger",
  usage: "[--check]",
  says: "audits avoided, auditor days and money: yours, and the consortium's; --check holds them against the statements",
  example: "quasarix ledger --check",
  options: { check: { type: "boolean" } },
  run,
};
