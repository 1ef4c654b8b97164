import type { Finding } from "../audit/finding.ts";

/** A report as far as it was granted to whoever asks. */
export interface SeenReport {
  readonly audit: string;
  readonly site: string;
  /** Id without version: a scheme's next version is no other scheme. */
  readonly scheme: string;
  readonly auditFrom: string;
  /** Null: withheld. */
  readonly findings: readonly Finding[] | null;
  /** Another report stands in its place. */
  readonly isReplaced: boolean;
}

/** A newer report under another scheme, beside critical findings that were open when last seen. A hint, never a verdict. */
export interface ShoppingHint {
  readonly site: string;
  readonly older: SeenReport;
  readonly newer: SeenReport;
  readonly open: number;
  /** Reports of the older one's scheme since, whose findings were withheld: they may say that all is closed. */
  readonly unseen: readonly string[];
}

/** Critical and zero tolerance (FIELD 3). */
const CRITICAL = 4;

/** A finding of which nothing was said since is open: only `closed` closes it. */
export const openCriticals = ({ findings }: SeenReport): number =>
  (findings ?? []).filter(({ severity, status }) => (severity?.level ?? 0) >= CRITICAL && status !== "closed").length;

/** Over these reports alone, in the order of sites and schemes: what else there is, the asker may not know. */
export function shoppingHints(reports: readonly SeenReport[]): ShoppingHint[] {
  const standing = reports.filter(({ isReplaced }) => !isReplaced);
  const places = [...Map.groupBy(standing, ({ site }) => site)].sort(byName);
  return places.flatMap(([, ofSite]) => {
    const newestFirst = ofSite.toSorted(
      (a, b) => compareText(b.auditFrom, a.auditFrom) || compareText(a.audit, b.audit),
    );
    const schemes = [...Map.groupBy(newestFirst, ({ scheme }) => scheme)].sort(byName);
    return schemes.flatMap(([, ofScheme]) => hintsBeside(ofScheme, schemes));
  });
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => compareText(a, b);

/** Of one scheme, newest first: the last report whose findings were seen says what is open. */
function hintsBeside(
  ofScheme: readonly SeenReport[],
  schemes: readonly (readonly [string, readonly SeenReport[]])[],
): ShoppingHint[] {
  const at = ofScheme.findIndex(({ findings }) => findings !== null);
  const older = ofScheme[at];
  if (!older) return [];
  const open = openCriticals(older);
  if (open === 0) return [];
  const unseen = ofScheme.slice(0, at).map(({ audit }) => audit);
  return schemes.flatMap(([scheme, [newer]]) =>
    scheme !== older.scheme && newer && newer.auditFrom > older.auditFrom
      ? [{ site: older.site, older, newer, open, unseen }]
      : [],
  );
}

/** For people. It says what was seen and what to ask, and nothing of why. */
export function shoppingSays({ older, newer, open, unseen }: ShoppingHint): string {
  const findings = open === 1 ? "1 critical finding" : `${open} critical findings`;
  const since =
    unseen.length === 0
      ? ""
      : ` Since then there ${unseen.length === 1 ? "is 1 report" : `are ${unseen.length} reports`} of ${older.scheme} whose findings are withheld from you.`;
  return `Report ${newer.audit} (${newer.scheme}, ${newer.auditFrom}) is newer than ${older.audit} (${older.scheme}, ${older.auditFrom}), of which ${findings} stood open when you last saw it.${since} There may be good reasons: ask what became of ${open === 1 ? "it" : "them"} before you rely on the newer report alone. Only reports that you were granted were compared.`;
}
