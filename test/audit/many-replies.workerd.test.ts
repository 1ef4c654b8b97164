import { auditOf } from "@quasarix/client/drafts.ts";
import { correctionOf, replyOf } from "@quasarix/client/response-drafts.ts";
import type { AuditView } from "@quasarix/shared/wire/sharing.ts";
import { expect, test } from "vitest";
import { newWorld } from "../workerd-world.ts";
import { auditContent } from "../world.ts";

test("however often a supplier replies, an author's correction reaches the reader", async () => {
  const world = await newWorld();
  const mill = await world.admit("mill", "supplier");
  const firm = await world.admit("firm", "auditor");
  const site = await world.openSite(mill);
  const { statementHash: audit } = await world.say(firm, auditOf(site, "auditor-signed", auditContent()));
  await world.say(firm, correctionOf({ audit, site }, { why: "A finding was left out." }));
  const replies = await Promise.all(
    Array.from({ length: 51 }, (_, i) => world.issue(mill, replyOf({ audit, site }, { text: `Reply ${i}` }))),
  );
  const answers = await world.lines("/v1/statements", replies, mill);
  expect(answers.filter((one) => "problem" in one)).toEqual([]);

  const { responses } = await world.json<AuditView>(firm, "GET", `/v1/audits/${audit}?purpose=due-diligence`);
  expect(responses.map(({ type }) => type)).toEqual(["correction", ...Array(50).fill("reply")]);
  const dropped = answers.map((one) => ("problem" in one ? null : one.statementHash))[0];
  expect(responses.map(({ statement }) => statement)).not.toContain(dropped);
});
