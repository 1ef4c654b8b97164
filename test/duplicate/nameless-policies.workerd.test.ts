import { grantOf } from "@quasarix/client/drafts.ts";
import type { EvaluationsView } from "@quasarix/shared/wire/evaluate.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { closeBatch, env } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";
import { anyRecent, policyWorld, speech } from "./policy-world.ts";

let world: World;
let mill: Org;
let birch: Org;
let cedar: Org;
let site: string;

beforeEach(async () => {
  ({ world, mill, birch, cedar, site } = await policyWorld());
});

const { publish, list, current, status } = speech(() => world);

/** Costs nothing, so that it is no reason to hear a name: whoever opened a copy of a competitor's site gives it to everybody. */
async function grants(...members: Org[]): Promise<void> {
  const given = { site, grantSections: ["existence" as const], purposes: ["audit-avoidance" as const] };
  for (const { id } of members)
    await world.say(mill, grantOf(mill.id, { ...given, grantee: id, notBefore: 0, notAfter: Date.now() + 86_400_000 }));
}

describe("to a supplier that a member never asked by name", () => {
  const house = { scheme: "urn:birch:code-of-conduct" };

  test("its policy has no name, no statement, no scheme of its own, and comes with the batch", async () => {
    await grants(birch, cedar);
    const schemes = [house, ...anyRecent.schemes];
    const said = await publish(birch, { ...anyRecent, name: "Birch buys", schemes, others: "by-topics" });
    await current(birch, [site]);
    expect(await list(mill, "shown")).toEqual([]);
    await closeBatch();
    const [shown, ...more] = await list(mill, "shown");
    expect(more).toEqual([]);
    expect(shown).toMatchObject({ member: null, version: null, inForce: true });
    const text = JSON.stringify(shown);
    for (const name of [birch.id, "irch", said]) expect(text).not.toContain(name);
    expect(await world.json(mill, "GET", `/v1/policies/${shown?.policy}`)).toEqual(shown);
    expect(await status(mill, `/v1/policies/${said}`)).toBe(404);
  });

  test("two that say the same are one, whoever wrote which, and a suspended member's stays", async () => {
    const shown = async (): Promise<string> => JSON.stringify(await list(mill, "shown"));
    const topics = ["wages", "fire-safety"] as const;
    await publish(birch, { ...anyRecent, name: "Birch", topics: [...topics] });
    await current(birch, [site]);
    await closeBatch();
    const one = await shown();
    await publish(cedar, { ...anyRecent, name: "Cedar", topics: topics.toReversed() });
    await current(cedar, [site]);
    await closeBatch();
    expect(await shown()).toBe(one);
    await env.DB.prepare("UPDATE organisations SET suspended = 1 WHERE id = ?1").bind(birch.id).run();
    expect(await shown()).toBe(one);
  });
});

test("its supplier hears by a policy without a name what the buyer hears", async () => {
  const firm = await world.admit("firm", "auditor");
  const audit = (await world.audit(firm, site, auditContent())).statementHash;
  await grants(birch);
  await publish(birch, { ...anyRecent, maxAgeMonths: 120 });
  await current(birch, [site]);
  await closeBatch();
  const [nameless] = await list(mill, "shown");
  const evaluated = (who: Org, policy?: string) =>
    world.json<EvaluationsView>(who, "POST", "/v1/evaluate", { audits: [audit], ...(policy && { policy }) });
  const [buyer, supplier] = [await evaluated(birch), await evaluated(mill, nameless?.policy)];
  expect([supplier.items, supplier.policyVersion]).toEqual([buyer.items, null]);
});
