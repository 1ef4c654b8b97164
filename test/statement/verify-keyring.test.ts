import type { Bundle, BundleRow } from "@quasarix/shared/statement/bundle.ts";
import { formatBundle } from "@quasarix/shared/statement/bundle.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { verifyBundle } from "@quasarix/shared/statement/verify-bundle.ts";
import { webVerify } from "@quasarix/shared/webcrypto.ts";
import { expect, test } from "vitest";
import { AUDITOR, type WorldOptions, world } from "./consortium.ts";

const verify = webVerify(crypto);

async function verdictOf(
  options: WorldOptions = {},
  spoil: (keyring: Bundle["keyring"]) => Partial<Bundle["keyring"]> = () => ({}),
) {
  const { bundle, pin } = await world(options);
  const keyring = { ...bundle.keyring, ...spoil(bundle.keyring) };
  return verifyBundle(formatBundle({ ...bundle, keyring }), [pin], verify);
}

const ofFirst = (rows: readonly BundleRow[], change: (row: BundleRow) => Partial<BundleRow>): BundleRow[] =>
  rows.map((row, at) => (at === 0 ? { ...row, ...change(row) } : row));

const SMALL_ORDER = { x: "A".repeat(43), kid: thumbprint(new Uint8Array(32)) };
const DISCLOSURE = "WyJBQUFBQUFBQUFBQUFBQUFBQUFBQUFBIiwiYSIsMV0~";

test.each<{
  what: string;
  options?: WorldOptions;
  spoil?: (keyring: Bundle["keyring"]) => Partial<Bundle["keyring"]>;
  reason: string;
}>([
  { what: "another type", options: { keyring: { draft: { vct: vctOf("genesis") } } }, reason: "not-a-keyring" },
  {
    what: "one about another consortium",
    options: { keyring: { draft: { sub: "log.example/other" } } },
    reason: "not-a-keyring",
  },
  {
    what: "one with a disclosure",
    spoil: ({ statement }) => ({ statement: statement + DISCLOSURE }),
    reason: "not-a-keyring",
  },
  {
    what: "one that covers less than nothing",
    options: { keyring: { claims: { covers: -1 } } },
    reason: "keyring-claims",
  },
  {
    what: "one that covers half an entry",
    options: { keyring: { claims: { covers: 1.5 } } },
    reason: "keyring-claims",
  },
  { what: "one of fewer rows than none", options: { keyring: { claims: { size: -1 } } }, reason: "keyring-claims" },
  { what: "one with a root that is none", options: { keyring: { claims: { root: "A" } } }, reason: "keyring-claims" },
  { what: "one that covers its own entry", options: { keyring: { claims: { covers: 6 } } }, reason: "covers" },
  { what: "rows that descend", spoil: ({ rows }) => ({ rows: rows.toReversed() }), reason: "row-order" },
  { what: "a row twice", spoil: ({ rows }) => ({ rows: rows.flatMap((row) => [row, row]) }), reason: "row-order" },
  {
    what: "a row with white space",
    spoil: ({ rows }) => ({ rows: ofFirst(rows, ({ row }) => ({ row: ` ${row}` })) }),
    reason: "row-form",
  },
  {
    what: "a row whose window was moved",
    spoil: ({ rows }) => ({ rows: ofFirst(rows, ({ row }) => ({ row: row.replace('"from":0', '"from":1') })) }),
    reason: "row-path",
  },
  {
    what: "a row at another place",
    spoil: ({ rows }) => ({ rows: ofFirst(rows, () => ({ index: 1 })).slice(0, 1) }),
    reason: "row-path",
  },
  { what: "a key of small order", options: { auditor: SMALL_ORDER, strangersRow: true }, reason: "key-small-order" },
  {
    what: "a platform key of someone else's",
    options: { keyring: { row: { org: AUDITOR } } },
    reason: "keyring-signer",
  },
  {
    what: "a proof of another kind",
    spoil: ({ proof }) => ({ proof: proof.replace("@v1", "@v2") }),
    reason: "proof-form",
  },
  {
    what: "a proof that leads elsewhere",
    spoil: ({ proof }) => ({ proof: proof.replace(/(\nindex \d+\n)./, "$1/") }),
    reason: "path",
  },
])("a keyring is refused for $reason: $what", async ({ options, spoil, reason }) => {
  const verdict = await verdictOf(options, spoil);
  expect({ exit: verdict.exit, ...verdict.refused }).toEqual({ exit: 1, step: "keyring", reason });
});

test("a keyring may cover nothing yet", async () => {
  expect(await verdictOf({ keyring: { claims: { covers: 0 } } })).toMatchObject({ exit: 0, asOf: 0 });
});

test("the platform's own statement needs the platform's key, and no author's row", async () => {
  const { bundle, pin } = await world();
  const { statement, proof, rows } = bundle.keyring;
  const own = rows.filter(({ row }) => row.includes('"platform"'));
  const alone = { ...bundle, presentation: statement, proof, keyring: { ...bundle.keyring, rows: own } };
  expect((await verifyBundle(formatBundle(alone), [pin], verify)).exit).toBe(0);
});
