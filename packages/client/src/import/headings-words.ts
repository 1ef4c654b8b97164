import type { IdentifierScheme } from "@quasarix/shared/registry/identifiers.ts";

/** What a column of a member's spreadsheet can say. */
export type Field =
  | "name"
  | "address"
  | "city"
  | "region"
  | "postcode"
  | "country"
  | "lat"
  | "lon"
  | "scheme"
  | "version"
  | "auditFrom"
  | "auditTo"
  | "validUntil"
  | "result"
  | IdentifierScheme;

/** For people, in the preview. */
export const FIELD_SAYS: Readonly<Record<Field, string>> = {
  name: "site name",
  address: "address",
  city: "city",
  region: "region",
  postcode: "postcode",
  country: "country",
  lat: "latitude",
  lon: "longitude",
  scheme: "scheme",
  version: "scheme version",
  auditFrom: "audit date",
  auditTo: "last day of the audit",
  validUntil: "valid until",
  result: "result",
  osid: "OS ID",
  lei: "LEI",
  gln: "GLN",
  duns: "D-U-N-S number",
  amfori: "amfori site ID",
  sedex: "Sedex code",
  bpnl: "BPNL",
};

/**
 * Headings as people and the exports of the usual platforms write them, the best first: where a file has a site's name
 * and a company's, the site's is taken. Case, accents, brackets, small words and the order of words do not matter.
 */
