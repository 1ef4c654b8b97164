import { withdrawalOf } from "@quasarix/client/discovery-drafts.ts";
import { admitDiscovery } from "@quasarix/shared/policy/admit-discovery.ts";
import { type Draft, issueStatement } from "@quasarix/shared/statement/issue.ts";
import { parseStatement } from "@quasarix/shared/statement/statement.ts";
import { expect, test } from "vitest";
import { dice, signerOf } from "../statement/consortium.ts";
import { birch, heard, mill, nowhere, site, spinner } from "./author-world.ts";

const ROWS: readonly { what: string; who: string; saying: Omit<Draft, "iss" | "iat">; is: RegExp }[] = [
  { what: "its site", who: mill, saying: withdrawalOf(mill, { site }), is: /^admitted$/ },
  {
    what: "another's site",
    who: spinner,
    saying: withdrawalOf(spinner, { site }),
    is: /^statement:add: only a site's/,
  },
  { what: "no site", who: mill, saying: withdrawalOf(mill, { site: nowhere }), is: /^statement:add: only a site's/ },
  {
    what: "a member's supplier",
    who: birch,
    saying: withdrawalOf(birch, { site }),
    is: /^statement:add: only a site's/,
  },
  { what: "what is no id", who: mill, saying: withdrawalOf(mill, { site: "site_x" }), is: /^admission site: / },
];

test.each(ROWS)("$who takes $what out of discovery: $is", async ({ who, saying, is }) => {
  const signer = await signerOf("author");
  const text = await issueStatement({ signer, random: dice("admit-discovery") }, { ...saying, iss: who, iat: 1 });
  const parsed = parseStatement(text);
  if (!parsed.ok) throw new Error(parsed.failure.reason);
  expect(heard(admitDiscovery, parsed.value)).toMatch(is);
});
