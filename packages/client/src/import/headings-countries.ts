import { plainText } from "./headings-plain.ts";

const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "tr", "pl", "vi", "id", "zh", "zh-Hant", "ja", "ko"];

const CODES =
  "AD AND AE ARE AF AFG AG ATG AI AIA AL ALB AM ARM AO AGO AQ ATA AR ARG AS ASM AT AUT AU AUS AW ABW AX ALA AZ AZE BA BIH " +
  "BB BRB BD BGD BE BEL BF BFA BG BGR BH BHR BI BDI BJ BEN BL BLM BM BMU BN BRN BO BOL BQ BES BR BRA BS BHS BT BTN BV BVT " +
  "BW BWA BY BLR BZ BLZ CA CAN CC CCK CD COD CF CAF CG COG CH CHE CI CIV CK COK CL CHL CM CMR CN CHN CO COL CR CRI CU CUB " +
  "CV CPV CW CUW CX CXR CY CYP CZ CZE DE DEU DJ DJI DK DNK DM DMA DO DOM DZ DZA EC ECU EE EST EG EGY EH ESH ER ERI ES ESP " +
  "ET ETH FI FIN FJ FJI FK FLK FM FSM FO FRO FR FRA GA GAB GB GBR GD GRD GE GEO GF GUF GG GGY GH GHA GI GIB GL GRL GM GMB " +
  "GN GIN GP GLP GQ GNQ GR GRC GS SGS GT GTM GU GUM GW GNB GY GUY HK HKG HM HMD HN HND HR HRV HT HTI HU HUN ID IDN IE IRL " +
  "IL ISR IM IMN IN IND IO IOT IQ IRQ IR IRN IS ISL IT ITA JE JEY JM JAM JO JOR JP JPN KE KEN KG KGZ KH KHM KI KIR KM COM " +
  "KN KNA KP PRK KR KOR KW KWT KY CYM KZ KAZ LA LAO LB LBN LC LCA LI LIE LK LKA LR LBR LS LSO LT LTU LU LUX LV LVA LY LBY " +
  "MA MAR MC MCO MD MDA ME MNE MF MAF MG MDG MH MHL MK MKD ML MLI MM MMR MN MNG MO MAC MP MNP MQ MTQ MR MRT MS MSR MT MLT " +
  "MU MUS MV MDV MW MWI MX MEX MY MYS MZ MOZ NA NAM NC NCL NE NER NF NFK NG NGA NI NIC NL NLD NO NOR NP NPL NR NRU NU NIU " +
  "NZ NZL OM OMN PA PAN PE PER PF PYF PG PNG PH PHL PK PAK PL POL PM SPM PN PCN PR PRI PS PSE PT PRT PW PLW PY PRY QA QAT " +
  "RE REU RO ROU RS SRB RU RUS RW RWA SA SAU SB SLB SC SYC SD SDN SE SWE SG SGP SH SHN SI SVN SJ SJM SK SVK SL SLE SM SMR " +
  "SN SEN SO SOM SR SUR SS SSD ST STP SV SLV SX SXM SY SYR SZ SWZ TC TCA TD TCD TF ATF TG TGO TH THA TJ TJK TK TKL TL TLS " +
  "TM TKM TN TUN TO TON TR TUR TT TTO TV TUV TW TWN TZ TZA UA UKR UG UGA UM UMI US USA UY URY UZ UZB VA VAT VC VCT VE VEN " +
  "VG VGB VI VIR VN VNM VU VUT WF WLF WS WSM YE YEM YT MYT ZA ZAF ZM ZMB ZW ZWE";

/** What people write beside the names that the host's locale data has. */
const OTHERS =
  "uk GB|great britain GB|england GB|scotland GB|wales GB|northern ireland GB|u k GB|u s a US|u s US|america US" +
  "|united states of america US|viet nam VN|prc CN|p r china CN|pr china CN|p r c CN|mainland china CN" +
  "|people s republic of china CN|china mainland CN|hong kong HK|hongkong HK|hong kong sar HK|taiwan roc TW" +
  "|taiwan r o c TW|taiwan china TW|chinese taipei TW|macao MO|macau MO|korea KR|south korea KR|republic of korea KR" +
  "|korea republic of KR|korea south KR|korea rep KR|north korea KP|burma MM|myanmar MM|turkey TR|turkiye TR|czech republic CZ|czechia CZ" +
  "|slovak republic SK|russia RU|russian federation RU|ivory coast CI|cote d ivoire CI|swaziland SZ|macedonia MK" +
  "|north macedonia MK|laos LA|lao pdr LA|lao people s democratic republic LA|holland NL|the netherlands NL|uae AE|u a e AE|brasil BR|moldova MD|republic of moldova MD" +
  "|tanzania TZ|united republic of tanzania TZ|bolivia BO|venezuela VE|iran IR|syria SY|syrian arab republic SY|brunei BN|palestine PS|cape verde CV" +
  "|korea democratic people s republic of KP|congo the democratic republic of the CD|congo drc CD|drc CD|democratic republic of the congo CD|timor leste TL|east timor TL|s korea KR|bosnia BA|trinidad TT";

const plainName = (text: string): string => plainText(text).replace(/ (and|und|et|y|e|en) /g, " ");

let names: ReadonlyMap<string, string> | null = null;

function countryNames(): ReadonlyMap<string, string> {
  if (names) return names;
  const pairs = CODES.split(" ");
  const known = new Map<string, string>();
  const add = (name: string, code: string): void => {
    const plain = plainName(name);
    if (!known.has(plain)) known.set(plain, code);
  };
  for (const other of OTHERS.split("|")) add(other.slice(0, -3), other.slice(-2));
  for (let at = 0; at < pairs.length; at += 2) {
    const code = pairs[at] as string;
    add(code, code);
    add(pairs[at + 1] as string, code);
  }
  for (const language of LANGUAGES) {
    const shown = new Intl.DisplayNames(language, { type: "region" });
    for (let at = 0; at < pairs.length; at += 2) add(shown.of(pairs[at] as string) ?? "", pairs[at] as string);
  }
  names = known;
  return known;
}

/** ISO 3166-1 alpha-2 of a code or a name in one of fifteen languages; null where it is none. */
export function countryNamed(text: string): string | null {
  const known = countryNames();
  const plain = plainName(text);
  // `China (CN)`, `CN - China`, `Bolivia, Plurinational State of`
  const spellings = [plain, plain.replace(/^[a-z]{2} /, ""), plain.replace(/ [a-z]{2}$/, "")];
  const first = plainName(text.split(/[,(]/)[0] ?? "");
  if (first !== "korea" && first !== "congo" && first.length > 3) spellings.push(first);
  return spellings.map((it) => known.get(it)).find((it) => it !== undefined) ?? null;
}
