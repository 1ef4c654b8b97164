import { consentOf, revokeOf, rulebookOf, termsOf } from "@quasarix/client/drafts.ts";
import { frameworkOf } from "@quasarix/client/framework-drafts.ts";
import { fsck } from "@quasarix/client/fsck.ts";
import { intentOf } from "@quasarix/client/intent-drafts.ts";
import { listingOf } from "@quasarix/client/listing-drafts.ts";
import { mergeOf, splitOf } from "@quasarix/client/merge-drafts.ts";
import { policyOf } from "@quasarix/client/policy-drafts.ts";
import { correctionOf, disputeOf, replyOf } from "@quasarix/client/response-drafts.ts";
import { QUASARIX_1 } from "@quasarix/shared/benchmark/framework/quasarix/first.ts";
import { PRESETS } from "@quasarix/shared/duplicate/presets.ts";
import type { SubmissionState } from "@quasarix/shared/wire/statement.ts";
import { beforeAll, expect, test } from "vitest";
import { holdDuty, runDuty } from "../crash/duty-hand.ts";
import { plan } from "../duplicate/buyers.ts";
import { forgetInterval, publishAll } from "../sequencer/log.ts";
import { clientFor } from "../workerd-client.ts";
import { env, newWorld } from "../workerd-world.ts";
import { auditContent, type World } from "../world.ts";

let world: World;

/** One statement at least of each type that has a projection, revocations of each kind of what can be revoked. */
beforeAll(async () => {
  world = await newWorld();
  const mill = await world.admit("mill", "supplier");
  const birch = await world.admit("birch", "member");
  const firm = await world.admit("firm", "auditor");
  const site = await world.openSite(mill);
  const { statementHash: rulebook } = await world.say(
    world.operator,
    rulebookOf(env.ORIGIN, {
      mode: "pool",
      receipts: { show: "named" },
      requesters: "named",
      reciprocityDays: null,
      embargo: "none",
    }),
  );
  await world.say(world.operator, frameworkOf(env.ORIGIN, QUASARIX_1));
  const terms = await world.say(mill, termsOf(mill.id, { site, rulebook }));
  await world.say(mill, revokeOf(mill.id, terms.statementHash));
  await world.say(birch, listingOf(birch.id, { relation: "current", sites: [site] }));
  const intent = await world.say(birch, intentOf(birch.id, plan(site)));
  await world.say(birch, revokeOf(birch.id, intent.statementHash));
  await world.say(birch, policyOf(birch.id, PRESETS["any-recent"].policy));
  const { statementHash: submission } = await world.submit(birch, site, auditContent());
  await runDuty();
  const { audit } = await world.json<SubmissionState>(birch, "GET", `/v1/submissions/${submission}`);
  const window = { notBefore: 0, notAfter: Number.MAX_SAFE_INTEGER };
  const consent = consentOf(birch.id, { audit: audit as string, consentSections: ["existence"], ...window });
  const { statementHash: given } = await world.say(birch, consent);
  await world.say(birch, revokeOf(birch.id, given));
  const { statementHash: signed } = await world.audit(firm, site, auditContent());
  const of = { audit: signed, site };
  await world.say(mill, replyOf(of, { text: "Thank you." }));
  await world.say(mill, disputeOf(of, { why: "Another mill was seen." }));
  await world.say(firm, correctionOf(of, { why: "Misread." }));
  const other = await world.openSite(mill, "Mill 2");
  const merge = await world.say(world.operator, mergeOf(site, other));
  await world.say(world.operator, splitOf(site, merge.statementHash));
  await runDuty();
  await holdDuty();
  await forgetInterval();
  await publishAll();
});

const faults = async () => {
  const report = await fsck(await clientFor(world.operator), () => undefined);
  return report.ok ? report.value.faults.map(({ fault }) => fault) : report.failure;
};

test("fsck finds nothing missing where every type was projected", async () => {
  expect(await faults()).toEqual([]);
});

test.each([
  ["a rulebook", "DELETE FROM rulebooks", 1],
  ["terms, and that they were taken back", "DELETE FROM terms", 2],
  ["a consent, and that it was taken back", "DELETE FROM consents", 2],
  ["a listing", "DELETE FROM proposals", 1],
  ["a framework", "DELETE FROM frameworks", 1],
  ["an acceptance policy", "DELETE FROM policies", 1],
  ["an intent, and that it was withdrawn", "DELETE FROM intents", 2],
  ["a reply", "DELETE FROM responses WHERE type = 'reply'", 1],
  ["a dispute", "DELETE FROM responses WHERE type = 'dispute'", 1],
  ["a merge, and that it was split", "DELETE FROM site_merges", 2],
  ["a correction", "DELETE FROM responses WHERE type = 'correction'", 1],
])("%s that is gone from the projections is named", async (_what, sql, count) => {
  const before = await faults();
  await env.DB.prepare(sql).run();
  const after = await faults();
  expect([before, after].every(Array.isArray)).toBe(true);
  expect((after as string[]).length - (before as string[]).length).toBe(count);
  expect(new Set(after as string[])).toEqual(new Set(["projection"]));
});
