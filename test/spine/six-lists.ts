import type { OverlapView } from "@quasarix/shared/wire/overlap.ts";

/** A mill as it is, and three ways in which people write it down. */
interface Mill {
  readonly country: readonly [string, string, string];
  readonly name: readonly [string, string, string];
  readonly address: readonly [string, string, string];
}

const MILLS: readonly Mill[] = [
  {
    country: ["Bangladesh", "BD", "BGD"],
    name: ["Meghna Knit Composite Ltd.", "MEGHNA KNIT COMPOSITE LIMITED", "Meghna Knit Composite Ltd"],
    address: [
      "Plot 12, Block C, Gilarchala, Sreepur, Gazipur",
      "PLOT 12, BLOCK C, GILARCHALA, SREEPUR, GAZIPUR",
      "Plot 12 Block C Gilarchala Sreepur Gazipur",
    ],
  },
  {
    country: ["Portugal", "PT", "PRT"],
    name: ["Têxteis São Bento, Lda.", "TEXTEIS SAO BENTO LDA", "Texteis Sao Bento, Lda"],
    address: [
      "Rua de São Bartolomeu 41, Serzedelo, 4765-918",
      "RUA DE SAO BARTOLOMEU 41, SERZEDELO, 4765-918",
      "Rua de Sao Bartolomeu 41, Serzedelo 4765-918",
    ],
  },
  {
    country: ["China", "CN", "Mainland China"],
    name: ["Dongguan Luyang Shoes Co., Ltd.", "DONGGUAN LUYANG SHOES CO LTD", "Dongguan Luyang Shoes Company Limited"],
    address: [
      "No. 88 Chiling Road, Houjie Town, Dongguan, Guangdong",
      "NO. 88 CHILING ROAD, HOUJIE TOWN, DONGGUAN, GUANGDONG",
      "No 88 Chiling Road Houjie Town Dongguan Guangdong",
    ],
  },
  {
    country: ["Germany", "DE", "Deutschland"],
    name: ["Weberei Müller & Söhne GmbH", "WEBEREI MUELLER", "Müller & Söhne Weberei"],
    address: ["Hauptstraße 6, 58739 Wickede", "HAUPTSTR. 6A, WICKEDE (RUHR)", "Hauptstrasse 6, Wickede"],
  },
  {
    country: ["India", "IN", "IND"],
    name: ["Ambathur Clothing Private Limited", "AMBATHUR CLOTHING PVT. LTD.", "Ambathur Clothing Pvt Ltd"],
    address: [
      "D16, Industrial Estate, Ambathur, Chennai 600058",
      "D16, INDUSTRIAL ESTATE, AMBATHUR, CHENNAI 600058",
      "D16 Industrial Estate Ambathur Chennai 600058",
    ],
  },
  {
    country: ["Vietnam", "VN", "Viet Nam"],
    name: ["GoerTek Vina Co., Ltd.", "GOERTEK VINA CO LTD", "GoerTek Vina Company Limited"],
    address: [
      "Lot K-08, Que Vo Industrial Park, Nam Son, Bac Ninh",
      "LOT K-08, QUE VO INDUSTRIAL PARK, NAM SON, BAC NINH",
      "Lot K-08 Que Vo Industrial Park Nam Son Bac Ninh",
    ],
  },
];

/** Its number, as a person knows it however it is written. */
export const millOf = (name: string): number =>
  MILLS.findIndex(({ name: ways }) => ways.some((way) => way.toUpperCase() === name.toUpperCase()));

/** Which mills are on whose list; `audited` of them with an audit that is valid today. */
export const HELD: readonly { readonly mills: readonly number[]; readonly audited: readonly number[] }[] = [
  { mills: [0, 1, 2], audited: [0] },
  { mills: [0, 1, 3], audited: [1] },
  { mills: [0, 2, 3, 4], audited: [0, 4] },
  { mills: [1, 2, 4, 5], audited: [] },
  { mills: [3, 5], audited: [3] },
  { mills: [2, 5], audited: [] },
];

const HEADERS = [
  "Site name,Address,Country,Scheme,Audit date,Result",
  "Site Name,Address Line 1,Site Country,Audit Type,Audit Start Date,Overall Rating",
  "Produktionsstätte;Anschrift;Land;Auditstandard;Prüfdatum;Ergebnis",
];

const dayText = (day: string, form: number): string => {
  const [year, month, date] = day.split("-") as [string, string, string];
  return [day, `${date}/${month}/${year}`, `${date}.${month}.${year}`][form] as string;
};

/** The file of a member: its own headings, its own hand. `day` is the 13th or later of a month, so that its order shows. */
export function fileOf(member: number, day: string): string {
  const form = member % 3;
  const delimiter = form === 2 ? ";" : ",";
  const { mills, audited } = HELD[member] as (typeof HELD)[number];
  const lines = mills.map((number) => {
    const { name, address, country } = MILLS[number] as Mill;
    const audit = audited.includes(number) ? ["BSCI", dayText(day, form), "B"] : ["", "", ""];
    return [name, address, country].map((it) => it[form] as string).concat(audit);
  });
  const quoted = lines.map((cells) => cells.map((cell) => `"${cell}"`).join(delimiter));
  return `${[HEADERS[form], ...quoted].join("\n")}\n`;
}

/** What the answer has to count, from the table above alone. */
export function countsFor(member: number): Pick<OverlapView["counts"], "sites" | "usable" | "own"> {
  const { mills, audited } = HELD[member] as (typeof HELD)[number];
  const usable = mills.filter((mill) => HELD.some((it) => it.audited.includes(mill)));
  return { sites: mills.length, usable: usable.length, own: audited.length };
}

export const totals = {
  sites: MILLS.length,
  shared: MILLS.filter((_, mill) => HELD.filter(({ mills }) => mills.includes(mill)).length > 1).length,
  usable: MILLS.filter((_, mill) => HELD.some(({ audited }) => audited.includes(mill))).length,
};
