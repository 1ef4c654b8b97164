const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** `code: spelling spelling` lines as a map from each spelling, and from the code itself, to the code. */
function spellings(lines: string): ReadonlyMap<string, string> {
  const rows = lines.trim().split("\n");
  return new Map(
    rows.flatMap((row) => {
      const [code = "", all = ""] = row.trim().split(/: ?/);
      return [code, ...all.split(" ").filter(Boolean)].map((word) => [word, code] as const);
    }),
  );
}

/** Kinds of street whose name stands before them. */
export const STREET_AFTER = spellings(`
  st: street str strt straße strasse straat stret steet
  rd: road raod roads
  av: avenue ave aven avn
  blvd: boulevard blv boul bvd
  dr: drive drv
  ln: lane
  ct: court crt
  pl: place
  plz: plaza
  pkwy: parkway pky pkw
  hwy: highway hiway hghwy motorway expressway expy expwy
  ter: terrace terr
  sq: square
  cir: circle crescent cres
  way: weg wy
  aly: alley
  pike: turnpike tpke
  lu: daolu gonglu
  jie: dajie
  dadao: dado
  cd: cad cadde caddesi
  sk: sok sokak sokagi
  marg: salai sarani`);

/** Kinds of street whose name comes after them. */
export const STREET_BEFORE = spellings(`
  jl: jalan jln
  rua: rue ruta rt route
  calle: call
  av: avda avenida avenue ave
  via: viale
  pza: piazza plaza plac praca platz
  ul: ulitsa ulica vul vulitsya
  crs: corso cours
  strada: str
  camino: carretera ctra cra carrera rodovia rod estrada chemin
  duong: pho
  thanon: soi
  prospekt: prospect
  shosse:`);

/** Words whose number tells parts of one place apart: Plot 12 is never Block 12. */
export const LABELS = spellings(`
  plot: plots plt
  block: blk blok blocks bloc bloque bl
  unit: units
  floor: floors flr fl etage piso lantai kat
  room: rm rooms
  suite: ste
  lot: lots lote kavling kav
  shed: sheds
  building: bldg bld bldng bulding gedung edificio gebaude toa
  phase: fase
  lane: alley xiang nong
  section: sec sect
  sector: sctr
  gate: gat
  km: kms kilometer kilometre kilometro
  moo: mu
  house: hse holding
  warehouse: whs godown hangar
  tower: towers twr
  wing: wings
  hall: halle
  shop: booth stall counter
  survey: sy sno khasra khewat gut gat hissa
  box: pobox
  zone: zona
  ward:
  district: quan
  street: gali galli
  apt: apartment flat`);

export const NUMBER_WORDS = set("no nos nr num number numero nro num nomor bil sn");

export const DIRECTIONS = spellings(`
  n: north norte nord kuzey
  s: south sur sud sul guney sued
  e: east este est ost dogu leste oriente ote
  w: west oeste ouest bati poniente pte ovest
  ne: northeast noreste nordest
  nw: northwest noroeste nordouest
  se: southeast sureste sudest
  sw: southwest suroeste sudouest`);

/** Words that say what kind of area or building, of many languages: they tell little. */
export const AREA_WORDS = set(`
  city town township village vill district dist county province prov state region municipality prefecture division subdivision area zone park
  industrial industry industria industri industrie estate estates economic economy development develop processing process free trade export import
  technology technological tech high hi new science scientific sciences hitech innovation community comprehensive bonded special logistics
  comprehensive phase international global center centre campus complex compound premises post office po ps dist tehsil taluka taluk tal mandal thana upazila union mouza police station main
  kawasan perindustrian kabupaten kecamatan desa kelurahan kota kel kec kab raya taman bandar kampung kg tambon tumbon tambol amphur amphoe
  changwat muang nikom khwaeng khet khum sangkat sankat khan phum srok sruk khu cong nghiep kcn xa phuong huyen thanh pho tinh
  organize sanayi bolgesi osb mahallesi mah mahalle bolge ilce il sitesi parque industriale poligono pol ind colonia col fraccionamiento fracc
  parc zi za zac cedex bp cx cp barrio distrito bairro municipio estado zona polo gewerbegebiet industriegebiet industriepark
  qu zhen cun chome
  sez epz epza midc gidc sipcot sidco hsiidc apiic site side factory mill bhaban bhavan house plaza tower
  a b and de la el the of le les des du di da do dos del y e und et en am im an der die das den`);

/** A number that is a name: "63rd" Street, "2nd" floor. */
export const ORDINAL = /^\d+(st|nd|rd|th)$/;

/** Endings of place names in Korean, Japanese and Chinese: kinds of area only behind a hyphen, else words. */
export const AREA_ENDINGS = set(
  "shi qu xian zhen xiang cun sheng gu dong gun si do eup myeon ri ku cho machi ken fu son mura",
);

/** What follows, up to the next comma, is near the place and not the place. */
export const LANDMARK_WORDS = set("near opp opposite opposit behind beside adjacent adj next between at off facing");

/** Streets that are numbered in words. */
export const ORDINAL_WORDS: ReadonlyMap<string, string> = new Map(
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    .split(" ")
    .map((word, i) => [word, `${i + 1}${["st", "nd", "rd"][i] ?? "th"}`]),
);
