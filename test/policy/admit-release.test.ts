import { admitReleasePlan, admitVote } from "@quasarix/shared/policy/admit-release.ts";
import { birch, firm, hashOf, mill, ORIGIN, office, told } from "./author-world.ts";

const plan = { sub: ORIGIN, plan: hashOf("file"), profile: "eight", series: ["quarter", "year"] };
told("a release plan", admitReleasePlan, [
  ["of the operator", office, plan, "admitted"],
  ["of a member", birch, plan, "statement:add: only the operator puts a release plan to the vote"],
  [
    "without its file's hash",
    office,
    { ...plan, plan: "" },
    "admission plan: must be 32 bytes of base64url without padding",
  ],
  [
    "of a profile that nobody knows",
    office,
    { ...plan, profile: "four" },
    'admission profile: Invalid option: expected one of "eight"|"small"',
  ],
  ["that says more", office, { ...plan, cells: 3 }, 'admission : Unrecognized key: "cells"'],
]);

const vote = { sub: ORIGIN, on: hashOf("file"), choice: "yes" };
told("a vote", admitVote, [
  ["of a member", birch, vote, "admitted"],
  ["of a member, against", birch, { ...vote, choice: "no" }, "admitted"],
  ["of a supplier", mill, vote, "statement:add: only members vote"],
  ["of an auditor", firm, vote, "statement:add: only members vote"],
  ["of the operator", office, vote, "statement:add: only members vote"],
  [
    "that is neither yes nor no",
    birch,
    { ...vote, choice: "perhaps" },
    'admission choice: Invalid option: expected one of "yes"|"no"',
  ],
  [
    "on nothing",
    birch,
    { sub: ORIGIN, choice: "yes" },
    "admission on: Invalid input: expected string, received undefined",
  ],
]);
