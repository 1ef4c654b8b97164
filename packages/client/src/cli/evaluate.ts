import { type Catalogue, schemeName } from "@quasarix/shared/audit/scheme/catalogue.ts";
import { evaluationViewOf } from "@quasarix/shared/wire/evaluate.ts";
import { type EvaluatedAudit, evaluateAudit, evaluateSite, type Measure } from "../evaluation.ts";
import { type Call, type Command, type Ended, isSet, must, noArguments, optional } from "./command.ts";
import { UsageError } from "./exit.ts";
import { CATALOGUE_OPTION, catalogueFor } from "./own-catalogue.ts";
import { policyFor } from "./policy-choice.ts";
import { purposeOf } from "./reading.ts";
import { session } from "./session.ts";
import { printable } from "./table.ts";

const viewOf = ({ audit, basis, evaluation }: EvaluatedAudit) => ({ ...evaluationViewOf(audit, evaluation), basis });

function textOf(one: EvaluatedAudit, catalogue: Catalogue): string {
  const { audit, facts, basis } = one;
  const { verdict, reasons, until, acceptableWith } = viewOf(one);
  const what = `${schemeName(catalogue, facts.scheme)} ${facts.schemeVersion} of ${facts.auditFrom}`;
  const lines = [
    `${verdict}${until === null ? "" : ` until ${until}`}: audit ${audit}, ${what}, from ${basis.join(", ")}`,
    ...reasons.map(({ says }) => `  ${says}`),
    ...acceptableWith.map((step) => `  + ${step}`),
  ];
  return `${lines.map(printable).join("\n")}\n`;
}

async function evaluate(call: Call): Promise<Ended> {
  noArguments(call);
  const [site, audit] = [optional(call, "site"), optional(call, "audit")];
  if ((site === undefined) === (audit === undefined)) throw new UsageError("--site SITE or --audit AUDIT, one of them");
  const { client } = await session(call);
  const measure: Measure = {
    policy: await policyFor(call, client),
    catalogue: await catalogueFor(call),
    today: new Date(client.host.now()).toISOString().slice(0, 10),
    purpose: purposeOf(optional(call, "purpose") ?? "audit-avoidance"),
    existenceOnly: isSet(call, "existence-only"),
  };
  const evaluated =
    audit === undefined
      ? must(await evaluateSite(client, site as string, measure))
      : [must(await evaluateAudit(client, audit, measure))];
  const none = "no audit of this site is open to you for this purpose\n";
  const text = evaluated.map((one) => textOf(one, measure.catalogue)).join("");
  return { value: evaluated.map(viewOf), text: text === "" ? none : text };
}

export const evaluateCommand: Command = {
  words: "audit evaluate",
  usage:
    "--site SITE|--audit AUDIT [--policy POLICY|PRESET|FILE] [--purpose PURPOSE] [--existence-only] [--catalogue FILE]",
  says: "says whether audits do in place of your own, why, and what would make them; reads what was granted, which the supplier sees",
  example: "quasarix audit evaluate --site site_... --policy policy.json",
  options: {
    site: { type: "string" },
    audit: { type: "string" },
    policy: { type: "string" },
    purpose: { type: "string" },
    "existence-only": { type: "boolean" },
    ...CATALOGUE_OPTION,
  },
  run: evaluate,
};
