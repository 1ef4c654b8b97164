import { auditOf, grantOf, submissionOf } from "@quasarix/client/drafts.ts";
import { base64url } from "@quasarix/shared/base64.ts";
import { type Bytes, utf8 } from "@quasarix/shared/bytes.ts";
import type { GrantClaims } from "@quasarix/shared/policy/grant.ts";
import { signPayload } from "@quasarix/shared/statement/issue.ts";
import { MAX_STATEMENT_LENGTH, parseStatement } from "@quasarix/shared/statement/statement.ts";
import { JSON_LINES, type SubmissionState } from "@quasarix/shared/wire/statement.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { holdDuty, runDuty } from "../crash/duty-hand.ts";
import { signerOf } from "../log/signers.ts";
import { env, newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

let world: World;
let mill: Org;
let birch: Org;
let cedar: Org;
let site: string;

beforeAll(async () => {
  world = await newWorld();
  await holdDuty();
  mill = await world.admit("mill", "supplier");
  birch = await world.admit("birch", "member");
  cedar = await world.admit("cedar", "member");
  site = await world.openSite(mill);
});

const post = async (who: Org | null, path: string, text: string, type?: string): Promise<{ status: number }> =>
  world.send(who, "POST", path, utf8(JSON.stringify({ statement: text })) as Bytes, type ?? "application/json");

const grantClaims = (): GrantClaims => ({
  grantee: "members",
  site,
  grantSections: ["existence"],
  purposes: ["due-diligence"],
  notBefore: 0,
  notAfter: 9_000_000_000_000,
});

/** A grant whose claims stand behind `__proto__`, where a plain copy would inherit them. */
async function inheritedGrant(): Promise<string> {
  const parsed = parseStatement(await world.issue(mill, grantOf(mill.id, grantClaims())));
  if (!parsed.ok) throw new Error(parsed.failure.reason);
  const { grantee, ...rest } = parsed.value.claims as Record<string, unknown>;
  const payload = Object.fromEntries([...Object.entries(rest), ["__proto__", { grantee }]]);
  return `${await signPayload(mill.record, payload)}~`;
}

/** A submission of exactly so many characters: whole findings, and one that takes up the rest. */
async function submissionOfLength(length: number): Promise<string> {
  const issue = (full: number, rest: number) => {
    const descriptions = [...Array<number>(full).fill(8_000), rest];
    const findings = descriptions.map((size, i) => ({ number: i + 1, description: "x".repeat(size) }));
    return world.issue(birch, submissionOf(birch.id, site, auditContent({ findings: { findings } })));
  };
  let [low, high] = [1, 8_000];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((await issue(23, middle)).length <= length) low = middle;
    else high = middle - 1;
  }
  const text = await issue(23, low);
  expect(length - text.length).toBeLessThan(64);
  return text;
}

test("a statement sent again without its sections is refused, and the lines beside it are not", async () => {
  const texts = await Promise.all(
    [1, 2].map(() => world.issue(mill, auditOf(site, "supplier-signed", auditContent()))),
  );
  const [first, second] = texts as [string, string];
  expect((await post(mill, "/v1/statements", first)).status).toBe(201);
  const withheld = `${first.split("~")[0]}~`;
  const answers = await world.lines("/v1/statements", [withheld, second], mill);
  expect(answers).toMatchObject([{ problem: { status: 422 } }, { line: 2, seq: 1 }]);
});

test("a newcomer's route answers for first keys alone, whatever else is known", async () => {
  const text = await world.issue(mill, grantOf(mill.id, grantClaims()));
  const before = await world.lines("/v1/keys", [text]);
  expect((await post(mill, "/v1/statements", text)).status).toBe(201);
  expect(before).toMatchObject([{ problem: { status: 422 } }]);
  expect(await world.lines("/v1/keys", [text])).toEqual(before);
});

test("an audit says in plain claims nothing but its provenance", async () => {
  const saying = auditOf(site, "supplier-signed", auditContent());
  const claims = { ...saying.claims, orderedBy: birch.id };
  const hidden = { ...saying, top: { orderedBy: birch.id } };
  for (const draft of [{ ...saying, claims }, hidden]) {
    expect((await post(mill, "/v1/statements", await world.issue(mill, draft))).status).toBe(422);
  }
});

describe("what one sends does not stop the others", () => {
  const rows: { what: string; who: () => Org; make: () => Promise<string> }[] = [
    { what: "a grant whose claims are inherited", who: () => mill, make: inheritedGrant },
    {
      what: "a submission whose audit would be longer than a statement may be",
      who: () => birch,
      make: () => submissionOfLength(MAX_STATEMENT_LENGTH),
    },
  ];

  test.each(rows)("$what is refused, and the next submission is re-issued", async ({ who, make }) => {
    expect((await post(who(), "/v1/statements", await make())).status).toBe(422);
    const { statementHash } = await world.submit(cedar, site, auditContent());
    await runDuty();
    const state = await world.json<SubmissionState>(cedar, "GET", `/v1/submissions/${statementHash}`);
    expect(state.audit).not.toBeNull();
  });
});

test("a key that nobody admitted is refused before any curve is touched, and a stranger's large body with its limit", async () => {
  // No point of the curve: whoever looks at it says so.
  const x = base64url(new Uint8Array(32).fill(2));
  const stranger = { ...mill, record: await signerOf(crypto) };
  const text = await world.issue(stranger, { vct: "urn:quasarix:key:1", sub: env.ORIGIN, claims: { x, use: "auth" } });
  expect(await world.lines("/v1/keys", [text])).toMatchObject([{ problem: { status: 404 } }]);
  const large = new Uint8Array(1_048_577).fill(0x20);
  expect((await world.send(null, "POST", "/v1/keys", large, JSON_LINES)).status).toBe(413);
});
