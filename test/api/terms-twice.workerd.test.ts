import { auditOf, rulebookOf, termsOf } from "@quasarix/client/drafts.ts";
import { FIRST_RULEBOOK } from "@quasarix/shared/policy/rulebook.ts";
import type { TermsView } from "@quasarix/shared/wire/rulebook.ts";
import { expect, test } from "vitest";
import { env, newWorld } from "../workerd-world.ts";
import { auditContent } from "../world.ts";

test("a supplier that signed the terms of a site twice leaves the pool by one revocation, and may come back", async () => {
  const world = await newWorld();
  const mill = await world.admit("mill", "supplier");
  const birch = await world.admit("birch", "member");
  const [site, other] = [await world.openSite(mill), await world.openSite(mill, "Mill 2")];
  const [audit, beside] = [
    (await world.say(mill, auditOf(site, "supplier-signed", auditContent()))).statementHash,
    (await world.say(mill, auditOf(other, "supplier-signed", auditContent()))).statementHash,
  ];
  const { statement: _, ...rules } = FIRST_RULEBOOK;
  const { statementHash: rulebook } = await world.say(
    world.operator,
    rulebookOf(env.ORIGIN, { ...rules, mode: "pool" }),
  );
  const sign = async (of: string) => (await world.say(mill, termsOf(mill.id, { site: of, rulebook }))).statementHash;
  const reads = async () =>
    Promise.all(
      [audit, beside].map(async (id) => (await world.get(birch, `/v1/audits/${id}?purpose=due-diligence`)).status),
    );
  await sign(other);
  const first = await sign(site);
  await sign(site);
  expect(await reads()).toEqual([200, 200]);

  await world.revoke(mill, first);
  expect(await reads()).toEqual([404, 200]);
  const { items } = await world.json<{ items: TermsView[] }>(mill, "GET", "/v1/terms");
  expect(items.map((it) => [it.site, it.inForce])).toEqual([
    [other, true],
    [site, false],
    [site, false],
  ]);

  await sign(site);
  expect(await reads()).toEqual([200, 200]);
});
