import { signCheckpoint } from "@quasarix/shared/log/checkpoint.ts";
import { parseNote } from "@quasarix/shared/log/note.ts";
import { EMPTY_ROOT } from "@quasarix/shared/log/tree.ts";
import { verifierKey } from "@quasarix/shared/log/vkey.ts";
import type { Seen } from "@quasarix/shared/statement/claims.ts";
import { seenOf } from "@quasarix/shared/statement/seen.ts";
import { webVerify } from "@quasarix/shared/webcrypto.ts";
import { beforeEach, expect, test } from "vitest";
import type { PublishedSizes } from "../../workers/api/published.ts";
import { HeldSeen, type SeenPorts, seenRefusal } from "../../workers/api/seen.ts";
import { signerOf } from "../log/signers.ts";

const origin = "log.example/a";
const [log, forger] = [await signerOf(crypto), await signerOf(crypto)];
const checkpoint = { origin, size: 7, root: EMPTY_ROOT };

async function seenBy(signer: typeof log): Promise<Seen> {
  const note = parseNote(await signCheckpoint(signer, checkpoint));
  if (!note.ok || !note.value.signatures[0]) throw new Error("an unsigned note");
  return seenOf(checkpoint, note.value.signatures[0]);
}

let asked = 0;
let ports: SeenPorts;
beforeEach(() => {
  asked = 0;
  const has = async () => {
    asked++;
    return false;
  };
  const published = { has } as unknown as PublishedSizes;
  const logKey = verifierKey(origin, 1, log.publicKey);
  ports = { desk: { published, held: new HeldSeen(), logKey }, verify: webVerify(crypto) };
});

test("a checkpoint that the log did not sign is refused, and the log is not asked", async () => {
  const refusal = await seenRefusal(ports, await seenBy(forger), null);
  expect(refusal).toMatchObject({ reason: "invalid-statement", step: "seen" });
  expect(asked).toBe(0);
});

test("a checkpoint that the log signed and did not publish is a split view", async () => {
  expect(await seenRefusal(ports, await seenBy(log), null)).toEqual({ reason: "seen-unknown", size: 7 });
  expect(asked).toBe(1);
});
