import { auditAccess } from "./access.ts";
import type { Mount } from "./app.ts";
import { auditExport } from "./audit-export.ts";
import { auditList } from "./audit-list.ts";
import { audits } from "./audits.ts";
import { calendars } from "./calendar.ts";
import { demand } from "./demand.ts";
import { discovery } from "./discovery.ts";
import { dossiers } from "./dossiers.ts";
import { evaluations } from "./evaluate.ts";
import { frameworks } from "./frameworks.ts";
import { genesis } from "./genesis.ts";
import { healthCheck } from "./health.ts";
import { intents } from "./intents.ts";
import { joints } from "./joints.ts";
import { keyChallenges } from "./key-challenge.ts";
import { keyring } from "./keyring.ts";
import { ledgers } from "./ledger.ts";
import { listings } from "./listings.ts";
import { log } from "./log.ts";
import { logCheckpoints } from "./log-checkpoints.ts";
import { documents } from "./openapi.ts";
import { operatorDenials } from "./operator-denials.ts";
import { operatorRowList } from "./operator-rows.ts";
import { organisations } from "./organisations.ts";
import { overlap } from "./overlap.ts";
import { ownColumns } from "./own-columns.ts";
import { ownLists } from "./own-lists.ts";
import { ownStatements } from "./own-statements.ts";
import { policies } from "./policies.ts";
import { receipts } from "./receipts.ts";
import { recognitions } from "./recognitions.ts";
import { reference } from "./reference.ts";
import { releasePlans } from "./release-plans.ts";
import { releases } from "./releases.ts";
import { requests } from "./requests.ts";
import { rulebooks } from "./rulebook.ts";
import { schemes } from "./schemes.ts";
import { siteMatch } from "./site-match.ts";
import { sites } from "./sites.ts";
import { statements } from "./statements.ts";
import { subjects } from "./subjects.ts";

/** Every resource, one line each. `documents` stays last: it describes the others. */
export const mounts: readonly Mount[] = [
  genesis,
  statements,
  ownStatements,
  audits,
  auditExport,
  auditList,
  auditAccess,
  keyring,
  operatorRowList,
  operatorDenials,
  organisations,
  keyChallenges,
  subjects,
  sites,
  siteMatch,
  ownLists,
  listings,
  ownColumns,
  rulebooks,
  discovery,
  overlap,
  schemes,
  frameworks,
  policies,
  evaluations,
  requests,
  intents,
  joints,
  demand,
  recognitions,
  ledgers,
  releasePlans,
  releases,
  calendars,
  receipts,
  dossiers,
  logCheckpoints,
  log,
  healthCheck,
  reference,
  documents,
];
