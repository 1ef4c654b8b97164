/** What is asked of a reading, written from DESIGN 8 without a look at `policy`: it imports nothing of it, types neither. */
export interface Question {
  readonly facts: {
    readonly audit: string;
    readonly site: string;
    readonly author: string;
    readonly submitter: string | null;
    readonly supplier: string | null;
    readonly right: string;
    readonly disputed: boolean;
    readonly rulebook: {
      readonly mode: string;
      readonly receipts: { readonly show: string; readonly days?: number };
      readonly reciprocityDays: number | null;
      readonly embargo: string;
    };
    readonly terms: string | null;
    readonly finalAt: number | null;
    readonly contributedAt: number | null;
    readonly grants: readonly Given[];
    readonly consents: readonly {
      readonly org: string;
      readonly sections: readonly string[];
      readonly notBefore: number;
      readonly notAfter: number;
      readonly revoked: boolean;
    }[];
  };
  readonly ask: {
    readonly principal: { readonly org: string; readonly kind: string; readonly suspended: boolean };
    readonly purpose: string;
    readonly sections: readonly string[] | null;
    readonly asSubmitter: boolean;
  };
  readonly now: number;
}

interface Given {
  readonly id: string;
  readonly grantor: string;
  readonly grantee: string;
  readonly site: string;
  readonly audit: string | null;
  readonly sections: readonly string[];
  readonly purposes: readonly string[];
  readonly notBefore: number;
  readonly notAfter: number;
  readonly revoked: boolean;
}

export interface Opinion {
  readonly sections: readonly string[];
  readonly because: readonly string[];
  readonly validUntil: number;
  readonly origin: boolean;
  readonly receipt: {
    readonly holder: string;
    readonly reader: string;
    readonly delayMs: number;
    readonly standing: string;
    readonly sections: readonly string[];
    readonly because: readonly string[];
  };
}

export const SECTIONS = "existence scores findings plans people workforce evidence commercial".split(" ");

const isAuthor = ({ facts, ask }: Question): boolean => facts.author === ask.principal.org;
const isSubmitter = ({ facts, ask }: Question): boolean => facts.submitter === ask.principal.org;
const isSupplier = ({ facts, ask }: Question): boolean => facts.supplier === ask.principal.org;

/** All of them must hold, or the grant says nothing to this question. */
const GRANT_ROWS: readonly ((grant: Given, question: Question) => boolean)[] = [
  ({ revoked }) => !revoked,
  ({ grantor }, { facts }) => grantor === facts.supplier,
  ({ site }, { facts }) => site === facts.site,
  ({ audit }, { facts }) => audit === null || audit === facts.audit,
  ({ grantee }, { ask: { principal } }) =>
    grantee === "members" ? principal.kind === "member" : grantee === principal.org,
  ({ purposes }, { ask }) => purposes.includes(ask.purpose),
  ({ notBefore }, { now }) => notBefore <= now,
  ({ notAfter }, { now }) => now < notAfter,
];

/** Something that reaches the asker now: `ends` is when it does no longer. */
interface Gift {
  readonly id: string;
  readonly sections: readonly string[];
  readonly ends: number;
}

const NEVER = Number.MAX_SAFE_INTEGER;
const DAY = 24 * 60 * 60 * 1000;

/** When a member's last contribution stops counting, where contributions count. */
function reciprocityEnds({ facts: { rulebook, contributedAt } }: Question): number {
  if (rulebook.reciprocityDays === null) return NEVER;
  return contributedAt === null ? Number.NEGATIVE_INFINITY : contributedAt + rulebook.reciprocityDays * DAY;
}

function gifts(question: Question): Gift[] {
  const { facts, ask, now } = question;
  const found: Gift[] = [];
  const general = reciprocityEnds(question);
  for (const grant of facts.grants) {
    if (!GRANT_ROWS.every((holds) => holds(grant, question))) continue;
    const ends = grant.grantee === "members" && general < grant.notAfter ? general : grant.notAfter;
    found.push({ id: grant.id, sections: grant.sections, ends });
  }
  const isPooled = facts.rulebook.mode === "pool" && facts.terms !== null && ask.principal.kind === "member";
  if (isPooled)
    found.push({ id: facts.terms as string, sections: ["existence", "scores", "findings", "plans"], ends: general });
  return facts.right === "unknown" ? [] : found.filter(({ ends }) => now < ends);
}

