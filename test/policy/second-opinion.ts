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
    readonly grants: readonly Given[];
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
  (_, { facts }) => facts.right !== "unknown",
];

function active(question: Question): Given[] {
  const left: Given[] = [];
  for (const grant of question.facts.grants) if (GRANT_ROWS.every((holds) => holds(grant, question))) left.push(grant);
  return left;
}

type Row = [says: string, fits: (question: Question, section: string) => boolean, opens: boolean];

/** For a section that nothing stands in the way of: beyond standing rights, what a grant opens. */
const GRANTED_ROWS: readonly Row[] = [
  ["who paid is never granted", (_, section) => section === "commercial", false],
  ["a grant opens it", (question, section) => active(question).some((grant) => grant.sections.includes(section)), true],
];

/** The first row that fits answers for a section; where none fits, it is closed. */
const ROWS: readonly Row[] = [
  ["whoever is suspended reads nothing", ({ ask }) => ask.principal.suspended, false],
  ["what a lost key signed is for its author alone", (it) => it.facts.disputed && !isAuthor(it), false],
  ["the author reads all", isAuthor, true],
  ["the submitting member reads all", isSubmitter, true],
  ["who paid is not the supplier's", (it, section) => isSupplier(it) && section === "commercial", false],
  ["the interviews are not the supplier's", (it, section) => isSupplier(it) && section === "people", false],
  ["the supplier reads the rest", isSupplier, true],
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
  [(it) => isSubmitter(it) && opened(GRANTED_ROWS, it).length === 0, "submitter", true],
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
  const byRight = isAuthor(question) || isSubmitter(question) || isSupplier(question);
  const grants = active(question);
  const ids = grants.map(({ id }) => id);
  return {
    sections,
    because: byRight ? [] : ids,
    validUntil: byRight ? Number.MAX_SAFE_INTEGER : Math.min(...grants.map(({ notAfter }) => notAfter)),
    origin: isSubmitter(question) && !isAuthor(question),
    receipt: {
      holder: own ? ask.principal.org : (facts.supplier ?? facts.site),
      standing,
      sections: standing === "grant" ? opened(GRANTED_ROWS, question) : sections,
      because: standing === "grant" ? ids : [],
    },
  };
}
