import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { dossierCommitment } from "@quasarix/shared/log/entry.ts";
import { isOwnChallenge } from "@quasarix/shared/registry/challenge.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { ask, clock, dice, emptyWorld, env, type Party, party } from "./small-api.ts";

let mill: Party;
let birch: Party;

beforeEach(async () => {
  await emptyWorld();
  mill = await party("mill", { kind: "supplier" });
  birch = await party("birch");
});

describe("reserving a subject", () => {
  test.each([
    { who: "the operator", of: { kind: "operator", isOperator: true }, organisation: 201, site: 201 },
    { who: "a supplier", of: { kind: "supplier" }, organisation: 404, site: 201 },
    { who: "a member", of: { kind: "member" }, organisation: 404, site: 404 },
    { who: "an auditor", of: { kind: "auditor" }, organisation: 404, site: 404 },
    { who: "a kind unknown here", of: { kind: "parliament" }, organisation: 404, site: 404 },
  ])("$who: organisation $organisation, site $site", async ({ of, organisation, site }) => {
    const by = await party("asker", of);
    const statusOf = async (kind: string) => (await ask(by, "/v1/subjects", { method: "POST", json: { kind } })).status;
    expect([await statusOf("organisation"), await statusOf("site")]).toEqual([organisation, site]);
  });

  test("gives K, its commitment, and a row that waits for its opening", async () => {
    const asked = { method: "POST", json: { kind: "site" } };
    const { id, K, commitment } = await (await ask(mill, "/v1/subjects", asked)).json<
      Record<"id" | "K" | "commitment", string>
    >();
    expect(commitment).toBe(base64url(dossierCommitment(fromBase64url(K) as Bytes)));
    const row = await env.DB.prepare("SELECT * FROM subjects WHERE id = ?").bind(id).first();
    expect(row).toMatchObject({ kind: "site", commitment, reserved_by: mill.org, opening: null });
    expect((await ask(mill, `/v1/dossiers/${id}`)).status).toBe(404);
  });
});

test("a key challenge is known again: by its organisation, unaltered, until its end", async () => {
  const { challenge, expiresAt } = await (await ask(birch, "/v1/keys/challenge", { method: "POST" })).json<{
    challenge: string;
    expiresAt: number;
  }>();
  const key = fromBase64url(env.CURSOR_KEY) as Bytes;
  expect(isOwnChallenge(key, birch.org, challenge, expiresAt - 1)).toBe(true);
  expect(isOwnChallenge(key, birch.org, challenge, expiresAt)).toBe(false);
  expect(isOwnChallenge(key, mill.org, challenge, clock.now)).toBe(false);
  expect(isOwnChallenge(dice(32), birch.org, challenge, clock.now)).toBe(false);
  const altered = (challenge.startsWith("B") ? "C" : "B") + challenge.slice(1);
  expect(isOwnChallenge(key, birch.org, altered, clock.now)).toBe(false);
});
