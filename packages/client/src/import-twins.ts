import { type Twin, twinsAmong, type WrittenReport, writtenTexts } from "@quasarix/shared/duplicate/twin.ts";
import type { AuditDraft } from "./import/draft.ts";

/** Reports of one file that are held in memory to be compared; of a longer file the first ones. */
const MOST = 20_000;

/** Gathers what a file's reports say, so that a firm hears of twins before it signs anything. They are named for people. */
export function draftTwins(): { note(draft: AuditDraft): void; found(): Twin[] } {
  const reports: WrittenReport[] = [];
  const places = new Map<string, string>();
  const named = (report: WrittenReport) => ({ ...report, site: places.get(report.site) ?? report.site });
  return {
    note({ line, site: { key, place }, content }) {
      const texts = writtenTexts(content);
      if (texts.length === 0 || reports.length === MOST) return;
      places.set(key, place.city === undefined ? place.name : `${place.name}, ${place.city}`);
      reports.push({ audit: `Line ${line}`, site: key, firm: "", admittedAt: line, texts });
    },
    found: () =>
      twinsAmong(reports).twins.map((twin) => ({ ...twin, later: named(twin.later), earlier: named(twin.earlier) })),
  };
}
