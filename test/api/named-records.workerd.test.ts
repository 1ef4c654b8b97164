import { auditOf, consentOf, revokeOf, type Saying, submissionOf } from "@quasarix/client/drafts.ts";
import { recognitionOf } from "@quasarix/client/recognition-drafts.ts";
import { answerOf, requestOf } from "@quasarix/client/request-drafts.ts";
import { correctionOf, disputeOf, replyOf } from "@quasarix/client/response-drafts.ts";
import { beforeAll, expect, test } from "vitest";
import { duty, newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

const MISSING = "A".repeat(43);
const UNTIL = Date.now() + 86_400_000;
const given = { notBefore: 0, notAfter: UNTIL };

let world: World;
const who = {} as Record<"mill" | "quarry" | "firm" | "assay" | "birch" | "cedar", Org>;
/** Records of others: an auditor's audit of the mill, and what birch and the mill said in their own dossiers. */
const of = {} as Record<"audit" | "copy" | "submission" | "request" | "consent" | "grant", string>;
let site = "";
let own = "";

beforeAll(async () => {
  world = await newWorld();
  for (const name of ["mill", "quarry"] as const) who[name] = await world.admit(name, "supplier");
  for (const name of ["firm", "assay"] as const) who[name] = await world.admit(name, "auditor");
  for (const name of ["birch", "cedar"] as const) who[name] = await world.admit(name, "member");
  site = await world.openSite(who.mill);
  const say = async (org: Org, saying: Saying) => (await world.say(org, saying)).statementHash;
  own = await say(who.assay, auditOf(site, "auditor-signed", auditContent()));
  of.audit = await say(who.firm, auditOf(site, "auditor-signed", auditContent()));
  of.submission = (await world.submit(who.birch, site, auditContent())).statementHash;
  await duty();
  const state = await world.json<{ audit: string }>(who.birch, "GET", `/v1/submissions/${of.submission}`);
  of.copy = state.audit;
  const asks = { site, requestSections: ["existence" as const], purposes: ["due-diligence" as const], until: UNTIL };
  of.request = await say(who.birch, requestOf(who.birch.id, asks));
  of.consent = await say(who.birch, consentOf(who.birch.id, { audit: of.copy, consentSections: ["scores"], ...given }));
  of.grant = (
    await world.grant(who.mill, {
      grantee: who.birch.id,
      site,
      grantSections: ["scores"],
      purposes: ["due-diligence"],
      ...given,
    })
  ).statementHash;
}, 60_000);

/** What the caller hears of one statement, without the number of its request. */
async function told(org: Org, saying: Saying): Promise<unknown> {
  const [line] = await world.lines("/v1/statements", [await world.issue(org, saying)], org);
  if (!line || !("problem" in line)) return "taken";
  const { "request-id": _, ...problem } = line.problem;
  return problem;
}

const right = { why: "Wrong." };
const ask = (audit: string) =>
  requestOf(who.cedar.id, {
    site,
    audit,
    requestSections: ["existence"],
    purposes: ["due-diligence"],
    until: UNTIL,
  });

// What `names` is there, and not for `by` to know of.
test.each<{ what: string; by: keyof typeof who; names: keyof typeof of; say: (hash: string) => Saying }>([
  { what: "a correction of it", by: "assay", names: "audit", say: (audit) => correctionOf({ audit, site }, right) },
  { what: "a correction of it", by: "cedar", names: "copy", say: (audit) => correctionOf({ audit, site }, right) },
  {
    what: "a correction by it",
    by: "assay",
    names: "audit",
    say: (by) => correctionOf({ audit: own, site }, {}, { by }),
  },
  { what: "a reply to it", by: "quarry", names: "audit", say: (audit) => replyOf({ audit, site }, { text: "No." }) },
  { what: "a dispute of it", by: "quarry", names: "audit", say: (audit) => disputeOf({ audit, site }, right) },
  { what: "a request for it", by: "cedar", names: "audit", say: ask },
  { what: "a request for it", by: "cedar", names: "copy", say: ask },
  {
    what: "a consent to share it",
    by: "cedar",
    names: "copy",
    say: (audit) => consentOf(who.cedar.id, { audit, consentSections: ["scores"], ...given }),
  },
  ...(["audit", "copy"] as const).map((names) => ({
    what: "a recognition of it",
    by: "cedar" as const,
    names,
    say: (audit: string) =>
      recognitionOf(who.cedar.id, { audit, instead: { scheme: "urn:quasarix:scheme:smeta" }, saved: { days: 1 } }),
  })),
  {
    what: "a report in place of it",
    by: "cedar",
    names: "submission",
    say: (re) => submissionOf(who.cedar.id, site, auditContent(), re),
  },
  {
    what: "an answer to it",
    by: "quarry",
    names: "request",
    say: (re) => answerOf(who.quarry.id, re, { answer: "no" }),
  },
  { what: "a revocation of it", by: "cedar", names: "grant", say: (re) => revokeOf(who.cedar.id, re) },
  { what: "a revocation of it", by: "mill", names: "consent", say: (re) => revokeOf(who.mill.id, re) },
  { what: "a revocation of it", by: "mill", names: "request", say: (re) => revokeOf(who.mill.id, re) },
])("another's $names is to $by, in $what, as if there were none", async ({ by, names, say }) => {
  const real = await told(who[by], say(of[names]));
  expect(real).not.toBe("taken");
  expect(real).toEqual(await told(who[by], say(MISSING)));
});
