import { noiseOf } from "@quasarix/shared/benchmark/noise.ts";
import { u64be } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { measure } from "./measured.ts";
import { benchRelease } from "./scores.ts";

const count = Number(process.argv[2]);
const { secret, plan } = benchRelease;

await measure(() => {
  let drawn = 0;
  for (let n = 0; n < count; n++) {
    const digest = sha256(u64be(n));
    drawn += noiseOf({ secret, releaseId: "bench", path: "all", metric: "findings/major", digest }, plan.b).length;
  }
  return drawn;
});
