import { connect } from "@quasarix/client/client.ts";
import { releaseKey } from "@quasarix/client/consortium-state.ts";
import { refusalSays } from "@quasarix/client/refusal.ts";
import type { Signer } from "@quasarix/shared/ports.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { dice, signerOf } from "../statement/consortium.ts";
import { type FakeConsortium, fakeConsortium, taken } from "./fake-consortium.ts";
import { ORIGIN } from "./fake-server.ts";

const [PLAN, FILE, OTHER] = ["P", "F", "O"].map((letter) => `${letter.repeat(42)}A`) as [string, string, string];
const random = dice("logged releases");

let world: FakeConsortium;
beforeEach(async () => {
  world = await fakeConsortium();
});

async function logged(file: string, by: { readonly iss: string; readonly signer: Signer }): Promise<void> {
  const claims = {
    ...{ plan: PLAN, cohort: "2026-Q1", series: "quarter", file },
    ...{ commitment: PLAN, inputs: PLAN, votes: PLAN, publishedAt: 1_790_000_000 },
  };
  const draft = { iss: by.iss, iat: 1_790_000_000, vct: vctOf("release"), sub: ORIGIN, claims };
  world.server.add(await issueStatement({ signer: by.signer, random }, draft));
  await world.server.publish();
}
const platform = async () => ({ iss: ORIGIN, signer: await signerOf("platform") });
const operator = async () => ({ iss: world.operator.org, signer: await signerOf("operator") });

async function heard(): Promise<string> {
  const state = await world.client.consortium.sync();
  if (!state.ok) return refusalSays(state.failure);
  return state.value.releases.get(releaseKey(PLAN, "2026-Q1"))?.file ?? "nothing";
}

describe("a release in the consortium's dossier", () => {
  test("is heard when the platform signed it, and once where it stands twice", async () => {
    expect(await heard()).toBe("nothing");
    await logged(FILE, await platform());
    await logged(FILE, await platform());
    expect(await heard()).toBe(FILE);
  });

  test("that the operator signed by itself is refused", async () => {
    await logged(FILE, await operator());
    expect(await heard()).toContain("a release that the platform did not sign");
  });

  test("is refused when another file takes its place: nothing is ever restated", async () => {
    await logged(FILE, await platform());
    await logged(OTHER, await platform());
    expect(await heard()).toContain("a second file of one release");
  });

  test("is walked once by who comes anew, however many ask at the same time", async () => {
    await logged(FILE, await platform());
    const { consortium } = taken(connect(world.server.ports(), world.policy));
    const first = consortium.sync();
    // Into the midst of the first walk: what is kept has been read, nothing has been entered.
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    const states = await Promise.all([first, consortium.sync(), consortium.sync()]);
    expect(states.map((state) => (state.ok ? state.value.releases.size : refusalSays(state.failure)))).toEqual([
      1, 1, 1,
    ]);
  });
});
