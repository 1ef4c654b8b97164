import { AUDIT_SECTIONS, type AuditSection } from "../statement/catalogue.ts";

export { AUDIT_SECTIONS, type AuditSection };

/** Who paid and what it cost never leaves author and auditor, whatever a grant says. */
export const GRANTABLE_SECTIONS: readonly AuditSection[] = AUDIT_SECTIONS.filter((name) => name !== "commercial");

export const PRESETS = {
  summary: ["existence", "scores"],
  findings: ["existence", "scores", "findings", "plans"],
  full: ["existence", "scores", "findings", "plans", "people", "workforce", "evidence"],
} as const satisfies Record<string, readonly AuditSection[]>;

export const isAuditSection = (name: string): name is AuditSection =>
  (AUDIT_SECTIONS as readonly string[]).includes(name);
