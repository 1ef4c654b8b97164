import { QUASARIX_1 } from "@quasarix/shared/benchmark/framework/quasarix/first.ts";
import { quasarixReview } from "@quasarix/shared/benchmark/framework/quasarix/review.ts";
import { admitFramework } from "@quasarix/shared/policy/admit-framework.ts";
import { birch, firm, hashOf, ORIGIN, office, told } from "./author-world.ts";

const first = { sub: ORIGIN, ...QUASARIX_1 };
const review = { sub: ORIGIN, ...quasarixReview(hashOf("version 1")) };
const known = { frameworks: new Map([["quasarix", { statement: hashOf("version 1"), claims: QUASARIX_1 }]]) };
const OPERATORS = "statement:add: only the operator publishes a framework";

told("a framework", admitFramework, [
  ["of the operator", office, first, "admitted"],
  ["of a member", birch, first, OPERATORS],
  ["of an auditor", firm, first, OPERATORS],
  [
    "without a name",
    office,
    { ...first, framework: null },
    "admission framework: Invalid input: expected string, received null",
  ],
  [
    "that begins with its second version",
    office,
    review,
    "admission version: must be 1: no version of it is published yet",
  ],
  ["that follows the newest version", office, review, "admitted", known],
  ["that is published already", office, first, "admission version: must be 2: version 1 is the newest", known],
  ["of another name beside it", office, { ...first, framework: "other" }, "admitted", known],
  [
    "whose level is missing",
    office,
    { ...first, benchmarks: [] },
    "admission benchmarks: Too small: expected array to have >=1 items",
  ],
]);
