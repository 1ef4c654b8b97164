import { type Kept, withLatest } from "@quasarix/shared/benchmark/latest.ts";
import { measure } from "./measured.ts";
import { recordsOf, sitesOf } from "./scores.ts";

const scores = Number(process.argv[2]);
const AUDITS_PER_SITE = 4;

// As the object does when it gathers, page by page of the log, but for opening the audits and keeping the pages.
await measure(() => {
  const sites = Math.floor(sitesOf(scores) / AUDITS_PER_SITE);
  const kept = new Map<number, Kept>();
  let n = 0;
  for (const { values } of recordsOf(scores)) {
    const site = n % sites;
    kept.set(site, withLatest(kept.get(site) ?? null, { day: `2026-0${1 + (n % 9)}-01`, values }));
    n++;
  }
  return kept.size;
});
