import { matchSites } from "@quasarix/shared/registry/match/match.ts";
import { nameTokens } from "@quasarix/shared/registry/match/name.ts";
import type { MatchPlace } from "@quasarix/shared/registry/match/place.ts";
import { reasonSays, turned } from "@quasarix/shared/registry/match/reasons.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const place = (name: string, address?: string, country?: string, more: Partial<MatchPlace> = {}): MatchPlace => ({
  name,
  address,
  country,
  ...more,
});
const verdictOf = (a: MatchPlace, b: MatchPlace) => matchSites(a, b).verdict;

describe("one site under two spellings", () => {
  test.each([
    [
      "another legal form and abbreviations",
      place("Acme Knitting Mills (Pvt.) Ltd.", "Plot No. 12, Block 34, Korangi Industrial Area, Karachi", "PK"),
      place("ACME KNITTING MILLS PRIVATE LIMITED", "Plot # 12 Blk. 34 Korangi Ind. Area Karachi", "Pakistan"),
    ],
    [
      "umlauts written out",
      place("Weberei Müller GmbH & Co. KG", "Hauptstraße 6, 72764 Reutlingen", "DE"),
      place("Weberei Mueller", "Hauptstr. 6, 72764 Reutlingen", "Germany"),
    ],
    [
      "mojibake",
      place("Tejidos Peña S.A. de C.V.", "Calle Niños Héroes 45, Puebla", "MX"),
      place("Tejidos PeÃ±a", "Calle NiÃ±os HÃ©roes 45, Puebla", "Mexico"),
    ],
    [
      "Cyrillic",
      place("ООО «Ромашка»", "ул. Ленина, 15, Иваново", "RU"),
      place("OOO Romashka", "ul. Lenina 15, Ivanovo", "Russian Federation"),
    ],
    [
      "spaced-out letters",
      place("A B C  TEXTILES  L T D", "House 7, Road 11, Gazipur", "BD"),
      place("ABC Textiles Ltd", "House 7 Road 11 Gazipur", "Bangladesh"),
    ],
    [
      "syllables joined",
      place("Suzhou Hengli Weaving Co Ltd", "No. 8 Lin Sheng Road, Wujiang, Suzhou", "CN"),
      place("Suzhou Heng Li Weaving Co., Ltd.", "8 Linsheng Rd Wujiang Suzhou", "China"),
    ],
    [
      "an address that begins with the name, and a country by three letters",
      place(
        "Capital Sports Corporation (Pvt) Ltd",
        "Capital Sports Corporation (PVT) Ltd, Kashmir Road, Pacca Garha, Sialkot",
        "PAK",
      ),
      place("Capital Sports Corporation", "Kashmir Rd., Pacca Garha, Sialkot 51310, Pakistan"),
    ],
    [
      "Chinese",
      place("苏州恒力纺织有限公司", "江苏省苏州市工业园区星湖街328号", "CN"),
      place("苏州恒力纺织", "苏州市工业园区星湖街 328 号", "中国"),
    ],
    [
      "Taiwan under either name",
      place("Ever Bright Optical Co., Ltd.", "No. 12, Keya Road, Daya District, Taichung", "Taiwan, Province of China"),
      place("EVER BRIGHT OPTICAL", "12 Keya Rd, Daya Dist., Taichung, Taiwan", "TW"),
    ],
    [
      "street words of Turkish",
      place("Yıldız Tekstil San. ve Tic. A.Ş.", "Atatürk Cad. No:14 Çorlu Tekirdağ", "TR"),
      place("YILDIZ TEKSTIL", "Ataturk Caddesi 14, Corlu, Tekirdag", "Türkiye"),
    ],
  ])("is known again: %s", (_, a, b) => {
    const { verdict, score } = matchSites(a, b);
    expect(["same", "likely"]).toContain(verdict);
    expect(score).toBeGreaterThanOrEqual(0.5);
  });
});

describe("two sites are told apart", () => {
  test.each([
    [
      "plot and block exchanged",
      place("Delta Washing Ltd", "Plot 12, Block 34, EPZ, Savar", "BD"),
      place("Delta Washing Ltd", "Plot 34, Block 12, EPZ, Savar", "BD"),
    ],
    [
      "one company, two towns",
      place("Sunrise Garments Co., Ltd", "No. 5 Renmin Road, Wuxi, Jiangsu", "CN"),
      place("Sunrise Garments Co., Ltd", "No. 210 Binhai Avenue, Shantou, Guangdong", "CN"),
    ],
    [
      "two tenants of one park",
      place("Blue River Footwear", "Lot 8, Tan Tao Industrial Park, Ho Chi Minh City", "VN"),
      place("Sao Mai Plastics", "Lot 15, Tan Tao Industrial Park, Ho Chi Minh City", "VN"),
    ],
    [
      "two countries",
      place("Global Apparel", "12 Main Street, Georgetown", "GY"),
      place("Global Apparel", "12 Main Street, Georgetown", "US"),
    ],
    [
      "names that share a trade only",
      place("Alpha Textile Mills", undefined, "IN"),
      place("Zenith Textile Mills", undefined, "IN"),
    ],
  ])("%s", (_, a, b) => {
    expect(verdictOf(a, b)).toBe("distinct");
  });
});

test("a place that lists put in either of two countries is for a person to look at", () => {
  const a = place("Ever Bright Optical Co., Ltd.", "No. 12, Keya Road, Daya District, Taichung", "Taiwan");
  expect(verdictOf(a, { ...a, country: "China" })).toBe("likely");
});

