import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { decide } from "@quasarix/shared/policy/decide.ts";
import { root } from "../architecture.ts";

export interface Bug {
  readonly says: string;
  readonly from: string;
  readonly to: string;
  /** In which file of the policy. */
  readonly in?: "granted" | "active";
}

/** Each is one slip of a hand. */
export const BUGS: readonly Bug[] = [
  {
    says: "a grant is open at its very end",
    in: "active",
    from: "now >= given.notAfter",
    to: "now > given.notAfter",
  },
  { says: "a revoked grant still opens", in: "active", from: 'if (given.revoked) return "revoked";', to: "" },
  {
    says: "any purpose will do",
    in: "granted",
    from: '(grant.purposes.includes(ask.purpose) ? null : "purpose")',
    to: "null",
  },
  { says: "who paid can be granted", in: "granted", from: "GRANTABLE_SECTIONS.includes(name) && ", to: "" },
  {
    says: "a grant of one audit opens them all",
    in: "granted",
    from: "(grant.audit !== null && grant.audit !== facts.audit)",
    to: "false",
  },
  { says: "anybody grants", in: "active", from: "if (grant.grantor !== supplier) return false;", to: "" },
  {
    says: "a grant to all members reaches others too",
    in: "active",
    from: ' && principal.kind === "member"',
    to: "",
  },
  { says: "a disputed key blocks nobody", from: "facts.disputed && ", to: "false && " },
  { says: "an embargo ends a millisecond late", from: "now >= facts.finalAt", to: "now > facts.finalAt" },
  { says: "an embargo holds the supplier off", from: "!standing && !isFinal", to: "!isFinal" },
  { says: "a pool needs no signature", in: "granted", from: "terms === null || ", to: "false || " },
  { says: "anybody is in the pool", in: "granted", from: ' || principal.kind !== "member"', to: "" },
  {
    says: "who paid is not asked",
    in: "granted",
    from: " && consent.sections.includes(name)",
    to: "",
  },
  { says: "any member consents for the buyer", in: "granted", from: "one.org === facts.submitter && ", to: "" },
  {
    says: "reciprocity is for named grants too",
    in: "granted",
    from: "source.toAll ? reciprocal(facts, source, now) : source",
    to: "reciprocal(facts, source, now)",
  },
  {
    says: "a contribution counts a millisecond too long",
    in: "granted",
    from: "now < until ?",
    to: "now <= until ?",
  },
];

/** What only a receipt shows: Cedar has none. */
export const RECEIPT_BUGS: readonly Bug[] = [
  {
    says: "a submitter's reading stands in the supplier's chain",
    from: "return { holder: ask.principal.org, ...own }",
    to: "return { holder: facts.supplier ?? facts.site, ...own }",
  },
  {
    says: "a submitter that has a grant is missing from the supplier's chain",
    from: "ask.asSubmitter || blocked || granted.sections.length === 0",
    to: "true",
  },
  { says: "a grantee is shown whose copy it is", from: 'origin: opening.right === "submitter"', to: "origin: true" },
  {
    says: "leave to read outlives its grant",
    in: "granted",
    from: "Math.min(consent.notAfter, ...used.map(({ notAfter }) => notAfter))",
    to: "consent.notAfter",
  },
  { says: "a category names its grant", from: "delayMs: 0, because: [] }", to: "delayMs: 0, because }" },
  { says: "a delayed receipt is shown at once", from: "receipts.days * DAY_MS", to: "0" },
];

/** None: the copy must agree as the original does. */
export const NO_BUG: Bug = { says: "nothing", from: "export function decide(", to: "export function decide(" };

const policy = path.join(root, "packages/shared/src/policy");

/** Copied together: the rest of the policy holds no rule that a bug could hide in. */
const COPIED = ["decide", "granted", "active"] as const;

/** `decide` with one bug, from a copy of its sources outside the house. */
export async function planted({ says, from, to, in: file }: Bug): Promise<typeof decide> {
  const folder = mkdtempSync(path.join(tmpdir(), "decide-"));
  try {
    for (const name of COPIED) {
      const source = readFileSync(path.join(policy, `${name}.ts`), "utf8");
      const isHere = name === (file ?? "decide");
      if (isHere && source.split(from).length !== 2)
        throw new Error(`"${says}": ${name}.ts has no one place that reads ${from}`);
      const text = isHere ? source.replace(from, () => to) : source;
      writeFileSync(path.join(folder, `${name}.ts`), text.replaceAll(OTHERS, `from "${pathToFileURL(policy)}/`));
    }
    const loaded = (await import(pathToFileURL(path.join(folder, "decide.ts")).href)) as { decide: typeof decide };
    return loaded.decide;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const OTHERS = new RegExp(`from "\\./(?!(?:${COPIED.join("|")})\\.ts)`, "g");
