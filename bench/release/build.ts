import { ReleaseBuild } from "@quasarix/shared/benchmark/build-release.ts";
import { measure } from "./measured.ts";
import { benchRelease, recordsOf } from "./scores.ts";

const scores = Number(process.argv[2]);

// The records are made as they are added, so making them is counted: a fortieth of it.
await measure(() => {
  const build = new ReleaseBuild(benchRelease);
  for (const record of recordsOf(scores)) build.add(record);
  return build.finish().file.cells.length;
});
