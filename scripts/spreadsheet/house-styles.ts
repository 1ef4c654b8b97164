import type { HeldAudit } from "./holdings.ts";
import type { RealSite } from "./source.ts";

/** What one row says, in no form yet. */
export interface Said {
  readonly site: RealSite;
  /** Null: a supplier of which the member has no audit. */
  readonly audit: HeldAudit | null;
}

/** The form in which a member keeps its list: as the usual exports and offices write them. */
export interface HouseStyle {
  readonly delimiter: "," | ";" | "\t";
  readonly lineEnd: "\n" | "\r\n";
  readonly mark: "" | "\ufeff";
  readonly above: readonly string[];
  readonly columns: readonly (readonly [heading: string, cell: (said: Said) => string])[];
}

const english = new Intl.DisplayNames("en", { type: "region" });
const german = new Intl.DisplayNames("de", { type: "region" });
const spanish = new Intl.DisplayNames("es", { type: "region" });

const parts = (day: string) => day.split("-") as [string, string, string];
const dmy = (day: string, between: string) => parts(day).reverse().join(between);
const mdy = (day: string) => {
  const [year, month, date] = parts(day);
  return `${Number(month)}/${Number(date)}/${year}`;
};
const serial = (day: string) => String(Date.parse(day) / 86_400_000 + 25_569);
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const worded = (day: string) => {
  const [year, month, date] = parts(day);
  return `${date}-${MONTHS[Number(month) - 1]}-${year.slice(2)}`;
};

const SCHEME_WORDS: Readonly<Record<string, readonly string[]>> = {
  smeta: ["SMETA 7.0", "SMETA", "SMETA v7.0", "Sedex Audit (SMETA 7.0)"],
  "amfori-bsci": ["amfori BSCI 2.0", "BSCI", "amfori Social Audit - Manufacturing", "BSCI"],
  rba: ["RBA VAP 7.1", "VAP", "RBA", "RBA VAP v7.1"],
  sa8000: ["SA8000:2014", "SA 8000", "SA8000:2014", "Social Accountability 8000"],
  slcp: ["SLCP", "SLCP CAF 1.5", "Social & Labor Convergence Program", "SLCP"],
  tfs: ["TfS", "Together for Sustainability", "TfS audit", "TFS"],
};
const schemeAs =
  (way: number) =>
  ({ audit }: Said): string =>
    audit === null ? "" : (SCHEME_WORDS[audit.scheme]?.[way] ?? audit.scheme);

const name = ({ site }: Said) => site.name;
const address = ({ site }: Said) => site.address;
const result = ({ audit }: Said) => audit?.result ?? "";
const from =
  (form: (day: string) => string) =>
  ({ audit }: Said) =>
    audit === null ? "" : form(audit.auditFrom);
const until =
  (form: (day: string) => string) =>
  ({ audit }: Said) =>
    audit?.validUntil ? form(audit.validUntil) : "";
const asIs = (day: string) => day;

export const HOUSE_STYLES: readonly HouseStyle[] = [
  {
    delimiter: ",",
    lineEnd: "\n",
    mark: "",
    above: [],
    columns: [
      ["Site name", name],
      ["Address", address],
      ["Country", ({ site }) => english.of(site.country) ?? site.country],
      ["Scheme", schemeAs(0)],
      ["Audit date", from(asIs)],
      ["Result", result],
      ["Valid until", until(asIs)],
    ],
  },
  {
    delimiter: ",",
    lineEnd: "\r\n",
    mark: "\ufeff",
    above: ["Site export,,,,,,", ",,,,,,"],
    columns: [
      ["Site Name", name],
      ["Address Line 1", address],
      ["Site Country", ({ site }) => english.of(site.country) ?? site.country],
      ["Audit Type", schemeAs(3)],
      ["Audit Start Date", from((day) => dmy(day, "/"))],
      ["Expiry Date", until((day) => dmy(day, "/"))],
      ["Number of findings", () => ""],
    ],
  },
  {
    delimiter: ";",
    lineEnd: "\r\n",
    mark: "\ufeff",
    above: [],
    columns: [
      ["Produktionsstätte", name],
      ["Anschrift", address],
      ["Land", ({ site }) => german.of(site.country) ?? site.country],
      ["Auditstandard", schemeAs(1)],
      ["Prüfdatum", from((day) => dmy(day, "."))],
      ["Ergebnis", result],
      ["Gültig bis", until((day) => dmy(day, "."))],
    ],
  },
  {
    delimiter: ",",
    lineEnd: "\n",
    mark: "",
    above: [],
    columns: [
      ["facility_name", name],
      ["facility_address", address],
      ["country_code", ({ site }) => site.country],
      ["audit_protocol", schemeAs(2)],
      ["audit_date", from(mdy)],
      ["score", result],
    ],
  },
  {
    delimiter: "\t",
    lineEnd: "\n",
    mark: "",
    above: [],
    columns: [
      ["Proveedor", name],
      ["Dirección", address],
      ["País", ({ site }) => spanish.of(site.country) ?? site.country],
      ["Norma", schemeAs(0)],
      ["Fecha de auditoría", from((day) => dmy(day, "-"))],
      ["Resultado", result],
      ["Vencimiento", until((day) => dmy(day, "-"))],
    ],
  },
  {
    delimiter: ",",
    lineEnd: "\r\n",
    mark: "",
    above: [],
    columns: [
      ["Site amfori ID", () => ""],
      ["Site Name", name],
      ["Full address", address],
      ["Country/Region", ({ site }) => english.of(site.country) ?? site.country],
      ["Monitoring Type", schemeAs(2)],
      ["Monitoring Start Date", from(serial)],
      ["Overall Rating", result],
      ["Expiration Date", until(serial)],
    ],
  },
  {
    delimiter: ",",
    lineEnd: "\n",
    mark: "",
    above: ["Supplier overview,,,,,,"],
    columns: [
      ["Supplier site", name],
      ["Street address", address],
      ["Country", ({ site }) => (english.of(site.country) ?? site.country).toUpperCase()],
      ["Audit standard", schemeAs(1)],
      ["Last audit", from(worded)],
      ["Audit result", result],
      ["Next audit due", until(worded)],
    ],
  },
];
