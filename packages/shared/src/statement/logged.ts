import type { ExistenceFacts } from "../audit/existence.ts";
import type { StatementId } from "../wire/ids.ts";
import type { Claims } from "./claims.ts";

/** A statement with its place in the log: all that projections are made from. */
export interface Logged {
  readonly hash: StatementId;
  readonly type: string;
  readonly kid: string;
  readonly claims: Claims;
  /** Of an audit: section `existence`, the only one a projection may hold (DESIGN 4). */
  readonly existence: ExistenceFacts | null;
  readonly index: number;
  readonly admittedAt: number;
}
