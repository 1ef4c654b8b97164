import type { Logged } from "../statement/logged.ts";
import { acceptancePolicy } from "./acceptance.ts";

export interface PolicyRow {
  readonly statement: string;
  readonly org: string;
  /** The claims of `policy` as JSON, without those of every statement. */
  readonly claims: string;
  readonly logIndex: number;
  readonly admittedAt: number;
}

const POINTS = Object.keys(acceptancePolicy.shape);

export function projectPolicy({ claims, hash, index, admittedAt }: Logged): PolicyRow {
  const own = Object.fromEntries(POINTS.map((point) => [point, claims[point]]));
  return { statement: hash, org: claims.iss, claims: JSON.stringify(own), logIndex: index, admittedAt };
}
