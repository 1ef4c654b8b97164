import { auditOf, grantOf } from "@quasarix/client/drafts.ts";
import { PRESETS } from "@quasarix/shared/policy/sections.ts";
import type { Org } from "../../test/world.ts";
import { type Consortium, startConsortium } from "../append/consortium.ts";
import { contentOf } from "../append/content.ts";
import type { Ratio, Row } from "../table.ts";
import { sayAll } from "./post.ts";
import { growth, inTurns, type Question } from "./turns.ts";

const GRANTS = [1, 100, 10_000] as const;
const OTHERS = 100;
const CLIENTS = 4;
/** All at one supplier's chain of receipts, or each at another's. */
const CROWD = 16;
const DAY_MS = 86_400_000;
const PURPOSE = "purpose=due-diligence";

/** Readings of one audit by how many grants stand on its site, and at once by many of one supplier's receipts chain. */
export async function oneAuditResults(reads: number): Promise<{ rows: Row[]; ratios: Ratio[] }> {
  const consortium = await startConsortium(45);
  try {
    const [spread, own] = await sharedAudits(consortium);
    const rows = await inTurns([...spread, ...own], reads);
    const crowd = await inTurns(await crowds(consortium), reads);
    const [few, , many, fewOwn, , manyOwn] = rows as [Row, Row, Row, Row, Row, Row];
    const [apart, together] = crowd as [Row, Row];
    const ratios = [
      ...growth("a read, 10,000 grants to others by 1", few, many),
      ...growth("a read, 10,000 grants to the reader by 1", fewOwn, manyOwn),
      ...growth(`a read by ${CROWD} at once, one chain of receipts by ${CROWD} chains`, apart, together),
    ];
    return { rows: [...rows, ...crowd], ratios };
  } finally {
    await consortium.remove();
  }
}

/** One site for each number of grants: to others with one to the reader, then all to the reader. */
async function sharedAudits(consortium: Consortium): Promise<[Question[], Question[]]> {
  const { world, member, sites } = consortium;
  const others: Org[] = [];
  for (let n = 0; n < OTHERS; n++) others.push(await world.admit(`Other ${n}`, "member"));
  const spread: Question[] = [];
  const own: Question[] = [];
  for (const [i, grants] of GRANTS.entries()) {
    const to = (n: number) => (n === grants - 1 ? member : (others[n % OTHERS] as Org));
    const name = `one audit, ${grants.toLocaleString("en-GB")} on its site`;
    spread.push(await question(consortium, `${name}, one the reader's`, sites[i] as string, grants, to));
    own.push(await question(consortium, `${name}, all the reader's`, sites[i + 3] as string, grants, () => member));
  }
  return [spread, own];
}

async function question(
  consortium: Consortium,
  name: string,
  site: string,
  grants: number,
  to: (n: number) => Org,
): Promise<Question> {
  const { auditor, supplier, member } = consortium;
  const [audit] = await sayAll(consortium, auditor, 1, (n) => auditOf(site, "auditor-signed", contentOf(n)));
  await sayAll(consortium, supplier, grants, (n) => grantTo(supplier, to(n), site));
  const path = `/v1/audits/${audit}?${PURPOSE}`;
  return { name, consortium, ask: () => ({ who: member, path }), clients: CLIENTS, check: isView };
}

const grantTo = (supplier: Org, to: Org, site: string) =>
  grantOf(supplier.id, {
    grantee: to.id,
    site,
    grantSections: [...PRESETS.full],
    purposes: ["due-diligence"],
    notBefore: 0,
    notAfter: Date.now() + DAY_MS,
  });

function isView(body: string): void {
  const { presentation, proof } = JSON.parse(body) as { presentation?: string; proof?: string };
  if (!presentation || !proof) throw new Error(`no view: ${body}`);
}

/** The same number of readings at once: of audits of as many suppliers, and of one supplier's. */
async function crowds(consortium: Consortium): Promise<[Question, Question]> {
  const { world, member } = consortium;
  const apart: string[] = [];
  const together: string[] = [];
  const one = await world.admit("Crowded", "supplier");
  for (let n = 0; n < CROWD; n++) {
    apart.push(await pathAt(consortium, await world.admit(`Supplier ${n}`, "supplier")));
    together.push(await pathAt(consortium, one));
  }
  const of = (name: string, paths: readonly string[]): Question => ({
    name: `one audit, receipts of ${name}`,
    consortium,
    ask: (n) => ({ who: member, path: paths[n % CROWD] as string }),
    clients: CROWD,
    check: isView,
  });
  return [of(`${CROWD} suppliers`, apart), of("one supplier", together)];
}

async function pathAt(consortium: Consortium, supplier: Org): Promise<string> {
  const { world, auditor, member } = consortium;
  const site = await world.openSite(supplier);
  const [audit] = await sayAll(consortium, auditor, 1, (n) => auditOf(site, "auditor-signed", contentOf(n)));
  await sayAll(consortium, supplier, 1, () => grantTo(supplier, member, site));
  return `/v1/audits/${audit}?${PURPOSE}`;
}
