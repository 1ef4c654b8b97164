import { setTimeout as sleep } from "node:timers/promises";
import { auditOf, grantOf, submissionOf } from "@quasarix/client/drafts.ts";
import { auditContent, type Org } from "../../test/world.ts";
import { type Consortium, startConsortium } from "../append/consortium.ts";
import type { Ratio, Row } from "../table.ts";
import { sayAll } from "./post.ts";
import { growth, inTurns, type Question } from "./turns.ts";

const CLIENTS = 4;
/** More than lists merge one by one (workers/store/audit-list.ts). */
const MANY_SITES = 1_000;
const LIMIT = 50;
const WIDEST = 100;
const ROUND_SECONDS = 2;
/** Of the audits, so many came through intake. */
const SUBMITTED = 0.05;
const PATIENCE_SECONDS = 600;
const DAY_MS = 86_400_000;
const PURPOSE = "due-diligence";

interface Shape {
  readonly audits: number;
  readonly sites: number;
}

interface Page {
  readonly items: readonly unknown[];
  readonly next: string | null;
}

/** A page of the list by how many audits there are, to everyone who has a way to them; and where they lie on many sites. */
export async function listResults(largest: number, reads: number): Promise<{ rows: Row[]; ratios: Ratio[] }> {
  const sizes = [largest / 100, largest / 10, largest];
  const shapes: Shape[] = [
    ...sizes.map((audits) => ({ audits, sites: 100 })),
    { audits: largest / 10, sites: MANY_SITES },
  ];
  const consortia: Consortium[] = [];
  try {
    const questions: Question[][] = [];
    for (const shape of shapes) {
      console.error(`bench: ${shape.audits} audits on ${shape.sites} sites`);
      const consortium = await startConsortium(ROUND_SECONDS, { sites: shape.sites });
      consortia.push(consortium);
      questions.push(await filled(consortium, shape));
    }
    const rows = await inTurns(questions.flat(), reads);
    const ways = rows.length / shapes.length;
    const at = (shape: number, way: number) => rows[shape * ways + way] as Row;
    const ratios = Array.from({ length: ways }, (_, way) => [
      ...growth(`${LIMIT} ${names[way]}, ${sizes[2]} audits by ${sizes[0]}`, at(0, way), at(2, way)),
      ...growth(`${LIMIT} ${names[way]}, ${MANY_SITES} sites by 100`, at(1, way), at(3, way)),
    ]).flat();
    return { rows, ratios };
  } finally {
    for (const consortium of consortia) await consortium.remove();
  }
}

const ways = ["as the supplier", "as a grantee", "as the author", "as the submitter"] as const;
const names = ways.flatMap((way) => [`${way}, first page`, `${way}, a page in the middle`]);

async function filled(consortium: Consortium, { audits, sites }: Shape): Promise<Question[]> {
  const { auditor, member, supplier, world } = consortium;
  const siteAt = (n: number) => consortium.sites[n % sites] as string;
  const buyer = await world.admit("Buyer", "member");
  const submitted = Math.max(LIMIT, audits * SUBMITTED);
  await sayAll(consortium, supplier, sites, (n) => grantTo(supplier, buyer, siteAt(n)));
  await sayAll(consortium, member, submitted, (n) => submissionOf(member.id, siteAt(n), auditContent()));
  const empty = await consortium.logSize();
  await sayAll(consortium, auditor, audits - submitted, (n) => auditOf(siteAt(n), "auditor-signed", auditContent()));
  await issued(consortium, empty + audits - submitted);
  const questions: Question[] = [];
  for (const [i, who] of [supplier, buyer, auditor, member].entries()) {
    const name = `${LIMIT} of ${audits.toLocaleString("en-GB")} on ${sites.toLocaleString("en-GB")} sites ${ways[i]}`;
    const first = `/v1/audits?purpose=${PURPOSE}&limit=${LIMIT}`;
    const middle = await middleOf(consortium, who, i === 3 ? submitted : audits);
    for (const [page, path] of Object.entries({ "first page": first, "a page in the middle": `${first}${middle}` }))
      questions.push({
        name: `${name}, ${page}`,
        consortium,
        ask: () => ({ who, path }),
        clients: CLIENTS,
        check: isPage,
      });
  }
  return questions;
}

const grantTo = (supplier: Org, to: Org, site: string) =>
  grantOf(supplier.id, {
    grantee: to.id,
    site,
    grantSections: ["existence", "scores"],
    purposes: [PURPOSE],
    notBefore: 0,
    notAfter: Date.now() + DAY_MS,
  });

/** Intake's copies are in the log. */
async function issued({ logSize }: Consortium, enough: number): Promise<void> {
  for (const started = Date.now(); Date.now() - started < PATIENCE_SECONDS * 1000; await sleep(200))
    if ((await logSize()) >= enough) return;
  throw new Error(`the log does not reach ${enough}`);
}

function isPage(body: string): void {
  const { items } = JSON.parse(body) as Page;
  if (items.length !== LIMIT) throw new Error(`a page of ${items.length}`);
}

/** The cursor at half of the asker's audits, with its `&`: pages lead there, there is no other way. */
async function middleOf({ world }: Consortium, who: Org, count: number): Promise<string> {
  let cursor = "";
  for (let passed = 0; passed + WIDEST <= (count - LIMIT) / 2; passed += WIDEST) {
    const path = `/v1/audits?purpose=${PURPOSE}&limit=${WIDEST}${cursor}`;
    const { next } = await world.json<Page>(who, "GET", path);
    if (next === null) throw new Error("the list ends before its middle");
    cursor = `&cursor=${next}`;
  }
  return cursor;
}
