const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words that say what kind of company in law it is, in Latin letters after folding. */
export const LEGAL_FORMS = set(`
  ltd limited limitd limted lmtd ltda limitada llc llp lp inc incorporated corp corporation corporate co company cos coy plc pty pvt pvtltd private
  pte coltd ptyltd sdnbhd gmbh mbh ag kg kgaa ohg ug gbr ev eg ek se sa sas sasu sarl sarlau eurl snc scs sca scop spa srl srls sapa soc
  societa societe sociedad sociedade anonyme anonima anonim azioni cv sab sapi rl nv bv vof bvba sprl cvba ab aktiebolag hb as asa ans aps
  oy oyj ky sl slu sll slne sociedade eireli epp me sae wll fze fzco fzc fzllc dmcc jsc pjsc ojsc cjsc tbk pt cv ud pd bhd sdn berhad
  sendirian tnhh ctcp mtv jsco ooo oao zao pao ao ip too chp tov pp tdv dooel doo dd ad ead eood ood sro spol zoo spz sk kft zrt nyrt bt rt sia uab
  oue ou aktsia mb ee epe ae ike kk gk yk kabushiki kaisha kabushikigaisha yugen gaisha godo ltdsti sti sirketi ticaret as san tic
  vetic ve lda unipessoal public partnership proprietary proprietorship pvtl smc dba ltdco cia compania companhia cie compagnie gesellschaft
  beschrankter haftung aktiengesellschaft naamloze vennootschap besloten`);

/** Legal forms that are also initials: a name that has nothing else of its own keeps them. */
export const INITIALS = set("ab as sa ad ag sk pp bt rt kg ip cv se ek ug ae bv nv hb sp san tic");

/** Small words of many languages, which tell no two names apart. */
export const SMALL_WORDS = set(
  "and und et y e the a an of de du des del della di da do dos das la le les el los las lo der die das den van von mit for at in on to zum zur by no nr i il und og och och",
);

/** Names of trades and of kinds of place: so frequent that they count for little. */
export const TRADE_WORDS = set(`
  group holding holdings international intl global world worldwide national asia asian pacific europe european america american china chinese india
  indian bangladesh vietnam viet nam pakistan turkey thailand indonesia cambodia lanka mexico japan korea taiwan malaysia philippines egypt
  trading trade traders trader enterprise enterprises enterprize export exports exporter exporters import imports commercial general business
  industry industries industrial industria industrie industrias sanayi manufacturing manufacturer manufacturers manufactory mfg manufacture
  manufactura factory factories fabrica fabrik plant mill mills works unit workshop division branch office production products product producers
  technology technologies technical tech techno hitech science scientific electronic electronics electric electrical precision optical opto
  material materials component components system systems solution solutions service services supply supplies development engineering
  garment garments apparel apparels fashion fashions clothing clothings clothes wear wears knitwear sweater sweaters knit knits knitting knitted
  composite textile textiles textil tekstil konfeksiyon giyim weaving spinning dyeing dying printing washing finishing embroidery denim jeans shirt
  shirts sock socks hosiery underwear lingerie accessories fabric fabrics yarn cotton wool silk leather shoe shoes footwear bag bags toy toys plastic
  plastics metal metals packaging paper furniture home house houseware glass rubber steel hardware chemical chemicals food foods foodstuff
  restaurant restaurants ristorante trattoria cafe coffee bar grill grille kitchen bistro diner deli delicatessen pizza pizzeria bakery market mart
  store shop shoppe supermarket grocery liquor lounge pub tavern inn hotel club room house place taqueria tacos burger burgers chicken fish sushi
  wine sandwich sandwiches donuts ice cream catering express city school academy center centre care child children childrens day daycare early
  learning nursery preschool kindergarten head start program community services family education church ministries hospital clinic
  pharmacy medical health association foundation institute college university new east west north south great`);

/** One spelling for words that are often cut short; and the singular of those that come in both. */
const SHORT: ReadonlyMap<string, string> = new Map(
  `mfg=manufacturing mfr=manufacturer mfrs=manufacturer manuf=manufacturing intl=international int=international internatl=international
  inds=industry ind=industry indus=industry tech=technology techs=technology technologies=technology elec=electric electr=electronic
  bros=brother brothers=brother assoc=association assn=association ctr=center centre=center cntr=center ent=enterprise entp=enterprise
  prod=product prods=product gmt=garment gmts=garment garmt=garment eng=engineering engg=engineering engr=engineering dept=department
  svc=service svcs=service mkt=market mktg=marketing natl=national univ=university acad=academy sch=school comm=community chld=child
  children=child childrens=child rest=restaurant deli=delicatessen bbq=barbecue barbeque=barbecue st=saint ste=saint mt=mount ft=fort
  hosp=hospital med=medical ii=2 iii=3 iv=4 vi=6 vii=7 viii=8 ix=9 xi=11 xii=12 one=1 two=2 three=3 four=4 five=5
  first=1st second=2nd third=3rd fourth=4th cafeteria=cafe taqueria=taqueria sanayii=sanayi fab=factory`
    .split(/\s+/)
    .map((pair) => pair.split("=") as [string, string]),
);

/** A word of a name in its plainest spelling. */
export function nameWord(word: string): string {
  const whole = SHORT.get(word) ?? word;
  if (whole.length > 4 && whole.endsWith("ies")) return `${whole.slice(0, -3)}y`;
  return whole.length > 3 && whole.endsWith("s") && !/(ss|us|is)$/.test(whole) ? whole.slice(0, -1) : whole;
}
