import { base64url, hex } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { parseStatement } from "@quasarix/shared/statement/statement.ts";
import { verifyBundle } from "@quasarix/shared/statement/verify-bundle.ts";
import { webVerify } from "@quasarix/shared/webcrypto.ts";
import type { ReceiptView } from "@quasarix/shared/wire/receipts.ts";
import type { AuditView } from "@quasarix/shared/wire/sharing.ts";
import type { SubmissionState } from "@quasarix/shared/wire/statement.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { duty, newWorld, publish } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

const verify = webVerify(crypto);
const DAY = 86_400_000;

describe("the spine", () => {
  let world: World;
  let mill: Org;
  let birch: Org;
  let cedar: Org;
  let firm: Org;
  let site: string;

  beforeEach(async () => {
    world = await newWorld();
    mill = await world.admit("mill", "supplier");
    birch = await world.admit("birch", "member");
    cedar = await world.admit("cedar", "member");
    firm = await world.admit("firm", "auditor");
    site = await world.openSite(mill);
  });

  const window = () => ({ notBefore: Date.now() - DAY, notAfter: Date.now() + DAY });

  test("a member's audit is read by another member under a grant and verified without us", async () => {
    const submitted = await world.submit(birch, site, auditContent());
    await duty();
    const state = await world.json<SubmissionState>(birch, "GET", `/v1/submissions/${submitted.statementHash}`);
    const audit = state.audit as string;
    const path = `/v1/audits/${audit}?purpose=due-diligence`;
    expect((await world.get(cedar, path)).status).toBe(404);

    const grant = await world.grant(mill, {
      grantee: cedar.id,
      site,
      grantSections: ["existence", "findings"],
      purposes: ["due-diligence"],
      ...window(),
    });
    const view = await world.json<AuditView>(cedar, "GET", path);
    expect(view).toMatchObject({ sections: ["existence", "findings"], because: [grant.statementHash] });
    const presented = parseStatement(view.presentation);
    expect(presented.ok && presented.value.top).toEqual([]);

    await duty();
    await publish();
    const file = await (await world.get(cedar, `/v1/audits/${audit}/bundle?purpose=due-diligence`)).text();
    const policy = (JSON.parse(file) as { policy: string }).policy;
    const verdict = await verifyBundle(file, [hex(sha256(utf8(policy)))], verify);
    expect(verdict).toMatchObject({ exit: 0, sections: { existence: "disclosed", scores: "withheld" } });

    await world.revoke(mill, grant.statementHash);
    expect((await world.get(cedar, path)).status).toBe(404);
    const receipts = await world.json<{ items: ReceiptView[] }>(mill, "GET", "/v1/receipts");
    expect(receipts.items.map(({ reader, audit, standing }) => ({ reader, audit, standing }))).toEqual([
      { reader: cedar.id, audit, standing: "grant" },
      { reader: cedar.id, audit, standing: "grant" },
    ]);
  });

  test("a member that reads its own submission's audit leaves no trace with the supplier", async () => {
    const submitted = await world.submit(birch, site, auditContent());
    await duty();
    const { audit } = await world.json<SubmissionState>(birch, "GET", `/v1/submissions/${submitted.statementHash}`);
    const view = await world.json<AuditView>(birch, "GET", `/v1/audits/${audit}?purpose=audit-avoidance`);
    const presented = parseStatement(view.presentation);
    expect(presented.ok && presented.value.top.map(({ name }) => name)).toEqual(["origin"]);
    const receiptsOf = async (org: Org) =>
      (await world.json<{ items: ReceiptView[] }>(org, "GET", "/v1/receipts")).items.map(({ standing }) => standing);
    expect(await receiptsOf(mill)).toEqual([]);
    expect(await receiptsOf(birch)).toEqual(["submitter"]);
  });

  test("an auditor's audit is the auditor's own, and the supplier sees it without a grant", async () => {
    const { statementHash } = await world.audit(firm, site, auditContent());
    const view = await world.json<AuditView>(mill, "GET", `/v1/audits/${statementHash}?purpose=corrective-action`);
    expect(view.sections).not.toContain("commercial");
    expect(view.sections).toContain("scores");
  });

  test("a bundle's keyring speaks of a log that holds the audit, once the round is over", async () => {
    await duty();
    const { statementHash } = await world.audit(firm, site, auditContent());
    const asOf = async () => {
      await duty();
      await publish();
      const file = await (await world.get(mill, `/v1/audits/${statementHash}/bundle?purpose=corrective-action`)).text();
      const { asOf = 0, index = 0 } = await verifyBundle(file, [], verify);
      return asOf - index;
    };
    await expect.poll(asOf, { timeout: 5_000 }).toBeGreaterThan(0);
  });

  test("the same statement fifty times at once is one entry and one receipt", async () => {
    const text = await world.issue(firm, {
      vct: "urn:quasarix:audit:1",
      sub: site,
      claims: { provenance: "auditor-signed" },
      sections: auditContent() as never,
    });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => world.json<object>(firm, "POST", "/v1/statements", { statement: text })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await world.json(firm, "POST", "/v1/statements", { statement: text })).toEqual(answers[0]);
  });

  test("another statement under a used jti is refused with 409, and both are kept", async () => {
    const jti = base64url(crypto.getRandomValues(new Uint8Array(16)));
    const saying = {
      vct: "urn:quasarix:audit:1",
      sub: site,
      claims: { provenance: "auditor-signed" },
      sections: auditContent() as never,
      jti,
    };
    const first = await world.issue(firm, saying);
    const second = await world.issue(firm, saying);
    await world.json(firm, "POST", "/v1/statements", { statement: first });
    const [answer] = await world.lines("/v1/statements", [second], firm);
    expect(answer).toMatchObject({ problem: { status: 409, type: "/problems/jti-reused" } });
  });
});
