import { beforeAll, describe, expect, test } from "vitest";
import { TAKE } from "../../workers/store/allowances.ts";
import { CONSENTS, FACTS } from "../../workers/store/audit-facts.ts";
import { CANDIDATES, CANDIDATES_OF_SITE } from "../../workers/store/audit-list.ts";
import { AUDITED, OF_COHORT } from "../../workers/store/countable.ts";
import { FOUND, WITHDRAWN } from "../../workers/store/discovery.ts";
import { JOINED } from "../../workers/store/due-joints.ts";
import { GRANT_KINDS } from "../../workers/store/grant-kinds.ts";
import { LISTED } from "../../workers/store/intended-facts.ts";
import { SEALED } from "../../workers/store/intent-reasons.ts";
import { AT_SITES, OWN as OWN_INTENTS } from "../../workers/store/intents.ts";
import { PAGE as JOINT_PLANS, OWN as OWN_JOINTS, YES } from "../../workers/store/joints.ts";
import { LIST, STATE } from "../../workers/store/listings.ts";
import { PLACE } from "../../workers/store/logged.ts";
import { TAKEN } from "../../workers/store/outbox.ts";
import { PLANNED } from "../../workers/store/overlap.ts";
import { NAMELESS_POLICIES, SHOWN_POLICIES } from "../../workers/store/policies.ts";
import { SETTLE } from "../../workers/store/proposals.ts";
import { HEAD, STALE } from "../../workers/store/receipt-chain.ts";
import { PAGE } from "../../workers/store/receipts.ts";
import { VOTES } from "../../workers/store/release-votes.ts";
import { ONE_PLAN, ONE_RELEASE, PLANS_PAGE, RELEASES_PAGE } from "../../workers/store/releases.ts";
import { GRANTED, ON_LISTS, SUBMITTED } from "../../workers/store/site-stands.ts";
import { emptyDeployment, env } from "../workerd-env.ts";

beforeAll(emptyDeployment);

/** What a plan may go through from end to end: a request's own list, the first of an index, one audit's corrections, what is cut off already. */
const SHORT = /^SCAN (json_each|CONSTANT ROW|\((subquery|join)-\d+\)|back$|rulebooks USING INDEX rulebooks_by_place)/;

/** Of all that is one asker's, or one rulebook's: dear where nothing cuts it off. */
const WIDE = /(submissions_(by_org|of_reports) \(org|terms_by_rulebook \(rulebook)=\?\)$/;

const QUERIES = [
  { name: "the list", sql: CANDIDATES, bound: 6, own: "few granted near merged named found a s", wide: 2 },
  { name: "the list of a site", sql: CANDIDATES_OF_SITE, bound: 7, own: "" },
  { name: "the facts of audits", sql: FACTS, bound: 3, own: "", wide: 1 },
  { name: "the kinds of grants", sql: GRANT_KINDS, bound: 3, own: "place kind k chosen r one" },
  { name: "the consents", sql: CONSENTS, bound: 1, own: "" },
  { name: "the end of a receipts chain", sql: HEAD, bound: 1, own: "" },
  { name: "whether what was decided on still holds", sql: STALE, bound: 2, own: "r" },
  { name: "the audits that may be heard of", sql: FOUND, bound: 4, own: "" },
  { name: "the policies that buyers show", sql: SHOWN_POLICIES, bound: 1, own: "" },
  { name: "the policies that nameless buyers show", sql: NAMELESS_POLICIES, bound: 1, own: "" },
  { name: "a page of one's own list", sql: LIST, bound: 3, own: "" },
  { name: "what a listing's places became", sql: STATE, bound: 2, own: "one" },
  { name: "what a statement takes of an allowance", sql: TAKE, bound: 8, own: "s one" },
  { name: "the sites out of discovery", sql: WITHDRAWN, bound: 1, own: "" },
  { name: "the sites where others plan", sql: PLANNED, bound: 4, own: "" },
  { name: "the intents at some sites", sql: AT_SITES, bound: 1, own: "" },
  { name: "which of some sites are on one's list", sql: LISTED, bound: 2, own: "" },
  {
    name: "one's own intents",
    sql: `${OWN_INTENTS} AND i.log_index > ?2 ORDER BY i.log_index LIMIT ?3`,
    bound: 3,
    own: "",
  },
  { name: "why audits were ordered anyway", sql: SEALED, bound: 3, own: "" },
  { name: "the sites where somebody joined", sql: JOINED, bound: 2, own: "" },
  { name: "one's own joint audits", sql: OWN_JOINTS, bound: 3, own: "own" },
  { name: "who may be named", sql: YES, bound: 2, own: "" },
  { name: "a page of all joint audits", sql: JOINT_PLANS, bound: 2, own: "" },
  { name: "which sites were audited", sql: AUDITED, bound: 3, own: "" },
  { name: "a cohort's audits", sql: OF_COHORT, bound: 7, own: "summed some" },
  { name: "who handed in audits of some sites", sql: SUBMITTED, bound: 2, own: "one" },
  { name: "who lists some sites", sql: ON_LISTS, bound: 2, own: "one" },
  { name: "who was granted some sites", sql: GRANTED, bound: 3, own: "one m" },
  { name: "the votes on a plan", sql: VOTES, bound: 1, own: "" },
  { name: "a page of release plans", sql: PLANS_PAGE, bound: 2, own: "" },
  { name: "one release plan", sql: ONE_PLAN, bound: 1, own: "" },
  { name: "a page of releases", sql: RELEASES_PAGE, bound: 2, own: "" },
  { name: "one release", sql: ONE_RELEASE, bound: 2, own: "" },
  { name: "a page of a receipts chain", sql: PAGE, bound: 7, own: "" },
];

describe("no query of a read goes through a table that grows, but by an index and from a place in it", () => {
  test.each(QUERIES)("$name", async ({ sql, bound, own, wide = 0 }) => {
    const values = Array.from({ length: bound }, () => "[]");
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(...values)
      .all<{ detail: string }>();
    const scans = results.map(({ detail }) => detail).filter((detail) => detail.startsWith("SCAN "));
    const named = own.split(" ");
    expect(results).not.toEqual([]);
    expect(scans.filter((scan) => !SHORT.test(scan) && !named.includes(scan.split(" ")[1] as string))).toEqual([]);
    expect(results.filter(({ detail }) => WIDE.test(detail))).toHaveLength(wide);
  });
});

// The other way round, each of all that wait is held against each of these.
describe("what is placed, taken or settled is found by its name, one after the other", () => {
  test.each([
    { sql: PLACE, bound: 1, index: "statements_by_hash (hash=?)" },
    { sql: TAKEN, bound: 1, index: "sqlite_autoindex_submissions_1 (hash=?)" },
    { sql: SETTLE, bound: 2, index: "sqlite_autoindex_proposals_1 (listing=?)" },
  ])("by $index", async ({ sql, bound, index }) => {
    const values = Array.from({ length: bound }, () => "[]");
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(...values)
      .all<{ detail: string }>();
    const [first, second] = results.map(({ detail }) => detail).filter((detail) => /^(SCAN row|SEARCH)/.test(detail));
    expect([first, second]).toEqual(["SCAN row", expect.stringContaining(index)]);
  });
});
