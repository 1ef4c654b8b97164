import type { Logged } from "../../statement/logged.ts";
import { type Framework, frameworkClaims } from "./framework.ts";

export interface FrameworkRow {
  readonly statement: string;
  readonly id: string;
  readonly version: number;
  /** JSON, as signed. */
  readonly claims: string;
  readonly logIndex: number;
  readonly admittedAt: number;
}

const MEMBERS = Object.keys(frameworkClaims.shape);

/** Open to all: what a score means is no secret. */
export function projectFramework({ claims, hash, index, admittedAt }: Logged): FrameworkRow {
  const own = Object.fromEntries(Object.entries(claims).filter(([name]) => MEMBERS.includes(name)));
  const { framework, version } = own as unknown as Framework;
  return { statement: hash, id: framework, version, claims: JSON.stringify(own), logIndex: index, admittedAt };
}
