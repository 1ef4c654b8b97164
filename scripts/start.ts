import { writeConfig, writePolicy } from "@quasarix/client/node/config.ts";
import { useNodeEngines } from "@quasarix/client/node/engines.ts";
import { keepFiles } from "@quasarix/client/node/keep-files.ts";
import { base64 } from "@quasarix/shared/base64.ts";
import { demonstrate, type Made } from "./demonstration/demonstrate.ts";
import { must, visitor } from "./demonstration/party.ts";
import { FULL, type Plan, SMALL } from "./demonstration/plan.ts";
import { steps } from "./progress.ts";
import { Complaint } from "./start/complaint.ts";
import { type Folders, foldersOf } from "./start/folders.ts";
import { OPERATOR, prepare } from "./start/prepare.ts";
import { checkPort, migrate, type Served, serve } from "./start/worker.ts";

const USAGE = `usage: npm start [-- --small]
Serves a consortium on this machine, with a demonstration in it, until Ctrl-C.
  --small          six members in place of nine, and a quarter of the data
  PORT             8787 when absent
  QUASARIX_FOLDER  where .dev.vars, .wrangler and .quasarix are kept; the checkout when absent`;

const DEFAULT_IDENTITY = "birch";

function portOf(text = "8787"): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Complaint(`PORT=${text} is no port`);
}

function planFor(flags: readonly string[]): Plan {
  if (flags.length === 0) return FULL;
  if (flags.length === 1 && flags[0] === "--small") return SMALL;
  throw new Complaint(USAGE);
}

const inOrder = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");

/** Pins the policy and the identity that commands run as, and looks at the log with the home's own memory. */
async function settleHome({ place }: Made, folders: Folders) {
  await writePolicy(folders.home, place.policy);
  await writeConfig(folders.home, { api: place.api, identity: DEFAULT_IDENTITY });
  const log = must(await (await visitor({ ...place, keep: keepFiles(folders.home) })).log.advance());
  if (log === null) throw new Error("the log has published nothing");
  return log.checkpoint;
}

/** An audit that the default identity may read whole, for the commands to try. */
async function exampleFor({ members }: Made): Promise<string> {
  const reader = members.find(({ handle }) => handle === DEFAULT_IDENTITY);
  const page = reader && must(await reader.client.routes.audits({ purpose: "due-diligence", limit: 100 }));
  const example = page?.items.find(({ sections, because }) => because.length > 0 && sections.includes("findings"));
  return example?.audit ?? "AUDIT";
}

/** Which profile it is under is in its plan. */
async function releaseText({ operator, members, release }: Made): Promise<string> {
  const { profile } = must(await operator.client.routes.releasePlan(release.plan));
  const pool = profile === "small" ? "5 or more companies" : "8 or more companies";
  return `1 founding release of ${release.cohort} by ${members.length} votes, each figure of ${pool}`;
}

async function summaryOf(made: Made, folders: Folders, seconds: number): Promise<string> {
  const { size, root, origin } = await settleHome(made, folders);
  const audit = await exampleFor(made);
  const total = [...made.audits.values()].reduce((sum, count) => sum + count, 0);
  const { api } = made.place;
  const reading = `${audit} --purpose due-diligence`;
  return `
Ready in ${seconds.toFixed(1)} s. Every organisation, site and audit here is invented.
  ${made.organisations} organisations, ${made.sites} sites, ${made.grants} grants
  ${total} audits: ${inOrder(made.audits)}
  ${await releaseText(made)}
  log ${origin}, size ${size}, root ${base64(root)}
  keys and policy in ${folders.home}; the Worker's own words in ${folders.log}

  ${api}/            what runs here
  ${api}/reference   the API

Try, from this folder in another terminal, as member \`${DEFAULT_IDENTITY}\`:
  npx quasarix audit list --purpose due-diligence
  npx quasarix audit show ${reading}
  npx quasarix bundle get ${reading} --out audit.json && npx quasarix verify audit.json
  npx quasarix release show
  npx quasarix release place --from-audits --purpose due-diligence

Ctrl-C ends it; the next npm start finds the same data.`;
}

// Before anything is served there is nothing to end in order: what was spawned dies with us.
let onSignal = (): void => process.exit(130);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => onSignal());

/** Resolves once somebody ended it by SIGINT or SIGTERM, which end the Worker's whole group; rejects where it ended by itself. */
function endOnSignal(served: Served, { log }: Folders): Promise<void> {
  return new Promise((resolve, reject) => {
    let isAsked = false;
    const end = (): void => {
      // npm, the launcher and the terminal each pass the signal on.
      if (isAsked) return;
      isAsked = true;
      served.stop().then(resolve, reject);
    };
    onSignal = end;
    void served.ended.then(() => isAsked || reject(new Complaint(`the Worker ended by itself; see ${log}`)));
  });
}

async function main(): Promise<void> {
  const began = performance.now();
  const plan = planFor(process.argv.slice(2));
  useNodeEngines();
  const folders = foldersOf(process.env);
  const port = portOf(process.env["PORT"]);
  const shown = steps(process.stderr);
  await checkPort(port, folders);
  await prepare(folders, `http://127.0.0.1:${port}`);
  shown.progress("worker", 0, 1);
  await migrate(folders);
  const served = await serve(folders, port);
  shown.progress("worker", 1, 1);
  const ended = endOnSignal(served, folders);
  const made = demonstrate({ home: folders.home, api: served.origin, operator: OPERATOR }, plan, shown.progress);
  const shownAll = made.then(async (all) => {
    const summary = await summaryOf(all, folders, (performance.now() - began) / 1000);
    shown.end();
    console.log(summary);
    await ended;
  });
  try {
    await Promise.race([ended, shownAll]);
  } finally {
    shown.end();
    await served.stop();
  }
}

try {
  await main();
  // A request that waits for its next attempt must not keep an ended start alive.
  process.exit(0);
} catch (error) {
  console.error(error instanceof Complaint ? error.message : error);
  process.exit(1);
}
