import { webRandom, webVerify } from "@quasarix/shared/webcrypto.ts";
import { createApi, type Mount } from "./app.ts";
import { genesis } from "./genesis.ts";
import { documents } from "./openapi.ts";
import { statements } from "./statements.ts";

/** Every resource, one line each. `documents` stays last: it describes the others. */
export const mounts: readonly Mount[] = [genesis, statements, documents];

export const api = createApi(
  { now: Date.now, random: webRandom(crypto), verify: webVerify(crypto), writeLog: console.log },
  mounts,
);
