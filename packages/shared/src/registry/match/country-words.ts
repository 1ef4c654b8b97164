import { countryCode } from "../country.ts";
import { fold } from "./text.ts";

/** Names, short forms and spellings of the countries that suppliers' lists name, folded; a code without a row is known by its two letters only. */
const ROWS = `
AE united arab emirates|uae|dubai|abu dhabi;AF afghanistan;AL albania|shqiperi;AM armenia;AR argentina;AT austria|osterreich;AU australia;AZ azerbaijan
BA bosnia and herzegovina|bosnia|bosna i hercegovina;BD bangladesh|bangla desh;BE belgium|belgique|belgie;BG bulgaria;BH bahrain;BO bolivia;BR brazil|brasil
BY belarus;CA canada;CH switzerland|schweiz|suisse|svizzera;CI cote divoire|ivory coast;CL chile
CN china|mainland china|peoples republic of china|p r china|pr china|prc|中国|中國|chine;CO colombia;CR costa rica;CU cuba;CY cyprus
CZ czech republic|czechia|ceska republika|cesko;DE germany|deutschland|allemagne;DK denmark|danmark;DO dominican republic|republica dominicana
DZ algeria;EC ecuador;EE estonia|eesti;EG egypt;ES spain|espana;ET ethiopia;FI finland|suomi;FJ fiji;FR france
GB united kingdom|uk|great britain|england|scotland|wales|northern ireland;GE georgia;GH ghana;GR greece|hellas|ellada;GT guatemala
HK hong kong|hongkong|hong kong sar|香港;HN honduras;HR croatia|hrvatska;HT haiti;HU hungary|magyarorszag;ID indonesia;IE ireland;IL israel;IN india|bharat
IR iran|islamic republic of iran;IS iceland;IT italy|italia;JM jamaica;JO jordan;JP japan|日本|nippon;KE kenya;KG kyrgyzstan
KH cambodia|kampuchea;KR korea|south korea|republic of korea|korea republic of|korea south|한국|대한민국;KW kuwait;KZ kazakhstan
LA laos|lao pdr|lao peoples democratic republic;LB lebanon;LK sri lanka|srilanka|ceylon;LS lesotho;LT lithuania|lietuva;LU luxembourg;LV latvia|latvija
MA morocco|maroc;MD moldova|republic of moldova;MG madagascar;MK north macedonia|macedonia;MM myanmar|burma;MN mongolia;MO macau|macao;MT malta
MU mauritius;MX mexico;MY malaysia;MZ mozambique;NA namibia;NG nigeria;NI nicaragua;NL netherlands|the netherlands|holland|nederland
NO norway|norge;NP nepal;NZ new zealand;OM oman;PA panama;PE peru;PH philippines|pilipinas;PK pakistan;PL poland|polska;PR puerto rico;PT portugal
PY paraguay;QA qatar;RO romania;RS serbia|srbija;RU russia|russian federation|rossiya;SA saudi arabia|ksa;SE sweden|sverige;SG singapore
SI slovenia|slovenija;SK slovakia|slovak republic|slovensko;SN senegal;SV el salvador;SY syria;SZ eswatini|swaziland;TH thailand;TJ tajikistan;TM turkmenistan
TN tunisia|tunisie;TR turkey|turkiye;TW taiwan|taiwan roc|chinese taipei|台灣|台湾;TZ tanzania;UA ukraine|ukraina;UG uganda
US united states|united states of america|usa|u s a|us|america;UY uruguay;UZ uzbekistan;VE venezuela;VN vietnam|viet nam;ZA south africa|rsa;ZM zambia;ZW zimbabwe`;

const BY_NAME: ReadonlyMap<string, string> = new Map(
  ROWS.trim()
    .split(/[;\n]/)
    .flatMap((row) =>
      row
        .slice(3)
        .split("|")
        .map((name) => [name, row.slice(0, 2)] as const),
    ),
);

const LAST_WORDS: ReadonlySet<string> = new Set(
  [...BY_NAME.keys()].map((name) => name.slice(name.lastIndexOf(" ") + 1)),
);

const STATES = new Set(
  (
    "al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn " +
    "tx ut vt va wa wv wi wy"
  ).split(" "),
);

/** The ISO code that a cell for the country means, or null: a code, or a name in one of its usual spellings. */
export function countryOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const code = text.trim().toUpperCase();
  if (code === "UK") return "GB";
  if (countryCode.safeParse(code).success) return code;
  return BY_NAME.get(fold(text)) ?? null;
}

export interface CountryAtEnd {
  readonly code: string;
  /** How many words at the end name it; 0 where a state and a postcode say it. */
  readonly words: number;
}

/** The country that the last words of a folded address name, or null. Georgia, being a state too, is not believed. */
export function countryAtEnd(words: readonly string[]): CountryAtEnd | null {
  const lengths = LAST_WORDS.has(words.at(-1) ?? "") ? [4, 3, 2, 1] : [];
  for (const length of lengths) {
    if (words.length <= length) continue;
    const tail = words.slice(-length).join(" ");
    const code = BY_NAME.get(tail);
    if (code && tail !== "georgia" && tail !== "america") return { code, words: length };
  }
  const [state, zip] = words.slice(-2);
  return STATES.has(state ?? "") && /^\d{5}$/.test(zip ?? "") ? { code: "US", words: 0 } : null;
}
