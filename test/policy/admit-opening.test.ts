import { base64url } from "@quasarix/shared/base64.ts";
import { admitKeyStatement, admitOrganisation, admitSite } from "@quasarix/shared/policy/admit-opening.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { describe, expect, test } from "vitest";
import { signerOf } from "../statement/consortium.ts";
import {
  broker,
  facts,
  firm,
  hashOf,
  heard,
  idOf,
  mill,
  newOrg,
  newSite,
  ORIGIN,
  office,
  openedSite,
  said,
  spinner,
  told,
} from "./author-world.ts";

const UNKNOWN = 'admission : Unrecognized key: "more"';
const kids = (count: number) => Array.from({ length: count }, (_, i) => hashOf(`kid ${i}`));
const NO_KIDS = "admission admits: must name the kids of the first keys";
const NOT_RESERVED = "admission opens: no such reservation";

const opening = (id: string) => ({ opens: id, dossier: hashOf(`dossier of ${id}`) });
const organisation = { ...opening(newOrg), admits: kids(1), kind: "auditor", name: "Firm" };

told("an organisation", admitOrganisation, [
  ["of the operator", office, organisation, "admitted"],
  ["with eight first keys", office, { ...organisation, admits: kids(8) }, "admitted"],
  ["with nine", office, { ...organisation, admits: kids(9) }, NO_KIDS],
  ["with none", office, { ...organisation, admits: [] }, NO_KIDS],
  ["with a key that is no kid", office, { ...organisation, admits: ["x"] }, NO_KIDS],
  ["of a supplier", mill, organisation, "statement:add: only the operator admits organisations"],
  ["with a claim of its own", office, { ...organisation, more: 1 }, UNKNOWN],
  ["that nobody reserved", office, { ...organisation, opens: idOf("org", "none") }, NOT_RESERVED],
  ["without a reservation", office, { ...organisation, opens: undefined }, NOT_RESERVED],
  ["under a site's reservation", office, { ...organisation, ...opening(newSite) }, NOT_RESERVED],
  [
    "under another commitment",
    office,
    { ...organisation, dossier: hashOf("another") },
    "admission dossier: not the commitment that was handed out",
  ],
]);

const opened = { ...opening(newSite), supplier: mill, name: "Mill", country: "PT" };
const reservedByMill = {
  subjects: new Map([...facts().subjects].map(([id, it]) => [id, { ...it, reservedBy: mill }])),
};

told("a site", admitSite, [
  ["of the operator, for a supplier", office, opened, "admitted"],
  ["of its supplier", mill, opened, "admitted", reservedByMill],
  ["of another supplier", spinner, opened, "statement:add: a site is opened by its supplier or the operator"],
  ["of its supplier under the operator's reservation", mill, opened, NOT_RESERVED],
  ["that nobody reserved", office, { ...opened, opens: idOf("site", "none") }, NOT_RESERVED],
  ["without a reservation", office, { ...opened, opens: 3 }, NOT_RESERVED],
  ["under an organisation's reservation", office, { ...opened, ...opening(newOrg) }, NOT_RESERVED],
  ["that is there", office, { ...opened, ...opening(openedSite) }, "subject-opened"],
  ["for an auditor", office, { ...opened, supplier: firm }, "admission supplier: is no supplier here"],
  ["for a kind that nobody knows", office, { ...opened, supplier: broker }, "admission supplier: is no supplier here"],
  ["for nobody known", office, { ...opened, supplier: idOf("org", "none") }, "admission supplier: is no supplier here"],
  ["with a claim of its own", office, { ...opened, more: 1 }, UNKNOWN],
]);

test("an opening of what is there names it", () => {
  const author = facts().orgs.get(office) as never;
  expect(admitSite(said(office, { ...opened, ...opening(openedSite) }), author, facts())).toEqual({
    reason: "subject-opened",
    subject: openedSite,
  });
});

describe("a key", async () => {
  const { publicKey } = await signerOf("first");
  const x = base64url(publicKey);
  const kid = thumbprint(publicKey);
  const key = { x, use: "record" };
  const possession = { challenge: "c", signature: "s".repeat(86) };
  const orgs = new Map([...facts().orgs].map(([id, org]) => [id, { ...org, admits: id === firm ? [kid] : [] }]));

  test.each([
    ["the first, which the operator admitted", firm, kid, key, "admitted"],
    ["the first, which it did not", mill, kid, key, "statement:add: the operator has not admitted this key"],
    ["a later one, in somebody's hand", mill, undefined, { ...key, possession }, "admitted"],
    ["a later one, in nobody's", mill, undefined, key, "admission possession: must show possession of the new key"],
    ["one that the operator keeps", office, undefined, { ...key, possession, custody: "platform" }, "admitted"],
    [
      "one that the platform is said to keep",
      mill,
      undefined,
      { ...key, possession, custody: "platform" },
      "admission custody: only the platform keeps keys in custody",
    ],
    ["one of small order", mill, undefined, { ...key, x: "A".repeat(43), possession }, "admission x: key-small-order"],
    ["one with a claim of its own", mill, undefined, { ...key, more: 1 }, UNKNOWN],
  ])("%s", (_what, who, by, claims, is) => {
    const statement = said(who, { sub: ORIGIN, ...claims }, by ? { kid: by } : {});
    expect(heard(admitKeyStatement, statement, facts({ orgs }))).toBe(is);
  });

  test("one that is known already", () => {
    const known = { kid, x, org: firm, use: "record", from: 0, until: null, loss: null };
    const around = facts({ orgs, keys: new Map([[kid, known]]) });
    expect(heard(admitKeyStatement, said(firm, key, { kid }), around)).toBe("admission x: this key is known already");
  });
});