describe("too little is said to be too little", () => {
  test("a short common name without an address is unknown, a telling one likely", () => {
    expect(verdictOf(place("Textile Ltd", "N/A", "IN"), place("Textile", "12 MG Road, Pune", "IN"))).toBe("unknown");
    const [a, b] = ["Zhejiang Jianlimei Knitting", "ZHEJIANG JIANLIMEI KNITTING CO. LTD"];
    expect(verdictOf(place(a, undefined, "CN"), place(b, "No. 78 Qiushi Road, Yiwu", "CN"))).toBe("likely");
  });
});

describe("identifiers and distance", () => {
  const here = place("Mill 4", "Plot 9, Savar", "BD");
  const osid = (value: string) => ({ identifiers: [{ scheme: "osid", value }] });

  test("the same number of a site is the same site, under any name, but not in another country", () => {
    const there = place("Old Weaving", "Plot 9, Savar", "BD", osid("BD1"));
    expect(verdictOf({ ...here, ...osid("BD1") }, there)).toBe("same");
    expect(verdictOf({ ...here, ...osid("BD1") }, { ...there, country: "IN" })).toBe("likely");
  });

  test("different numbers of a site are never the same without asking", () => {
    expect(verdictOf({ ...here, ...osid("BD1") }, { ...here, ...osid("BD2") })).not.toBe("same");
  });

  test("two points far apart speak against, and are told in kilometres", () => {
    const near = matchSites({ ...here, lat: 23.85, lon: 90.27 }, { ...here, lat: 23.8501, lon: 90.2701 });
    const far = matchSites({ ...here, lat: 23.85, lon: 90.27 }, { ...here, lat: 22.33, lon: 91.83 });
    expect(near.score).toBeGreaterThan(far.score);
    expect(far.verdict).not.toBe("same");
    expect(near.reasons.map(reasonSays)).toContain("15 m apart");
    expect(far.reasons.map(reasonSays)).toContain("232 km apart");
  });
});

test("reasons are words that a person can check", () => {
  const a = place("Delta Washing Ltd", "Plot 12, Oak Road, Savar", "BD");
  const b = place("Delta Dyeing", "Plot 14, Elm Road, Savar", "BD");
  expect(matchSites(a, b).reasons.map(reasonSays)).toEqual([
    "names share delta",
    "only in one name: washing / dyeing",
    "different parts: plot 12 / plot 14",
    "streets are different: oak / elm",
    "addresses share savar",
    "only in one address: oak / elm",
  ]);
});

const word = fc.constantFrom(
  ..."Delta Acme Müller Sunrise Textile Garments Mill Dhaka Wuxi Zhong Shan Zhongshan Linsheng Unit 4 Ltd Co SA North Ромашка 华纺".split(
    " ",
  ),
);
const numbered = fc.constantFrom("Plot 12", "Block 34", "No. 8", "2/F", "205-209", "Road 11", "Lot A-3", "12224");
const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(" "));
const placeNamed = (name: fc.Arbitrary<string>): fc.Arbitrary<MatchPlace> =>
  fc.record(
    {
      name,
      address: fc.array(fc.oneof(numbered, text), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(", ")),
      country: fc.constantFrom("BD", "China", "DE", "nowhere"),
      postcode: fc.constantFrom("12345", "214000"),
      lat: fc.constant(23.8),
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
      identifiers: fc.constantFrom([{ scheme: "osid", value: "X1" }], [{ scheme: "lei", value: "Y2" }]),
    },
    { requiredKeys: ["name"] },
  );
const written = placeNamed(text);
const anyPlace = placeNamed(fc.oneof(text, fc.string({ unit: "grapheme", maxLength: 20 })));
const RUNS = { numRuns: process.env["LONG"] === "1" ? 20_000 : 1_500 };

describe("whatever the places", () => {
  test("the order of the two changes nothing but which is named first", () => {
    fc.assert(
      fc.property(anyPlace, anyPlace, (a, b) => {
        const [there, back] = [matchSites(a, b), matchSites(b, a)];
        expect({ ...back, reasons: back.reasons.map(turned) }).toEqual(there);
      }),
      RUNS,
    );
  });

  test("a place is never distinct from itself", () => {
    fc.assert(
      fc.property(written, (a) => {
        expect(verdictOf(a, { ...a })).not.toBe("distinct");
      }),
      RUNS,
    );
  });

  test("letters may be large or small", () => {
    fc.assert(
      fc.property(written, written, (a, b) => {
        const loud = { ...a, name: a.name.toUpperCase(), address: a.address?.toUpperCase() };
        expect(matchSites(loud, b)).toEqual(matchSites(a, b));
      }),
      RUNS,
    );
  });

  test("the words of a name may stand in any order", () => {
    fc.assert(
      fc.property(written, written, fc.infiniteStream(fc.nat()), (a, b, order) => {
        const tokens = [...nameTokens(a.name)];
        const shuffled = tokens
          .map((token) => [order.next().value ?? 0, token] as const)
          .sort(([x], [y]) => x - y)
          .map(([, token]) => token);
        const [straight, mixed] = [tokens, shuffled].map((of) => matchSites({ ...a, name: of.join(" ") }, b));
        expect(mixed).toEqual(straight);
      }),
      RUNS,
    );
  });

  test("two countries are never the same site", () => {
    fc.assert(
      fc.property(anyPlace, anyPlace, (a, b) => {
        expect(verdictOf({ ...a, country: "BD" }, { ...b, country: "Viet Nam" })).not.toBe("same");
      }),
      RUNS,
    );
  });
});
