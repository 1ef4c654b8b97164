import { randomBytes } from "node:crypto";

/** An audit of middling size, as a member sends it: 33 disclosures over eight sections. Lengths in bytes. */
export const AUDIT_SHAPE = { jwt: 3_200, disclosures: 33, disclosure: 115, sections: 8 } as const;

export type StatementShape = Record<keyof typeof AUDIT_SHAPE, number>;

/** The whole statement: the signed part, and each disclosure with its `~`. */
export const statementLength = (shape: StatementShape): number =>
  shape.jwt + 1 + shape.disclosures * (shape.disclosure + 1);

/** Text of the alphabet of statements, which no store can compress away; each one differs. */
export const randomPayloads = (count: number, length: number): Buffer[] =>
  Array.from({ length: count }, () => Buffer.from(randomBytes(length).toString("base64url").slice(0, length)));
