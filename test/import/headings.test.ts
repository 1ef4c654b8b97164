import { recogniseHeadings } from "@quasarix/client/import/headings.ts";
import { countryNamed } from "@quasarix/client/import/headings-countries.ts";
import { dateEvidence, readDay } from "@quasarix/client/import/headings-dates.ts";
import { schemeNamed } from "@quasarix/client/import/headings-schemes.ts";
import { HEADINGS } from "@quasarix/client/import/headings-words.ts";
import { describe, expect, test } from "vitest";

const short = (id: string | null) => (id === null ? "" : `@${id.split(":").at(-1)}`);
const understood = (header: string) => {
  const { columns, unused } = recogniseHeadings(header.split(","));
  const says = columns.map(({ heading, field, scheme }) => `${heading}=${field}${short(scheme)}`);
  return { says: says.join(" "), unused: unused.join(",") };
};

describe("a header row is understood without a mapping", () => {
  test.each([
    {
      what: "a plain list",
      header: "Site name,Address,City,Country,Scheme,Audit date,Result,Valid until",
      says: "Site name=name Address=address City=city Country=country Scheme=scheme Audit date=auditFrom Result=result Valid until=validUntil",
    },
    {
      what: "a facility list of an open registry",
      header: "os_id,facility_name,facility_address,country_code,lat,lng,number_of_workers",
      says: "os_id=osid facility_name=name facility_address=address country_code=country lat=lat lng=lon",
      unused: "number_of_workers",
    },
    {
      what: "an export of a Sedex kind, where the site's name beats the company's",
      header:
        "Company Name,ZC Code,Site Name,ZS Code,Address Line 1,Address Line 2,Audit Type,Audit Start Date,Audit End Date",
      says: "Site Name=name ZS Code=sedex Address Line 1=address Address Line 2=address Audit Type=scheme Audit Start Date=auditFrom Audit End Date=auditTo",
      unused: "Company Name,ZC Code",
    },
    {
      what: "an export of an amfori kind",
      header: "Site amfori ID,Site Name,Country,Monitoring Type,Monitoring Start Date,Overall Rating,Expiration Date",
      says: "Site amfori ID=amfori Site Name=name Country=country Monitoring Type=scheme Monitoring Start Date=auditFrom Overall Rating=result Expiration Date=validUntil",
    },
    {
      what: "a secretariat's sheet with brackets, stars and a hint of the form",
      header: "Supplier Site*,Site Country (ISO),Audit Protocol [list],Date of Audit (DD/MM/YYYY),Audit Expiry,Remarks",
      says: "Supplier Site*=name Site Country (ISO)=country Audit Protocol [list]=scheme Date of Audit (DD/MM/YYYY)=auditFrom Audit Expiry=validUntil",
      unused: "Remarks",
    },
    {
      what: "one column of dates for each scheme",
      header: "Factory,Country,SMETA audit date,SMETA valid until,BSCI audit date,BSCI rating",
      says: "Factory=name Country=country SMETA audit date=auditFrom@smeta SMETA valid until=validUntil@smeta BSCI audit date=auditFrom@amfori-bsci BSCI rating=result@amfori-bsci",
    },
    {
      what: "German",
      header: "Produktionsstätte,Straße,PLZ,Ort,Land,Prüfdatum,Gültig bis,Ergebnis",
      says: "Produktionsstätte=name Straße=address PLZ=postcode Ort=city Land=country Prüfdatum=auditFrom Gültig bis=validUntil Ergebnis=result",
    },
    {
      what: "French",
      header: "Nom de l'usine,Adresse,Ville,Pays,Référentiel,Date de l'audit,Valable jusqu'au",
      says: "Nom de l'usine=name Adresse=address Ville=city Pays=country Référentiel=scheme Date de l'audit=auditFrom Valable jusqu'au=validUntil",
    },
    {
      what: "Spanish",
      header: "Fábrica,Dirección,Ciudad,País,Norma,Fecha de auditoría,Vencimiento",
      says: "Fábrica=name Dirección=address Ciudad=city País=country Norma=scheme Fecha de auditoría=auditFrom Vencimiento=validUntil",
    },
    {
      what: "Chinese",
      header: "工厂名称,工厂地址,城市,国家,审核类型,审核日期,有效期至,结果",
      says: "工厂名称=name 工厂地址=address 城市=city 国家=country 审核类型=scheme 审核日期=auditFrom 有效期至=validUntil 结果=result",
    },
    {
      what: "camel case",
      header: "siteName,siteCountry,auditDate",
      says: "siteName=name siteCountry=country auditDate=auditFrom",
    },
    { what: "nothing of ours", header: "foo,bar,CAP,Notes", says: "", unused: "foo,bar,CAP,Notes" },
  ])("$what", ({ header, says, unused = "" }) => {
    expect(understood(header)).toEqual({ says, unused });
  });

  test("every heading of the table is understood as its own field or as one with a better rank", () => {
    for (const [field, headings] of Object.entries(HEADINGS)) {
      expect(recogniseHeadings([headings[0] as string]).columns[0]?.field).toBe(field);
      for (const heading of headings) expect(recogniseHeadings([heading]).columns).toHaveLength(1);
    }
  });
});

