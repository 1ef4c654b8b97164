import { measure } from "./measured.ts";
import { recordsOf } from "./scores.ts";

const scores = Number(process.argv[2]);

await measure(() => {
  let sites = 0;
  for (const { values } of recordsOf(scores)) sites += values.length > 0 ? 1 : 0;
  return sites;
});