export const HEADINGS: Readonly<Record<Field, readonly string[]>> = {
  name: words(`site name | facility name | factory name | production site name | manufacturing site name | plant name
    | production unit name | unit name | mill name | farm name | location name | name of site | site | facility | factory
    | production site | name of production site | name of facility | facility name english | site name english
    | supplier site | supplier site name | supplier facility | supplier factory | auditee | auditee name | audited site
    | audited company | audited entity | certified organization | certified organisation | organization name
    | organisation name | business partner | business partner name | producer | producer name | manufacturer
    | manufacturer name | supplier name | supplier | vendor name | vendor | company name | company | legal name
    | business name | name | entity name | contributor name
    | name der produktionsstatte | produktionsstatte | standort | standortname | werk | werksname | betriebsstatte
    | fabrik | name der fabrik | lieferant | lieferantenname | firma | firmenname | unternehmen
    | nom du site | site de production | usine | nom de l usine | etablissement | fournisseur | nom du fournisseur
    | raison sociale | nom | societe
    | nombre del sitio | sitio | planta | nombre de la planta | fabrica | nombre de la fabrica | centro de produccion
    | proveedor | nombre del proveedor | razon social | empresa | nombre
    | nome del sito | sito | sito produttivo | stabilimento | nome stabilimento | fornitore | nome fornitore
    | ragione sociale | nome
    | nome da unidade | unidade | nome da fabrica | fornecedor | nome do fornecedor | razao social
    | naam locatie | locatie | productielocatie | fabriek | leverancier | naam leverancier | naam
    | tesis adi | tesis | fabrika | fabrika adi | uretim tesisi | tedarikci | tedarikci adi | firma adi
    | nazwa zakladu | zaklad | fabryka | dostawca | nazwa dostawcy | nazwa
    | ten nha may | nha may | nha cung cap | 工厂名称 | 工厂 | 供应商名称 | 供应商 | 公司名称 | 工場名 | サプライヤー名 | 공장명`),
  address: words(`site address | facility address | factory address | full address | street address | address
    | production site address | plant address | location address | address line | street | street name | road
    | supplier address | company address | business address | physical address | registered address | location
    | street and number | address street | site address line | facility street | adress | addresse
    | adresse | anschrift | strasse | strasse und hausnummer | standortadresse | rue | adresse du site
    | adresse de l usine | direccion | domicilio | calle | direccion del sitio | indirizzo | via | indirizzo sito
    | endereco | morada | rua | adres | straat | straat en huisnummer | adresi | acik adres | ulica | dia chi
    | 地址 | 工厂地址 | 住所 | 주소`),
  city: words(`site city | facility city | factory city | city | town | city town | city or town | municipality
    | address city | town city | city name | supplier city | locality | city village | ort | stadt | gemeinde | ville
    | commune | ciudad | municipio | localidad | poblacion | citta | comune | cidade | municipio | plaats | stad
    | sehir | il | ilce | miasto | miejscowosc | thanh pho | 城市 | 市 | 都市 | 도시`),
  region: words(`site region | state | province | state province | province state | state or province | county
    | district | site province | site state | facility state | address state | prefecture | state region | region
    | bundesland | kanton | region province | departement | provincia | estado | comunidad autonoma | regione
    | distrito | provincie | bolge | wojewodztwo | tinh | 省 | 省份 | 都道府県`),
  postcode: words(`site postcode | postcode | postal code | post code | zip | zip code | zip postal code
    | postal zip code | zip postcode | site zip | facility postal code | address postal code | pin code | pincode
    | plz | postleitzahl | code postal | codigo postal | codice postale | cep | codigo postal | posta kodu
    | kod pocztowy | 邮编 | 邮政编码 | 郵便番号 | 우편번호`),
  country: words(`site country | facility country | factory country | country code | country | country name
    | country region | country of site | production country | country of production | country territory
    | supplier country | address country | country iso | iso country code | manufacturing country | plant country
    | country area | nation | land | staat | standortland | produktionsland | landercode | pays | pays de production
    | pais | pais de produccion | paese | nazione | stato | pais | productieland | ulke | kraj | quoc gia | nuoc
    | 国家 | 国家地区 | 国 | 国名 | 국가`),
  lat: words("latitude | lat | gps latitude | site latitude | breitengrad | latitud | latitudine | enlem"),
  lon: words(
    "longitude | lon | lng | long | gps longitude | site longitude | langengrad | longitud | longitudine | boylam",
  ),
  scheme: words(`audit scheme | scheme | scheme name | audit protocol | protocol | audit standard | audit type
    | type of audit | audit programme | audit program | audit name | assessment type | type of assessment
    | monitoring type | monitoring activity type | certification | certification scheme | certificate type | standard
    | programme | program | audit kind | initiative | social audit type | social standard | audit methodology
    | methodology | certificate | auditstandard | auditart | pruf standard | art des audits | zertifizierung
    | zertifikat | referentiel | type d audit | norme | programme d audit | esquema | tipo de auditoria | norma
    | certificacion | tipo di audit | schema | certificazione | tipo de auditoria | esquema | certificacao
    | type audit | keurmerk | denetim turu | sertifika | rodzaj audytu | standard audytu | loai danh gia
    | 审核类型 | 审核标准 | 监査種別`),
  version: words(`scheme version | audit version | standard version | protocol version | version | smeta version
    | version of standard | tool version`),
  auditFrom: words(`audit date | date of audit | audit start date | start date of audit | audit from | audit start
    | last audit date | date of last audit | latest audit date | most recent audit date | last audit | latest audit
    | assessment date | date of assessment | assessment start date | verification date | date of verification
    | verification start date | monitoring date | monitoring start date | start of monitoring | inspection date
    | visit date | site visit date | audit conducted on | audit performed on | date audited | audited on | audit day
    | audit dates | date of the audit | report date | audit report date | certification date | date of certification
    | date of issue | issue date | issued | issued on | certificate issue date | certified since | start date | date
    | auditdatum | datum des audits | datum audit | prufdatum | letztes audit | audit am | ausstellungsdatum | datum
    | date d audit | date de l audit | date du dernier audit | dernier audit | date d emission
    | fecha de auditoria | fecha auditoria | fecha de la ultima auditoria | ultima auditoria | fecha de emision | fecha
    | data audit | data dell audit | data ultimo audit | ultimo audit | data di emissione
    | data da auditoria | data auditoria | data da ultima auditoria | datum audit | laatste audit
    | denetim tarihi | son denetim tarihi | tarih | data audytu | data ostatniego audytu | ngay danh gia
    | 审核日期 | 审核时间 | 最近审核日期 | 監査日 | 심사일`),
  auditTo: words(`audit end date | audit end | audit to | end date of audit | audit until | last day of audit
    | assessment end date | monitoring end date | verification end date | audit finish date | auditende
    | enddatum des audits | date de fin d audit | fin d audit | fecha fin auditoria | fine audit | audit closing date`),
  validUntil: words(`valid until | valid to | validity | validity date | validity end | audit valid until
    | audit expiry date | audit expiry | audit expiration date | expiry date | expiration date | expiry | expiration
    | expires | expires on | expire date | date of expiry | certificate expiry date | certificate valid until
    | certificate expiration date | valid through | valid till | validity end date | end of validity | validity until
    | rating valid until | next audit due | next audit due date | due date of next audit
    | gultig bis | gultigkeit | gultigkeit bis | gultigkeitsdatum | ablaufdatum | lauft ab am
    | valable jusqu au | date de validite | validite | date d expiration | fin de validite | echeance
    | valido hasta | valida hasta | vigencia | vigente hasta | fecha de vencimiento | vencimiento | caducidad
    | fecha de caducidad | valido fino al | scadenza | data di scadenza | data scadenza | validita
    | valido ate | validade | data de validade | vencimento | geldig tot | vervaldatum | geldigheid
    | gecerlilik tarihi | gecerlilik | bitis tarihi | wazny do | data waznosci | hieu luc den
    | 有效期 | 有效期至 | 到期日 | 有効期限 | 유효기간`),
  result: words(`audit result | result | overall result | overall rating | audit rating | rating | audit grade | grade
    | overall grade | audit score | overall score | score | total score | final score | audit outcome | outcome
    | assessment result | assessment score | monitoring result | certificate level | certification level | recognition
    | recognition level | conformance level | audit status result | vap score | color rating | colour rating
    | traffic light | ergebnis | auditergebnis | gesamtergebnis | bewertung | gesamtbewertung | punktzahl
    | resultat | resultat d audit | notation | resultado | resultado de auditoria | calificacion
    | puntuacion | risultato | esito | punteggio | valutazione | resultado | classificacao | nota | pontuacao
    | resultaat | score audit | beoordeling | denetim sonucu | sonuc | puan | wynik | wynik audytu | ocena | ket qua
    | 审核结果 | 结果 | 评级 | 得分 | 監査結果 | 評価 | 결과`),
  osid: words(`os id | osid | os hub id | open supply hub id | oar id | oarid | open apparel registry id | osh id
    | opensupplyhub id`),
  lei: words("lei | lei code | legal entity identifier | lei number"),
  gln: words("gln | gln number | gln code | global location number | gs1 gln"),
  duns: words("duns | d u n s | duns number | d u n s number | duns no | d u n s no | duns code | dnb number"),
  amfori: words(`site amfori id | amfori site id | amfori id | amfori site number | amfori id site | dbid
    | bsci dbid | bsci id | amfori bsci id`),
  sedex: words(`sedex site code | sedex site reference | sedex site id | site zs code | zs code | zs number | zs
    | sedex code | sedex id | sedex number | sedex reference | sedex zs | sedex reference number`),
  bpnl: words("bpnl | bpn l | business partner number | business partner number legal entity | catena x bpnl"),
};

function words(text: string): readonly string[] {
  return text.split("|").map((it) => it.replace(/\s+/g, " ").trim());
}
