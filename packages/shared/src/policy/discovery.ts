import * as z from "zod";
import type { Logged } from "../statement/logged.ts";
import { siteId } from "../wire/ids.ts";

/** Claims of `discovery`: a supplier takes its site out of discovery. Undone by `revoke`. */
export const discoveryClaims = z.strictObject({ site: siteId });
export type DiscoveryClaims = z.infer<typeof discoveryClaims>;

export interface WithdrawalRow {
  readonly statement: string;
  readonly supplier: string;
  readonly site: string;
  readonly logIndex: number;
}

export const projectWithdrawal = ({ claims, hash, index }: Logged): WithdrawalRow => ({
  statement: hash,
  supplier: claims.iss,
  site: (claims as unknown as DiscoveryClaims).site,
  logIndex: index,
});
