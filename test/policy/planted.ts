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
}

/** Each is one slip of a hand in decide.ts. */
export const BUGS: readonly Bug[] = [
  { says: "a grant is open at its very end", from: "now >= grant.notAfter", to: "now > grant.notAfter" },
  {
    says: "a revoked grant still opens",
    from: 'if (grant.revoked) return { why: "revoked", grant: grant.id };',
    to: "",
  },
  {
    says: "any purpose will do",
    from: 'if (!grant.purposes.includes(ask.purpose)) return { why: "purpose", grant: grant.id };',
    to: "",
  },
  { says: "who paid can be granted", from: "if (GRANTABLE_SECTIONS.includes(name)) open.add", to: "open.add" },
  {
    says: "a grant of one audit opens them all",
    from: "if (grant.audit !== null && grant.audit !== facts.audit) return false;",
    to: "",
  },
  { says: "anybody grants", from: "grant.grantor !== facts.supplier || ", to: "" },
  { says: "a grant to all members reaches others too", from: ' && principal.kind === "member"', to: "" },
  { says: "a disputed key blocks nobody", from: "facts.disputed && ", to: "false && " },
];

/** What only a receipt shows: Cedar has none. */
export const RECEIPT_BUGS: readonly Bug[] = [
  {
    says: "a submitter's reading stands in the supplier's chain",
    from: "ask.asSubmitter || shown.length === 0) return { holder: ask.principal.org,",
    to: "ask.asSubmitter || shown.length === 0) return { holder: supplier,",
  },
  {
    says: "a submitter that has a grant is missing from the supplier's chain",
    from: "ask.asSubmitter || shown.length === 0",
    to: "true",
  },
  { says: "a grantee is shown whose copy it is", from: 'origin: opening.right === "submitter"', to: "origin: true" },
  { says: "leave to read outlives its grant", from: "Math.min(validUntil, grant.notAfter)", to: "validUntil" },
];

/** None: the copy must agree as the original does. */
export const NO_BUG: Bug = { says: "nothing", from: "export function decide(", to: "export function decide(" };

const policy = path.join(root, "packages/shared/src/policy");

/** `decide` with one bug, from a copy of its source outside the house. */
export async function planted({ says, from, to }: Bug): Promise<typeof decide> {
  const source = readFileSync(path.join(policy, "decide.ts"), "utf8");
  if (source.split(from).length !== 2) throw new Error(`"${says}": decide.ts has no one place that reads ${from}`);
  const text = source.replace(from, to).replaceAll('from "./', `from "${pathToFileURL(policy)}/`);
  const folder = mkdtempSync(path.join(tmpdir(), "decide-"));
  try {
    const copy = path.join(folder, "decide.ts");
    writeFileSync(copy, text);
    const loaded = (await import(pathToFileURL(copy).href)) as { decide: typeof decide };
    return loaded.decide;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
