import { readAudit } from "@quasarix/client/audit-view.ts";
import { correctionOf, disputeOf, replyOf } from "@quasarix/client/response-drafts.ts";
import { hex } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { policyOf } from "@quasarix/shared/log/tlog-policy.ts";
import type { AuditSection } from "@quasarix/shared/policy/sections.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { formatBundle, parseBundle } from "@quasarix/shared/statement/bundle.ts";
import { bundlesIn, type Export, parseExport } from "@quasarix/shared/statement/export.ts";
import { hashText } from "@quasarix/shared/statement/statement.ts";
import { verifyBundle } from "@quasarix/shared/statement/verify-bundle.ts";
import { verifyExport } from "@quasarix/shared/statement/verify-export.ts";
import { webVerify } from "@quasarix/shared/webcrypto.ts";
import type { AuditView } from "@quasarix/shared/wire/sharing.ts";
import { beforeAll, expect, test } from "vitest";
import { clientFor } from "../workerd-client.ts";
import { duty, env, newWorld, publish } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

const verify = webVerify(crypto);
const PURPOSE = "purpose=due-diligence";

let world: World;
let [mill, firm, cedar, dogwood] = [] as unknown as [Org, Org, Org, Org];
let site: string;
let audit: string;
let lonely: string;
let said: string[];
let pin: string;

const grant = (to: Org, grantSections: AuditSection[], only?: string) =>
  world.grant(mill, {
    grantee: to.id,
    site,
    ...(only !== undefined && { audit: only }),
    grantSections,
    purposes: ["due-diligence"],
    notBefore: 0,
    notAfter: Number.MAX_SAFE_INTEGER,
  });

beforeAll(async () => {
  world = await newWorld();
  mill = await world.admit("mill", "supplier");
  firm = await world.admit("firm", "auditor");
  cedar = await world.admit("cedar", "member");
  dogwood = await world.admit("dogwood", "member");
  site = await world.openSite(mill);
  audit = (await world.audit(firm, site, auditContent())).statementHash;
  lonely = (await world.audit(firm, site, auditContent())).statementHash;
  const of = { audit, site };
  const receipts = [
    await world.say(mill, replyOf(of, { answers: [{ finding: 1, done: true }] })),
    await world.say(mill, disputeOf(of, { why: "Another mill was seen." })),
    await world.say(firm, correctionOf(of, {}, { by: lonely })),
  ];
  said = receipts.map(({ statementHash }) => statementHash);
  await grant(cedar, ["existence", "findings"]);
  await grant(dogwood, ["existence", "scores"], audit);
  await duty();
  await publish();
  const client = await clientFor(cedar);
  const vkey = client.log.policy.logs[0]?.text as string;
  pin = hex(sha256(utf8(policyOf(vkey))));
});

const fileOf = async (who: Org, id = audit, part = "export") => {
  const response = await world.get(who, `/v1/audits/${id}/${part}?${PURPOSE}`);
  return { type: response.headers.get("content-type"), text: await response.text() };
};
const read = async (who: Org, id = audit): Promise<Export> => {
  const parsed = parseExport((await fileOf(who, id)).text);
  if (!parsed.ok) throw new Error(`line ${parsed.failure.line}`);
  return parsed.value;
};

test("an audit is taken home with what was said of it, in the order of the log, and verifies without us", async () => {
  const { type, text } = await fileOf(cedar);
  expect(type).toBe("application/x-ndjson");
  const verdict = await verifyExport(text, [pin], verify);
  expect(verdict.exit).toBe(0);
  expect(verdict.findings.map(({ statement }) => hashText(statement))).toEqual([audit, ...said]);
  expect(verdict.findings.slice(1).map(({ statement }) => statement.claims.re)).toEqual([audit, audit, audit]);
  expect(verdict.findings.map(({ statement }) => statement.row.type).slice(1)).toEqual([
    "reply",
    "dispute",
    "correction",
  ]);
  expect((await verifyExport(text, [], verify)).exit).toBe(3);
  expect((await verifyExport(text.replace("~", "~~"), [pin], verify)).exit).toBe(1);
});

test("each of its statements is a bundle by itself, and where nothing was said it is the very bundle", async () => {
  for (const bundle of bundlesIn(await read(mill))) {
    const alone = { ...bundle, keyring: { ...bundle.keyring } };
    expect(parseBundle(formatBundle(alone)).ok).toBe(true);
  }
  const [bundle] = bundlesIn(await read(cedar, lonely));
  const file = formatBundle(bundle as never);
  expect(file).toBe((await fileOf(cedar, lonely, "bundle")).text);
  expect((await verifyBundle(file, [pin], verify)).exit).toBe(0);
});

test("a reader without the findings takes the audit alone, and one of a single audit no walk of the others", async () => {
  const { statements, walk } = await read(dogwood);
  expect([statements.length, walk]).toEqual([1, []]);
  expect((await read(cedar)).walk.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4]);
});

test("an export leaves one receipt, like any read", async () => {
  const receipts = () =>
    env.DB.prepare("SELECT count(*) AS n FROM receipts WHERE reader = ?").bind(cedar.id).first<{ n: number }>();
  const before = (await receipts())?.n ?? 0;
  await fileOf(cedar);
  expect((await receipts())?.n).toBe(before + 1);
});

test("the reader's own software checks each of them, and refuses one of another audit", async () => {
  const client = await clientFor(cedar);
  const opened = await readAudit(client, audit, { purpose: "due-diligence" });
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  expect(opened.value.responses.map(({ statement }) => hashText(statement))).toEqual(said);
  expect(opened.value.lifecycle).toMatchObject({ response: "disputed", correctedBy: lonely });

  const lying = async (spoil: (view: AuditView) => AuditView) => {
    const honest = client.routes.audit;
    const routes = {
      ...client.routes,
      audit: async (...asked: Parameters<typeof honest>) => {
        const view = await honest(...asked);
        return view.ok ? { ...view, value: spoil(view.value) } : view;
      },
    };
    const answer = await readAudit({ ...client, routes }, lonely, { purpose: "due-diligence" });
    return answer.ok ? "believed" : JSON.stringify(answer.failure);
  };
  const view = await client.routes.audit(audit, { purpose: "due-diligence" });
  if (!view.ok) throw new Error("no view");
  const [reply] = view.value.responses;
  if (!reply) throw new Error("no reply");
  expect(await lying((it) => ({ ...it, responses: [reply] }))).toMatch(/of another audit/);
  expect(await lying((it) => ({ ...it, responses: [{ ...reply, type: "dispute" }] }))).toMatch(/another type/);
  expect(await lying((it) => ({ ...it, responses: [{ ...reply, statement: audit }] }))).toMatch(/another statement/);
  const withheld = { ...reply, presentation: `${reply.presentation.split("~")[0]}~` };
  expect(await lying((it) => ({ ...it, responses: [withheld] }))).toMatch(/another audit|withheld/);
  expect(await lying((it) => it)).toBe("believed");
});