describe("a cell of a date is one day, or says that it could be two", () => {
  test.each([
    ["2024-03-04", "2024-03-04"],
    ["2024/3/4 00:00:00", "2024-03-04"],
    ["20240304", "2024-03-04"],
    ["45355", "2024-03-04"],
    ["45355.75", "2024-03-04"],
    ["4.3.2024", "2024-03-04"],
    ["13/4/2024", "2024-04-13"],
    ["4/13/24", "2024-04-13"],
    ["5/5/2024", "2024-05-05"],
    ["3/4/2024", "ambiguous"],
    ["12 March 2024", "2024-03-12"],
    ["12-Mar-24", "2024-03-12"],
    ["March 12th, 2024", "2024-03-12"],
    ["12. Mai 2024", "2024-05-12"],
    ["12 de marzo de 2024", "2024-03-12"],
    ["2024年3月4日", "2024-03-04"],
    ["31/02/2024", null],
    ["Mar-24", null],
    ["2024", null],
    ["12345", null],
    ["pending", null],
  ])("%s", (cell, day) => {
    expect(readDay(cell, null)).toBe(day);
  });

  test.each([
    { what: "a day above 12 tells for the column", cells: ["3/4/2024", "25/4/2024"], order: "dmy", conflict: false },
    { what: "so does one in second place", cells: ["3/4/2024", "4/25/2024"], order: "mdy", conflict: false },
    { what: "both at once fit no order", cells: ["25/4/2024", "4/25/2024"], order: null, conflict: true },
    {
      what: "the heading tells where no cell does",
      heading: "Date (MM/DD/YYYY)",
      cells: ["3/4/2024"],
      order: "mdy",
      conflict: false,
    },
    { what: "nothing tells", cells: ["3/4/2024", "2024-01-30"], order: null, conflict: false },
  ])("$what", ({ heading = "Audit date", cells, order, conflict }) => {
    expect(dateEvidence(heading, cells)).toMatchObject({ order, conflict });
  });
});

describe("a scheme is named by what its cell says, and else not at all", () => {
  test.each([
    ["SMETA 6.1 4-Pillar", "smeta 6.1"],
    ["4 Pillar", "smeta unknown"],
    ["amfori BSCI 2.0", "amfori-bsci 2.0"],
    ["BSCI", "amfori-bsci unknown"],
    ["RBA VAP v8.0", "rba 8.0"],
    ["SA8000:2014", "sa8000 2014"],
    ["SA 8000", "sa8000 unknown"],
    ["SLCP CAF v1.5", "slcp 1.5"],
    ["Higg FEM 4.0", "higg-fem 4.0"],
    ["Together for Sustainability", "tfs unknown"],
    ["WRAP Gold", "wrap unknown"],
    ["Our own code", null],
  ])("%s", (cell, says) => {
    const named = schemeNamed(cell);
    expect(named && `${named.id.replace("urn:quasarix:scheme:", "")} ${named.version}`).toBe(says);
  });
});

describe("a country is known by code or name", () => {
  test.each([
    ["CN", "CN"],
    ["CHN", "CN"],
    ["Mainland China", "CN"],
    ["China (CN)", "CN"],
    ["Viet Nam", "VN"],
    ["Türkiye", "TR"],
    ["Deutschland", "DE"],
    ["Côte d’Ivoire", "CI"],
    ["Korea, Republic of", "KR"],
    ["Korea, Democratic People's Republic of", "KP"],
    ["Tanzania, United Republic of", "TZ"],
    ["中国", "CN"],
    ["Korea, North or South", null],
    ["Atlantis", null],
    ["", null],
  ])("%s", (name, code) => {
    expect(countryNamed(name)).toBe(code);
  });
});
