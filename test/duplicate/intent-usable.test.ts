import type { AcceptancePolicy } from "@quasarix/shared/duplicate/acceptance.ts";
import { type HeardAudit, usableFor } from "@quasarix/shared/duplicate/intent-usable.ts";
import { describe, expect, test } from "vitest";

const SMETA = "urn:quasarix:scheme:smeta";
const policy: AcceptancePolicy = {
  name: "Twelve months",
  schemes: [{ scheme: SMETA }],
  others: "refused",
  topics: [],
  maxAgeMonths: 12,
  provenances: ["submitted-copy"],
};
const audit = (auditFrom: string, own: boolean): HeardAudit => ({
  own,
  scheme: SMETA,
  schemeVersion: "7.0",
  auditFrom,
  validUntil: null,
  announcement: "announced",
  topics: [],
  accreditation: null,
  provenance: "submitted-copy",
});

/** Whether it does on the first day of a window that begins then. */
function isUsable(auditFrom: string, from: string, own: boolean, today = "2026-09-01"): boolean {
  const need = { schemes: [SMETA], topics: [], from, until: "2027-12-31" };
  return usableFor(need, [audit(auditFrom, own)], { policy, today, batchDay: "2026-08-31" }).length > 0;
}
const days = Array.from({ length: 31 }, (_, n) => `2027-08-${String(n + 1).padStart(2, "0")}`);

describe("an audit of 17 August is twelve months old", () => {
  test("on a day of its owner's", () => {
    expect(days.filter((from) => isUsable("2026-08-17", from, true))).toEqual(days.slice(0, 17));
  });

  test("in a month of everybody else's, whatever day is asked for", () => {
    for (const auditFrom of ["2026-08-01", "2026-08-17", "2026-08-30"]) {
      expect(days.filter((from) => isUsable(auditFrom, from, false))).toEqual([]);
      expect(isUsable(auditFrom, "2027-07-01", false)).toBe(true);
      expect(isUsable(auditFrom, "2027-07-31", false)).toBe(true);
    }
  });

  test("where the window has begun, as of the batch and not of the day", () => {
    const asked = (today: string) => isUsable("2025-08-31", "2026-08-02", false, today);
    expect([asked("2026-08-31"), asked("2026-09-01"), asked("2026-12-24")]).toEqual([true, true, true]);
    expect(isUsable("2025-08-31", "2026-08-02", true, "2026-09-01")).toBe(false);
  });
});
