import { accessCommands } from "./access.ts";
import { auditCommands } from "./audit.ts";
import { bundleCommand } from "./bundle.ts";
import { calendarCommand } from "./calendar.ts";
import type { Command } from "./command.ts";
import { demandCommand } from "./demand.ts";
import { denialCommands } from "./denials.ts";
import { discoveryCommands } from "./discovery.ts";
import { evaluateCommand } from "./evaluate.ts";
import { frameworkCommands } from "./framework.ts";
import { grantCommands } from "./grant.ts";
import { hintCommands } from "./hints.ts";
import { intentCommands } from "./intent.ts";
import { jointCommands } from "./joint.ts";
import { ledgerCommand } from "./ledger.ts";
import { logCommands } from "./log.ts";
import { operatorCommands } from "./operator.ts";
import { orgCommands } from "./org.ts";
import { overlapCommand } from "./overlap.ts";
import { policyCommands } from "./policy.ts";
import { receiptCommands } from "./receipt.ts";
import { recognitionCommands } from "./recognition.ts";
import { releaseCommands } from "./release.ts";
import { releaseAdd } from "./release-add.ts";
import { releasePage } from "./release-page.ts";
import { releasePlace } from "./release-place.ts";
import { releasePlanCommands } from "./release-plan.ts";
import { releaseShow } from "./release-show.ts";
import { releaseTrend } from "./release-trend.ts";
import { requestCommands } from "./request.ts";
import { responseCommands } from "./response.ts";
import { rulebookCommands } from "./rulebook.ts";
import { schemeCommands } from "./scheme.ts";
import { siteCommands } from "./site.ts";
import { siteDoublesCommand } from "./site-doubles.ts";
import { siteImportCommand } from "./site-import.ts";
import { siteLookUpCommand } from "./site-look-up.ts";
import { siteMatchCommand } from "./site-match.ts";
import { siteMergeCommands } from "./site-merge.ts";
import { ownSiteCommands } from "./site-own.ts";
import { verifyCommand } from "./verify.ts";

/** Every command of `quasarix`, in the order of its help. */
export const commands: readonly Command[] = [
  ...orgCommands,
  ...operatorCommands,
  siteDoublesCommand,
  ...siteMergeCommands,
  ...denialCommands,
  overlapCommand,
  ...siteCommands,
  siteLookUpCommand,
  siteMatchCommand,
  siteImportCommand,
  ...ownSiteCommands,
  ...auditCommands,
  evaluateCommand,
  ...policyCommands,
  ...schemeCommands,
  ...frameworkCommands,
  ...responseCommands,
  ...intentCommands,
  ...jointCommands,
  demandCommand,
  ...hintCommands,
  ...recognitionCommands,
  ledgerCommand,
  calendarCommand,
  ...releasePlanCommands,
  ...releaseCommands,
  releaseShow,
  releasePlace,
  releaseTrend,
  releaseAdd,
  releasePage,
  ...grantCommands,
  ...requestCommands,
  ...accessCommands,
  ...discoveryCommands,
  ...rulebookCommands,
  ...receiptCommands,
  ...logCommands,
  bundleCommand,
  verifyCommand,
];

/** The command that the first words name, and what is left of them. */
export function commandFor(words: readonly string[]): { command: Command; rest: readonly string[] } | null {
  for (const length of [3, 2, 1]) {
    const name = words.slice(0, length).join(" ");
    const command = commands.find((it) => it.words === name);
    if (command) return { command, rest: words.slice(length) };
  }
  return null;
}
