import type { Principal } from "@quasarix/shared/policy/principal.ts";
import { useHashEngine } from "@quasarix/shared/sha256.ts";
import { workerHashes } from "../../workers/hashes.ts";
import { primaryDb } from "../../workers/store/db.ts";
import { projection } from "../../workers/store/project.ts";
import type { LookUpCost } from "../../workers/store/site-index.ts";
import { matchPlaces } from "../../workers/store/site-match.ts";
import { loggedSite, siteAt } from "./logged-site.ts";
import type { FillRequest, LookUpReply, LookUpRequest, LookUpsRequest } from "./request.ts";
import { diceOf, placeAt, spelledAgain } from "./synthetic.ts";

interface Env {
  readonly DB: D1Database;
}

useHashEngine(workerHashes);

const BY: Principal = { org: "bench", kind: "member", isOperator: false, suspended: false, door: "assertion" };
const NO_KEYS = { operatorX: "", platformX: "" };

/** Through the product's own projection, as if the log had them. */
async function fill(env: Env, { from, count }: FillRequest): Promise<void> {
  const db = primaryDb(env.DB);
  const logged = Array.from({ length: count }, (_, i) => loggedSite(from + i, placeAt(from + i)));
  await db.batch(projection(db, logged, NO_KEYS));
}

async function lookUp(env: Env, { size, seed, count }: LookUpRequest): Promise<LookUpReply> {
  const dice = diceOf(seed);
  const numbers = Array.from({ length: count }, () => dice(size));
  const cost: LookUpCost = { rows: 0, sites: [] };
  const places = numbers.map((n) => spelledAgain(placeAt(n), dice));
  const answers = await matchPlaces(primaryDb(env.DB), BY, places, cost);
  const sure = answers.map(([first]) => (first?.verdict === "same" ? first.site.id : null));
  return {
    rows: cost.rows,
    sites: cost.sites,
    found: answers.filter((some, i) => some.some(({ site }) => site.id === siteAt(numbers[i] as number))).length,
    same: sure.filter((site, i) => site === siteAt(numbers[i] as number)).length,
    wrong: sure.filter((site, i) => site !== null && site !== siteAt(numbers[i] as number)).length,
  };
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const asked = await request.json<LookUpsRequest>();
    if (asked.do === "look-up") return Response.json(await lookUp(env, asked));
    await fill(env, asked);
    return new Response(null, { status: 204 });
  },
};
