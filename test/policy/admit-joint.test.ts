import { admitJoint } from "@quasarix/shared/policy/admit-intent.ts";
import { NOTHING_INTENDED } from "@quasarix/shared/policy/intended.ts";
import { describe, expect, test } from "vitest";
import { birch, cedar, facts, hashOf, heard, mill, office, said, site } from "./author-world.ts";

const intended = {
  ...NOTHING_INTENDED,
  joints: new Map([
    [hashOf("settled"), { joiners: [birch, cedar], isSettled: true }],
    [hashOf("joint"), { joiners: [birch, cedar], isSettled: false }],
    [hashOf("lone"), { joiners: [birch], isSettled: false }],
  ]),
};

describe("a statement on a joint audit", () => {
  const plan = hashOf("joint");
  const cost = { plan, cost: { amount: "3600.00", currency: "EUR" }, split: "equal" };
  const weights = { ...cost, split: "weights", weights: { [birch]: 2, [cedar]: 1 } };
  const NO_JOINT = "admission plan: no joint audit of yours";

  test.each([
    { what: "a joiner's yes to being named", by: birch, claims: { plan, names: true }, hears: "admitted" },
    { what: "another's yes", by: mill, claims: { plan, names: true }, hears: NO_JOINT },
    { what: "a yes to a plan that is none", by: birch, claims: { plan: hashOf("none"), names: true }, hears: NO_JOINT },
    { what: "a joiner's record of the cost", by: birch, claims: cost, hears: "names" },
    { what: "the secretariat's", by: office, claims: cost, hears: "admitted" },
    { what: "the secretariat's, by weights", by: office, claims: weights, hears: "admitted" },
    {
      what: "weights that leave one out",
      by: office,
      claims: { ...weights, weights: { [birch]: 2 } },
      hears: "every joiner and nobody else",
    },
    {
      what: "weights with one too many",
      by: office,
      claims: { ...weights, weights: { ...weights.weights, [mill]: 1 } },
      hears: "every joiner and nobody else",
    },
    { what: "weights without a split by them", by: office, claims: { ...weights, split: "equal" }, hears: "only then" },
    {
      what: "the cost of one that is alone",
      by: office,
      claims: { ...cost, plan: hashOf("lone") },
      hears: "two joiners",
    },
    {
      what: "the cost a second time",
      by: office,
      claims: { ...cost, plan: hashOf("settled") },
      hears: "recorded already",
    },
    {
      what: "terms, which are the platform's to state",
      by: office,
      claims: { plan, site, from: "2027-03-01", until: "2027-03-02", topics: [] },
      hears: "cost",
    },
    { what: "a share, which is too", by: birch, claims: { plan, share: {} }, hears: "names" },
    {
      what: "anything in another's dossier",
      by: birch,
      claims: { plan, names: true, sub: cedar },
      hears: "own dossier",
    },
  ])("$what: $hears", ({ by, claims, hears }) => {
    expect(heard(admitJoint, said(by, claims), facts({ intended }))).toContain(hears);
  });
});
