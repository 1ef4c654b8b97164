import { type Stated, termsDue } from "@quasarix/shared/duplicate/join-terms.ts";
import type { Group, Intent } from "@quasarix/shared/duplicate/plan.ts";
import { expect, test } from "vitest";

const TODAY = "2027-02-01";
const window = { from: "2027-03-01", until: "2027-03-31", topics: ["wages"] };
const intent = (org: string): Intent => ({
  hash: org,
  org,
  site: "site",
  schemes: [],
  mayJoin: true,
  joins: null,
  replaces: null,
  index: 1,
  revokedIndex: null,
  ...window,
});
const group = (orgs: readonly string[], terms = window): Group => ({ plan: "plan", joiners: orgs.map(intent), terms });
const stated = (org: string, over: Partial<Stated> = {}): Stated => ({
  org,
  site: "site",
  isOver: false,
  ...window,
  ...over,
});
const wider = { ...window, topics: ["wages", "water"] };

test.each([
  { what: "two that found together hear it", of: group(["a", "b"]), stated: [], due: ["a", "b"] },
  { what: "nobody hears the same twice", of: group(["a", "b"]), stated: [stated("a"), stated("b")], due: [] },
  {
    what: "whoever comes later hears it, and the others only what changed",
    of: group(["a", "b", "c"]),
    stated: [stated("a"), stated("b")],
    due: ["c"],
  },
  {
    what: "all hear of another topic",
    of: group(["a", "b"], wider),
    stated: [stated("a"), stated("b")],
    due: ["a", "b"],
  },
  {
    what: "whoever left hears that it is over",
    of: group(["a", "b"]),
    stated: [stated("a"), stated("b"), stated("c")],
    due: ["c over"],
  },
  {
    what: "whoever is left alone hears that it is over",
    of: null,
    stated: [stated("a"), stated("b")],
    due: ["a over", "b over"],
  },
  { what: "what is over is over once", of: null, stated: [stated("a", { isOver: true })], due: [] },
  {
    what: "one that comes back hears the terms again",
    of: group(["a", "b"]),
    stated: [stated("a"), stated("b", { isOver: true })],
    due: ["b"],
  },
  {
    what: "nothing changes from the first day of the window on",
    of: group(["a"], wider),
    stated: [stated("a", { from: TODAY }), stated("b", { from: TODAY })],
    due: [],
  },
  {
    what: "nothing begins when its window is over",
    of: group(["a", "b"], { ...window, until: "2027-01-31" }),
    stated: [],
    due: [],
  },
])("$what", ({ of, stated: before, due }) => {
  const said = termsDue("plan", of, before, TODAY).map(({ org, terms }) => (terms.over ? `${org} over` : org));
  expect(said).toEqual(due);
});
