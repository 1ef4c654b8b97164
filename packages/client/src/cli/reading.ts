import { isPurpose, PURPOSES, type Purpose } from "@quasarix/shared/policy/purposes.ts";
import { type AuditSection, isAuditSection, PRESETS } from "@quasarix/shared/policy/sections.ts";
import { type Call, needed, optional } from "./command.ts";
import { UsageError } from "./exit.ts";

export const PURPOSE_NAMES = Object.keys(PURPOSES).join("|");

export function purposeOf(text: string): Purpose {
  if (!isPurpose(text)) throw new UsageError(`\`${text}\` is no purpose: ${PURPOSE_NAMES}`);
  return text;
}

/** Names with commas between, or a preset: summary, findings, full. */
export function sectionsFrom(text: string): AuditSection[] {
  const preset = Object.entries(PRESETS).find(([name]) => name === text);
  // `findings` is both: the section alone would be of little use without what it is about.
  if (preset) return [...preset[1]];
  return text.split(",").map((name) => {
    if (!isAuditSection(name)) throw new UsageError(`\`${name}\` is no section`);
    return name;
  });
}

export function readingOf(call: Call): { purpose: Purpose; sections?: AuditSection[] } {
  const purpose = purposeOf(needed(call, "purpose"));
  const sections = optional(call, "sections");
  return sections === undefined ? { purpose } : { purpose, sections: sectionsFrom(sections) };
}
