import type { AuditSummary } from "@quasarix/shared/wire/sharing.ts";
import { expect, test } from "vitest";
import { newWorld } from "../workerd-world.ts";
import { auditContent } from "../world.ts";

interface Page {
  readonly items: readonly AuditSummary[];
  readonly next: string | null;
}

test("pages of one audit lead through audits that are closed, to each open one once", async () => {
  const world = await newWorld();
  const mill = await world.admit("mill", "supplier");
  const firm = await world.admit("firm", "auditor");
  const cedar = await world.admit("cedar", "member");
  const site = await world.openSite(mill);
  const hashes: string[] = [];
  for (let i = 0; i < 7; i++) hashes.push((await world.audit(firm, site, auditContent())).statementHash);
  const open = [hashes[2], hashes[6]] as string[];
  for (const audit of open) {
    await world.grant(mill, {
      grantee: cedar.id,
      site,
      audit,
      grantSections: ["existence"],
      purposes: ["due-diligence"],
      notBefore: 0,
      notAfter: Date.now() + 60_000,
    });
  }
  const found: string[] = [];
  let cursor = "";
  do {
    const path = `/v1/audits?purpose=due-diligence&limit=1${cursor}`;
    const { items, next } = await world.json<Page>(cedar, "GET", path);
    expect(items).toHaveLength(1);
    found.push(...items.map(({ audit }) => audit));
    cursor = next === null ? "" : `&cursor=${next}`;
  } while (cursor !== "");
  expect(found).toEqual(open);
});
