import { countryCode } from "../country.ts";
import { fold } from "./text.ts";

/** Names, short forms and spellings of the countries that suppliers' lists name, folded; a code without a row is known by its two letters only. */
const ROWS = `
AE united arab emirates|uae|dubai|abu dhabi;AF afghanistan;AO angola;AL albania|shqiperi;AM armenia;AR argentina;AT austria|osterreich;AU australia;AZ azerbaijan
BJ benin;BF burkina faso;BI burundi;BW botswana;BT bhutan;BN brunei|brunei darussalam;BA bosnia and herzegovina|bosnia|bosna i hercegovina;BD bangladesh|bangla desh;BE belgium|belgique|belgie;BG bulgaria;BH bahrain;BO bolivia;BR brazil|brasil
BY belarus;CD democratic republic of the congo|dr congo;CG congo;CM cameroon|cameroun;CV cape verde|cabo verde;CA canada;CH switzerland|schweiz|suisse|svizzera;CI cote divoire|ivory coast;CL chile
CN china|mainland china|peoples republic of china|p r china|pr china|prc|中国|中國|chine;CO colombia;CR costa rica;CU cuba;CY cyprus
CZ czech republic|czechia|ceska republika|cesko;DE germany|deutschland|allemagne;DK denmark|danmark;DO dominican republic|republica dominicana
DZ algeria;EC ecuador;EE estonia|eesti;EG egypt;ES spain|espana;ET ethiopia;FI finland|suomi;FJ fiji;FR france
GB united kingdom|uk|great britain|england|scotland|wales|northern ireland;GE georgia;GH ghana;GR greece|hellas|ellada;GT guatemala;GY guyana;GA gabon;GM gambia;GN guinea
HK hong kong|hongkong|hong kong sar|香港;HN honduras;HR croatia|hrvatska;HT haiti;HU hungary|magyarorszag;ID indonesia;IE ireland;IL israel;IN india|bharat
IQ iraq;IR iran|islamic republic of iran;IS iceland;IT italy|italia;JM jamaica;JO jordan;JP japan|日本|nippon;KE kenya;KG kyrgyzstan
KH cambodia|kampuchea;KP north korea|dprk|democratic peoples republic of korea;KR korea|south korea|republic of korea|korea republic of|korea south|한국|대한민국;KW kuwait;KZ kazakhstan
LR liberia;LY libya;LA laos|lao pdr|lao peoples democratic republic;LB lebanon;LK sri lanka|srilanka|ceylon;LS lesotho;LT lithuania|lietuva;LU luxembourg;LV latvia|latvija
ML mali;MR mauritania;MV maldives;MW malawi;ME montenegro;MA morocco|maroc;MD moldova|republic of moldova;MG madagascar;MK north macedonia|macedonia;MM myanmar|burma;MN mongolia;MO macau|macao;MT malta
MU mauritius;MX mexico;MY malaysia;MZ mozambique;NA namibia;NG nigeria;NI nicaragua;NL netherlands|the netherlands|holland|nederland
NO norway|norge;NP nepal;NZ new zealand;OM oman;PA panama;PE peru;PH philippines|pilipinas;PK pakistan;PL poland|polska;PR puerto rico;PT portugal
PG papua new guinea;PS palestine|palestinian territory;PY paraguay;QA qatar;RO romania;RE reunion;RW rwanda;RS serbia|srbija;RU russia|russian federation|rossiya;SA saudi arabia|ksa;SE sweden|sverige;SG singapore
SD sudan;SL sierra leone;SR suriname;SI slovenia|slovenija;SK slovakia|slovak republic|slovensko;SN senegal;SV el salvador;SY syria;SZ eswatini|swaziland;TH thailand;TJ tajikistan;TM turkmenistan
TD chad;TG togo;TL timor leste;TT trinidad and tobago;TN tunisia|tunisie;TR turkey|turkiye;TW taiwan|taiwan roc|chinese taipei|台灣|台湾;TZ tanzania;UA ukraine|ukraina;UG uganda
US united states|united states of america|usa|u s a|us|america;UY uruguay;UZ uzbekistan;VE venezuela;VN vietnam|viet nam;YE yemen;ZA south africa|rsa;ZM zambia;ZW zimbabwe`;

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

const ALPHA_3 =
  "ARE AE ARG AR AUS AU AUT AT BEL BE BGD BD BGR BG BIH BA BRA BR CAN CA CHE CH CHL CL CHN CN COL CO CRI CR CZE CZ DEU DE DNK DK " +
  "DOM DO EGY EG ESP ES EST EE ETH ET FIN FI FRA FR GBR GB GRC GR GTM GT HKG HK HND HN HRV HR HTI HT HUN HU IDN ID IND IN IRL IE " +
  "ISR IL ITA IT JOR JO JPN JP KEN KE KHM KH KOR KR LAO LA LKA LK LSO LS LTU LT LVA LV MAC MO MAR MA MDA MD MDG MG MEX MX MKD MK " +
  "MMR MM MUS MU MYS MY NIC NI NLD NL NOR NO NPL NP NZL NZ PAK PK PER PE PHL PH POL PL PRI PR PRT PT ROU RO RUS RU SAU SA SGP SG " +
  "SLV SV SRB RS SVK SK SVN SI SWE SE SWZ SZ THA TH TUN TN TUR TR TWN TW TZA TZ UGA UG UKR UA USA US UZB UZ VNM VN ZAF ZA ZWE ZW";
const BY_ALPHA_3: ReadonlyMap<string, string> = new Map(
  [...ALPHA_3.matchAll(/([A-Z]{3}) ([A-Z]{2})/g)].map(([, three = "", two = ""]) => [three, two]),
);

/** Lists disagree about which of these a place is in. */
const FAMILIES = ["CN HK MO TW", "US PR GU VI", "FR RE GP MQ GF", "DK GL FO", "RS ME"];

/** May a place be listed under either? */
export const isRelated = (a: string, b: string): boolean =>
  FAMILIES.some((family) => family.includes(a) && family.includes(b));

const LAST_WORDS: ReadonlySet<string> = new Set(
  [...BY_NAME.keys()].map((name) => name.slice(name.lastIndexOf(" ") + 1)),
);

const STATES = new Set(
  (
    "al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn " +
    "tx ut vt va wa wv wi wy"
  ).split(" "),
);

/** The country that is named first in a longer text: "Taiwan, Province of China". */
function firstNamed(folded: string): string | null {
  const words = ` ${folded} `;
  let [best, at, length] = [null as string | null, words.length, 0];
  for (const [name, code] of BY_NAME) {
    const found = name.length > 3 ? words.indexOf(` ${name} `) : -1;
    if (found < 0 || found > at || (found === at && name.length < length)) continue;
    [best, at, length] = [code, found, name.length];
  }
  return best;
}

/** The ISO code that a cell for the country means, or null: a code of two or three letters, or a name in one of its usual spellings. */
export function countryOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const code = text.trim().toUpperCase();
  if (code === "UK") return "GB";
  if (countryCode.safeParse(code).success) return code;
  const folded = fold(text);
  return BY_ALPHA_3.get(code) ?? BY_NAME.get(folded) ?? firstNamed(folded);
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
