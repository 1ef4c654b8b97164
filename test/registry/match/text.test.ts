import { addressParts } from "@quasarix/shared/registry/match/address.ts";
import { siteKeys } from "@quasarix/shared/registry/match/keys.ts";
import { nameTokens } from "@quasarix/shared/registry/match/name.ts";
import { fold } from "@quasarix/shared/registry/match/text.ts";
import { describe, expect, test } from "vitest";

describe("text is folded", () => {
  test.each([
    ["without accents", "Łódź Çorlu Kraków Ångström", "lodz corlu krakow angstrom"],
    ["in Turkish capitals as in small letters", "İSTANBUL IĞDIR ıhlamur", "istanbul igdir ihlamur"],
    ["from Cyrillic", "Фабрика «Ромашка»", "fabrika romashka"],
    ["from Greek", "Κλωστήρια Ναούσης", "klostiria naoysis"],
    ["when UTF-8 was read as Windows-1252", "BÃ¼ro MÃ¼nchen FranÃ§ois", "buro munchen francois"],
    ["when an apostrophe was lost", "Kenyatta?s Day Care", "kenyattas day care"],
    ["with spaced-out letters joined", "A B C  L T D", "abc ltd"],
    ["with initials joined", "S.A. de C.V.", "sa de cv"],
    ["from full-width letters", "ＡＢＣ　Ｃｏ．，Ｌｔｄ", "abc co ltd"],
    ["with the digits of other scripts", "প্লট ১২", "প্লট 12"],
  ])("%s", (_, text, folded) => {
    expect(fold(text)).toBe(folded.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC"));
  });
});

test("text is folded the same from capitals, though some letters become two there", () => {
  for (const text of ["straße", "ᾳδης", "ŉ ﬁnal", "ıhlamur", "σίσυφος"])
    expect(fold(text.toUpperCase())).toBe(fold(text));
});

describe("a name is what is left without its legal form", () => {
  test.each([
    ["of English", "The Acme Knitting Mills (Pvt.) Ltd.", "acme knitting mill"],
    ["of German", "Müller & Söhne GmbH & Co. KG", "muller sohne"],
    ["of Spanish", "Confecciones del Valle, S.A. de C.V.", "confeccione valle"],
    ["of Malay", "Syarikat Top Glove Sdn. Bhd.", "syarikat top glove"],
    ["of Chinese", "广州纺织有限公司", "广州 州纺 纺织"],
    ["of Russian", "ООО «Ромашка»", "romashka"],
    ["of Turkish", "Yıldız Tekstil San. ve Tic. A.Ş.", "yildiz tekstil"],
    ["but initials stay where nothing else is its own", "A.B. Textiles (Pvt) Ltd", "ab textile"],
    ["and a name that is nothing but a form stays whole", "Co Ltd", "co ltd"],
  ])("%s", (_, name, tokens) => {
    expect(nameTokens(name).join(" ")).toBe(tokens);
  });
});

describe("an address comes apart", () => {
  test.each([
    ["Hauptstraße 6, 58739 Wickede, Germany", { country: "DE", postcode: "58739", numbers: ["6"], street: ["haupt"] }],
    [
      "Plot No. 12, Block-34, Sector 7, Uttara, Dhaka 1230, Bangladesh",
      { country: "BD", postcode: "1230", numbers: [], labelled: ["plot 12", "block 34", "sector 7"] },
    ],
    [
      "2/F BLOCK 1, NO. 79 JINHU ROAD, SHANTOU CITY, GUANGDONG, CHINA",
      { country: "CN", numbers: ["79"], labelled: ["floor 2", "block 1"], street: ["jinhu"] },
    ],
    [
      "7024 W GRAND AVE CHICAGO, IL 60707",
      { country: "US", postcode: "60707", numbers: ["7024"], street: ["grand"], kinds: ["av"], directions: ["w"] },
    ],
    ["3rd Floor, 12F Tower B, 2/F Annex", { labelled: ["floor 3", "floor 12", "tower b", "floor 2"] }],
    ["House # 12, Road No. 5, Gulshan, Dhaka", { labelled: ["house 12", "rd 5"], words: ["gulshan", "dhaka"] }],
    ["Not available", { words: [], numbers: [], labelled: [] }],
    ["Lot 10 & 11, Jalan Kilang 7, Kulim", { labelled: ["lot 10", "lot 11"], street: ["kilang"], numbers: ["7"] }],
  ])("%s", (address, parts) => {
    expect(addressParts({ name: "x", address })).toMatchObject(parts);
  });
});

describe("two records of one site share a key", () => {
  test.each([
    ["with another legal form", ["Acme Ltd", "12 Oak Road, Leeds"], ["Acme Limited", "12 Oak Rd., Leeds"]],
    ["with a name spelt otherwise", ["Mueller Textil", "Hauptstr. 6"], ["Müller Textil GmbH", "Hauptstraße 6"]],
    ["with another name at one address", ["Blue Mill", "No. 8 Fujin Road, Wuxi"], ["Red Yarn", "8 Fu Jin Rd Wuxi"]],
    ["with no address on one side", ["Zenith Weavers", "Plot 4, Korangi"], ["Zenith Weavers Pvt Ltd", ""]],
  ])("%s", (_, [name = "", address], [other = "", elsewhere]) => {
    const keys = siteKeys({ name, address, country: "GB" });
    expect(siteKeys({ name: other, address: elsewhere, country: "GB" }).some((key) => keys.includes(key))).toBe(true);
  });

  test("and a long record has at most 24, none longer than 80 characters", () => {
    const long = "Verylongword".repeat(9);
    const keys = siteKeys({
      name: `${long} Alpha Beta Gamma Delta Epsilon`,
      address: `12-14 ${long} Street, 15 Oak Road, Plot 3 Block 4, ${long}, Leeds, Riga, Oslo`,
      postcode: "12345",
      country: "IN",
      identifiers: [1, 2, 3, 4, 5, 6].map((n) => ({ scheme: "local:list", value: `${n}` })),
    });
    expect(keys.length).toBeLessThanOrEqual(24);
    expect(Math.max(...keys.map((key) => key.length))).toBeLessThanOrEqual(80);
  });
});
