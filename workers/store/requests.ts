import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { AnswerView, RequestView } from "@quasarix/shared/wire/requests.ts";
import type { Db } from "./db.ts";
import { REQUESTER } from "./requester.ts";

type RequestRow = Omit<RequestView, "sections" | "purposes" | "answers"> & {
  readonly sections: string;
  readonly purposes: string;
  readonly index: number;
};

interface AnswerRow {
  readonly request: string;
  readonly answer: string;
  readonly says: AnswerView["says"];
  readonly reason: string | null;
  readonly admittedAt: number;
  /** The rest is null where it opens nothing. */
  readonly sections: string | null;
  readonly purposes: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly revoked: number;
}

/** A request and its place in the log. */
export interface ListedRequest {
  readonly index: number;
  readonly view: RequestView;
}

const REQUESTS = `SELECT r.hash AS request, ${REQUESTER} AS "from", r.site, r.audit, r.sections, r.purposes, r.until,
    r.admitted_at AS admittedAt, r.log_index AS "index"
  FROM requests AS r`;

const SIDES = {
  sent: "r.org = ?1",
  received: "r.site IN (SELECT id FROM sites WHERE supplier = ?1)",
} as const;

// One supplier's words on one request are few; a page stays bounded where they are not.
const ANSWERS = `SELECT request, answer, says, reason, admittedAt, sections, purposes, notBefore, notAfter, revoked FROM (
    SELECT a.request, a.hash AS answer, a.answer AS says, a.reason, a.admitted_at AS admittedAt, a.log_index AS place,
      g.sections, g.purposes, g.not_before AS notBefore, g.not_after AS notAfter, g.revoked_by IS NOT NULL AS revoked,
      row_number() OVER (PARTITION BY a.request ORDER BY a.log_index DESC) AS back
    FROM answers AS a LEFT JOIN grants AS g ON g.id = a.hash
    WHERE a.request IN (SELECT value FROM json_each(?1)))
  WHERE back <= 20 ORDER BY place`;

/** What the asker asked for, or what it was asked as a supplier; nobody else's. Ascending by log index. */
export async function listRequests(
  db: Db,
  by: Principal,
  side: "sent" | "received",
  after: number,
  limit: number,
): Promise<ListedRequest[]> {
  const page = db.prepare(`${REQUESTS} WHERE ${SIDES[side]} AND r.log_index > ?2 ORDER BY r.log_index LIMIT ?3`);
  return withAnswers(db, (await page.bind(by.org, after, limit).all<RequestRow>()).results);
}

/** One request of the asker's, or to it; null for any other, and where there is none. */
export async function findRequest(db: Db, by: Principal, hash: string): Promise<RequestView | null> {
  const found = db.prepare(`${REQUESTS} WHERE r.hash = ?2 AND (${SIDES.sent} OR ${SIDES.received})`);
  const [one] = await withAnswers(db, (await found.bind(by.org, hash).all<RequestRow>()).results);
  return one?.view ?? null;
}

/** Asks for answers even of no request: a refused one costs what a missing one costs. */
async function withAnswers(db: Db, rows: readonly RequestRow[]): Promise<ListedRequest[]> {
  const names = JSON.stringify(rows.map(({ request }) => request));
  const { results } = await db.prepare(ANSWERS).bind(names).all<AnswerRow>();
  const answers = Map.groupBy(results, ({ request }) => request);
  return rows.map(({ index, ...row }) => ({
    index,
    view: {
      ...row,
      sections: list<RequestView["sections"]>(row.sections),
      purposes: list<RequestView["purposes"]>(row.purposes),
      answers: (answers.get(row.request) ?? []).map(answerOf),
    },
  }));
}

const list = <T>(text: string): T => JSON.parse(text) as T;

const answerOf = ({ answer, says, reason, admittedAt, sections, ...opens }: AnswerRow): AnswerView => ({
  answer,
  says,
  reason,
  opens:
    sections === null
      ? null
      : {
          sections: list<RequestView["sections"]>(sections),
          purposes: list<RequestView["purposes"]>(opens.purposes),
          notBefore: opens.notBefore,
          notAfter: opens.notAfter,
          revoked: opens.revoked === 1,
        },
  admittedAt,
});
