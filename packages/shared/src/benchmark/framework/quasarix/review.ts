import type { Benchmark, Framework, Review } from "../framework.ts";
import { benchmark, levelsOf } from "./benchmark.ts";
import { QUASARIX_1 } from "./first.ts";

const CLIMATE_RESILIENCE = benchmark({
  id: "climate-resilience",
  topic: "environmental-management",
  name: "Climate resilience",
  question: "Is the site ready for the heat, floods, storms or drought of the years ahead, and are its people?",
  critical: false,
  evidence: "documented",
  look: [
    "the written assessment, beside public hazard maps of the place",
    "what happened to people and pay in the last heat wave, flood or storm",
    "measures in place: shade and breaks, water, drains, stock above the flood line",
  ],
  levels: [
    "Nobody has asked what heat, floods, storms or drought would do to the site and to those who work there.",
    "The dangers are known by word of mouth; after the last event nothing was written down or changed.",
    "A written assessment names the dangers of this very place and whom and what they would hit, and an emergency plan covers the worst of them.",
    "Measures against the worst are in place and were tested in the last 12 months: limits and breaks for work in heat among them, and a rule for pay on days that are lost.",
    "The assessment takes in the main suppliers, workers and neighbours had a part in it, and it is made anew every year with emissions that fall against a target checked by others.",
  ],
});

/** Old 1 and 2 are one now: a promise without a figure counts for nothing any more. */
const LIVING_WAGE = levelsOf([
  "The lowest pay has not been compared with a published estimate of a living wage, whatever was promised.",
  "The lowest pay for normal hours was compared with a published estimate for the region, and the gap is written down for each grade.",
  "A plan with a date and yearly steps closes the gap, workers' representatives have seen it, and the last step that was due was paid.",
  "Payroll shows every worker, agency workers included, at or above the estimate for normal hours, and the comparison is made anew every year.",
  "The same was borne out at the subcontractors on the site's list in the last 12 months, and workers' representatives agreed to the estimate that is used.",
]);

const GRIEVANCE = levelsOf([
  "There is nowhere to take a complaint, or somebody who complained was punished.",
  "There is a channel, but complaints and answers are not recorded, it cannot be used without a name, or workers do not know it.",
  "There are at least two channels, one of them without a name and not through the line manager; complaints are recorded and answered within 30 days, and most workers who were asked could name one.",
  "Complaints may be made in each language that workers speak; the record shows what was changed after them, and nobody who was asked knew of a reprisal.",
  "Workers' representatives go through cases and answers at least every three months, all workers hear the outcomes without names, and one channel is run by somebody outside the company.",
]);

const RAISED: Readonly<Record<string, Benchmark["levels"]>> = {
  "living-wage": LIVING_WAGE,
  "grievance-mechanism": GRIEVANCE,
};

const SAME = [1, 2, 3, 4, 5];
const TO: Readonly<Record<string, readonly number[]>> = {
  "living-wage": [1, 1, 2, 3, 4],
  "grievance-mechanism": [1, 2, 2, 4, 5],
};

const REVIEW: Omit<Review, "statement"> = {
  changes: [
    {
      benchmark: "climate-resilience",
      says: "New: heat, floods and storms stop work and harm people, and no benchmark asked about them.",
    },
    {
      benchmark: "living-wage",
      says: "The bar rises by a level: a promise without a figure is level 1, and level 5 asks for the subcontractors too.",
    },
    {
      benchmark: "grievance-mechanism",
      says: "Level 3 asks for a channel that needs no name, which was level 4. An earlier 3 is shown as 2, since it did not say.",
    },
  ],
  mapping: QUASARIX_1.benchmarks.map(({ id }) => ({ benchmark: id, to: [...(TO[id] ?? SAME)] })),
};

/** The first yearly review: two benchmarks ask for more, one is new. `statement`: that of version 1, as it was published. */
export const quasarixReview = (statement: string, from = "2027-01-01"): Framework => ({
  ...QUASARIX_1,
  version: 2,
  from,
  benchmarks: [
    ...QUASARIX_1.benchmarks.map((one) => ({ ...one, levels: RAISED[one.id] ?? one.levels })),
    CLIMATE_RESILIENCE,
  ],
  reviews: { statement, ...REVIEW },
});
