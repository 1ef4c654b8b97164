import * as z from "zod";

/** How much of a reader the supplier sees in its receipts: naming a buyer can reveal a sourcing plan (DESIGN 8). */
const receipts = z.discriminatedUnion("show", [
  z.strictObject({ show: z.literal("named") }),
  z.strictObject({ show: z.literal("category") }),
  z.strictObject({ show: z.literal("delayed"), days: z.int().min(1).max(365) }),
]);

/** Claims of `rulebook`, signed by the operator in the consortium's dossier. The last one in the log is in force from its entry on. */
export const rulebookClaims = z.strictObject({
  /** `pool`: all members see up to preset *findings*, of sites whose supplier signed these very terms. */
  mode: z.enum(["supplier-consent", "pool"]),
  receipts,
  /** Does a supplier see the name of the member that asks, or *a member*? */
  requesters: z.enum(["named", "a-member"]),
  /** Null: none. Else what reaches all members reaches those that contributed an audit in so many days. */
  reciprocityDays: z.int().min(1).max(3_650).nullable(),
  /** `until-final`: grantees wait until the supplier has replied or had its 30 days. */
  embargo: z.enum(["none", "until-final"]),
});
export type Rulebook = z.infer<typeof rulebookClaims> & {
  /** The rulebook's statement; null while the operator has published none. */
  readonly statement: string | null;
};

/** What holds before the first rulebook: the supplier decides, and sees who reads. */
export const FIRST_RULEBOOK: Rulebook = {
  statement: null,
  mode: "supplier-consent",
  receipts: { show: "named" },
  requesters: "a-member",
  reciprocityDays: null,
  embargo: "none",
};
