/** The sections of an audit, in the order of the catalogue (DESIGN 8). */
export const AUDIT_SECTIONS = [
  "existence",
  "scores",
  "findings",
  "plans",
  "people",
  "workforce",
  "evidence",
  "commercial",
] as const;
export type AuditSection = (typeof AUDIT_SECTIONS)[number];

/** Who paid and what it cost never leaves author and auditor, whatever a grant says. */
export const GRANTABLE_SECTIONS: readonly AuditSection[] = AUDIT_SECTIONS.filter((name) => name !== "commercial");

export const PRESETS = {
  summary: ["existence", "scores"],
  findings: ["existence", "scores", "findings", "plans"],
  full: ["existence", "scores", "findings", "plans", "people", "workforce", "evidence"],
} as const satisfies Record<string, readonly AuditSection[]>;

export const isAuditSection = (name: string): name is AuditSection =>
  (AUDIT_SECTIONS as readonly string[]).includes(name);
