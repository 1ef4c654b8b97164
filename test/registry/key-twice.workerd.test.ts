import { keyOf } from "@quasarix/client/drafts.ts";
import { base64url } from "@quasarix/shared/base64.ts";
import { possessionBytes } from "@quasarix/shared/registry/key.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { webSigner } from "@quasarix/shared/webcrypto.ts";
import type { KeyChallenge, KeyView } from "@quasarix/shared/wire/registry.ts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { plantFault } from "../../workers/store/fault.ts";
import { runDuty } from "../crash/duty-hand.ts";
import { jwkOf } from "../secrets.ts";
import { forgetInterval, publishAll } from "../sequencer/log.ts";
import { clientFor } from "../workerd-client.ts";
import { env, newWorld } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";

let world: World;
let mill: Org;

beforeEach(async () => {
  world = await newWorld();
  mill = await world.admit("mill", "supplier");
});
afterEach(() => plantFault(null));

/** Statements that bring one and the same key, each with its own jti. */
async function bringTwice(): Promise<[string, string]> {
  const key = await webSigner(crypto, jwkOf("mill second"));
  const { challenge } = await world.json<KeyChallenge>(mill, "POST", "/v1/keys/challenge");
  const message = possessionBytes(env.ORIGIN, mill.id, thumbprint(key.publicKey), challenge);
  const possession = { challenge, signature: base64url(await key.sign(message)) };
  const issue = () => world.issue(mill, keyOf(env.ORIGIN, { publicKey: key.publicKey, use: "record", possession }));
  return [await issue(), await issue()];
}

test("of two lines that bring one key the second is refused", async () => {
  const answers = await world.lines("/v1/statements", await bringTwice(), mill);
  expect(answers).toMatchObject([{ line: 1, seq: expect.any(Number) }, { problem: { status: 422 } }]);
});

test("of two requests at once that bring one key the first in the log counts, for us and for every client", async () => {
  const [one, other] = await bringTwice();
  let judged = 0;
  let logged = 0;
  // Both are judged before either is staged, and whichever is in the log first is recorded last.
  plantFault({
    pause: async (at) => {
      if (at === "stage") {
        judged++;
        while (judged < 2) await scheduler.wait(1);
      }
      if (at === "record" && ++logged === 1) {
        while (logged < 2) await scheduler.wait(1);
        await scheduler.wait(100);
      }
    },
  });
  const send = (statement: string) => world.json<{ index: number }>(mill, "POST", "/v1/statements", { statement });
  const receipts = await Promise.all([send(one), send(other)]);
  plantFault(null);
  const { items } = await world.json<{ items: KeyView[] }>(mill, "GET", `/v1/organisations/${mill.id}/keys`);
  expect(items.at(-1)?.from).toBe(Math.min(...receipts.map(({ index }) => index)));
  await runDuty();
  await forgetInterval();
  await publishAll();
  const client = await clientFor(mill);
  expect(await client.consortium.sync()).toMatchObject({ ok: true });
});