const consents = ({ facts, now }: Question) =>
  facts.consents.filter(
    ({ org, notBefore, notAfter, revoked }) =>
      !revoked && org === facts.submitter && notBefore <= now && now < notAfter,
  );

const isBought = ({ facts }: Question): boolean => facts.right === "buyer-with-supplier-consent";
const isConsented = (question: Question, section: string): boolean =>
  consents(question).some(({ sections }) => sections.includes(section));

type Row = [says: string, fits: (question: Question, section: string) => boolean, opens: boolean];

/** For a section that nothing stands in the way of: beyond standing rights, what a grant opens. */
const GRANTED_ROWS: readonly Row[] = [
  ["who paid is never granted", (_, section) => section === "commercial", false],
  ["a buyer that paid has to agree", (it, section) => isBought(it) && !isConsented(it, section), false],
  ["a grant or the pool opens it", (it, section) => gifts(it).some(({ sections }) => sections.includes(section)), true],
];

/** Others wait until the supplier had its say. */
const isEmbargoed = ({ facts, now }: Question): boolean =>
  facts.rulebook.embargo === "until-final" && !(facts.finalAt !== null && facts.finalAt <= now);

/** The first row that fits answers for a section; where none fits, it is closed. */
const ROWS: readonly Row[] = [
  ["whoever is suspended reads nothing", ({ ask }) => ask.principal.suspended, false],
  ["what a lost key signed is for its author alone", (it) => it.facts.disputed && !isAuthor(it), false],
  ["the author reads all", isAuthor, true],
  ["the submitting member reads all", isSubmitter, true],
  ["who paid is not the supplier's", (it, section) => isSupplier(it) && section === "commercial", false],
  ["the interviews are not the supplier's", (it, section) => isSupplier(it) && section === "people", false],
  ["the supplier reads the rest", isSupplier, true],
  ["what is not final is for nobody else", isEmbargoed, false],
  ...GRANTED_ROWS,
];

function opened(rows: readonly Row[], question: Question): string[] {
  const open: string[] = [];
  for (const section of question.ask.sections ?? SECTIONS)
    if (rows.find(([, fits]) => fits(question, section))?.[2] === true) open.push(section);
  return open.sort((a, b) => SECTIONS.indexOf(a) - SECTIONS.indexOf(b));
}

/** In whose chain, as what: the supplier's never shows who handed a copy in (DESIGN 2.3). */
const RECEIPT_ROWS: readonly [fits: (question: Question) => boolean, standing: string, own: boolean][] = [
  [isAuthor, "author", false],
  [(it) => isSubmitter(it) && it.ask.asSubmitter, "submitter", true],
  [(it) => isSubmitter(it) && (isEmbargoed(it) || opened(GRANTED_ROWS, it).length === 0), "submitter", true],
  [isSubmitter, "grant", false],
  [isSupplier, "supplier", false],
  [() => true, "grant", false],
];

/** Null: refused. */
export function secondOpinion(question: Question): Opinion | null {
  const { facts, ask } = question;
  const sections = opened(ROWS, question);
  if (sections.length === 0) return null;
  const [, standing, own] = RECEIPT_ROWS.find(([fits]) => fits(question)) as (typeof RECEIPT_ROWS)[number];
  const { receipts } = facts.rulebook;
  const isCategory = standing === "grant" && receipts.show === "category";
  const byRight = isAuthor(question) || isSubmitter(question) || isSupplier(question);
  const granted = byRight ? opened(GRANTED_ROWS, question) : sections;
  // Those that open something of what is seen; the others are not the reason.
  const reasons = gifts(question).filter((gift) => gift.sections.some((section) => granted.includes(section)));
  const ids = reasons.map(({ id }) => id);
  const ends = [
    ...reasons.map((gift) => gift.ends),
    ...(isBought(question) ? consents(question) : []).map((it) => it.notAfter),
  ];
  return {
    sections,
    because: byRight ? [] : ids,
    validUntil: byRight ? NEVER : Math.min(...ends),
    origin: isSubmitter(question) && !isAuthor(question),
    receipt: {
      holder: own ? ask.principal.org : (facts.supplier ?? facts.site),
      reader: isCategory ? ask.principal.kind : ask.principal.org,
      delayMs: standing === "grant" && receipts.show === "delayed" ? (receipts.days ?? 0) * DAY : 0,
      standing,
      sections: standing === "grant" ? granted : sections,
      because: standing === "grant" && !isCategory ? ids : [],
    },
  };
}
