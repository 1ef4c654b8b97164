import { rulebookOf } from "@quasarix/client/drafts.ts";
import { FIRST_RULEBOOK } from "@quasarix/shared/policy/rulebook.ts";
import { expect, test } from "vitest";
import { env, newWorld } from "../workerd-world.ts";
import { auditContent } from "../world.ts";

test("where what is for all is for those that contribute, so are the headers and the key of a site's dossier", async () => {
  const world = await newWorld();
  const mill = await world.admit("mill", "supplier");
  const birch = await world.admit("birch", "member");
  const site = await world.openSite(mill);
  const walk = async (id: string): Promise<{ status: number; body: Record<string, unknown> }> => {
    const answer = await world.get(birch, `/v1/dossiers/${id}`);
    const { "request-id": _, ...body } = (await answer.json()) as Record<string, unknown>;
    return { status: answer.status, body };
  };
  await world.grant(mill, {
    grantee: "members",
    site,
    grantSections: ["existence"],
    purposes: ["due-diligence"],
    notBefore: 0,
    notAfter: Date.now() + 86_400_000,
  });
  expect((await walk(site)).status).toBe(200);

  const { statement: _, ...rules } = FIRST_RULEBOOK;
  await world.say(world.operator, rulebookOf(env.ORIGIN, { ...rules, reciprocityDays: 30 }));
  const refused = await walk(site);
  expect(refused.status).toBe(404);
  expect(refused).toEqual(await walk("site_AAAAAAAAAAAAAAAAAAAAAA"));

  await world.submit(birch, site, auditContent());
  expect((await walk(site)).status).toBe(200);
});
