import type { StatementShape } from "../payload.ts";

/** What cannot be left out, each measured alone. */
export const FLOOR_PARTS = ["verify", "hash", "seal", "insert"] as const;
export type FloorPart = (typeof FLOOR_PARTS)[number];

export interface FloorRequest {
  readonly part: FloorPart;
  readonly count: number;
  readonly shape: StatementShape;
}
