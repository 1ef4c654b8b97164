import { admitMerge, admitSplit } from "@quasarix/shared/policy/admit-merge.ts";
import { mergesOf } from "@quasarix/shared/registry/resolve.ts";
import { birch, elsewhere, facts, hashOf, mill, nowhere, office, site, target, told } from "./author-world.ts";

const merge = { statement: hashOf("merge"), stays: site, absorbed: elsewhere, logIndex: 10, splitIndex: null };
const merged = { merges: mergesOf([merge]) };
const NOT_OPERATORS = "statement:add: only the operator merges sites";

told("a merge", admitMerge, [
  ["of two sites", office, { sub: site, absorbs: elsewhere }, "admitted"],
  ["by the supplier of both", mill, { sub: site, absorbs: elsewhere }, NOT_OPERATORS],
  ["by a member", birch, { sub: site, absorbs: elsewhere }, NOT_OPERATORS],
  ["into a site that is none", office, { sub: nowhere, absorbs: site }, "admission sub: no such site"],
  ["of a site that is none", office, { sub: site, absorbs: nowhere }, "admission absorbs: no such site"],
  ["of a site with itself", office, { sub: site, absorbs: site }, "admission absorbs: a site does not absorb itself"],
  [
    "a second time",
    office,
    { sub: site, absorbs: elsewhere },
    `admission absorbs: is merged into ${site} already`,
    merged,
  ],
  [
    "into a site that is absorbed, which would close a circle",
    office,
    { sub: elsewhere, absorbs: site },
    `admission sub: is merged into ${site} already`,
    merged,
  ],
  [
    "after a split",
    office,
    { sub: elsewhere, absorbs: site },
    "admitted",
    { merges: mergesOf([{ ...merge, splitIndex: 11 }]) },
  ],
  ["of nothing", office, { sub: site }, "admission absorbs: Invalid input: expected string, received undefined"],
  [
    "with a claim of its own",
    office,
    { sub: site, absorbs: elsewhere, supplier: mill },
    'admission : Unrecognized key: "supplier"',
  ],
]);

const targets = new Map([...facts().targets, target("merge", { type: "merge", issuer: office, subject: site })]);
const around = { ...merged, targets };
const re = hashOf("merge");
const NO_MERGE = "admission re: no such merge of this site";

told("a split", admitSplit, [
  ["of a merge that stands", office, { sub: site, re }, "admitted", around],
  ["by a supplier", mill, { sub: site, re }, "statement:add: only the operator splits sites", around],
  ["of the absorbed site", office, { sub: elsewhere, re }, NO_MERGE, around],
  ["of a merge that is none", office, { sub: site, re: hashOf("no merge") }, NO_MERGE, around],
  ["of an audit of the site", office, { sub: site, re: hashOf("audit") }, NO_MERGE, around],
  ["of nothing", office, { sub: site }, NO_MERGE, around],
  [
    "of a merge that was split",
    office,
    { sub: site, re },
    "admission re: this merge does not stand",
    { targets, merges: mergesOf([{ ...merge, splitIndex: 11 }]) },
  ],
  [
    "of a merge that another was before",
    office,
    { sub: site, re },
    "admission re: this merge does not stand",
    { targets, merges: mergesOf([{ ...merge, statement: hashOf("first"), logIndex: 9 }, merge]) },
  ],
  [
    "with a claim",
    office,
    { sub: site, re, absorbs: elsewhere },
    "admission absorbs: a split has no claims of its own",
    around,
  ],
]);
