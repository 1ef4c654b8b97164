import { dayAt } from "@quasarix/shared/benchmark/cohorts.ts";
import { writeRelease } from "@quasarix/shared/benchmark/release-bytes.ts";
import type { ReleasePlanView } from "@quasarix/shared/wire/releases.ts";
import { fetchRelease, publishedReleases } from "../published.ts";
import { auditRelease } from "../release-plans.ts";
import { all } from "../routes.ts";
import { type Call, type Command, type Ended, must, noArguments, optional } from "./command.ts";
import { EXIT, UsageError } from "./exit.ts";
import { writeOut } from "./input.ts";
import { session } from "./session.ts";
import { table } from "./table.ts";

/** Plans with their votes, and each cohort with what the log has of it. */
async function list(call: Call): Promise<Ended> {
  noArguments(call);
  const { client } = await session(call);
  const plans = must(await all((cursor) => client.routes.releasePlans({ cursor, limit: 100 })));
  const releases = must(await publishedReleases(client));
  const rows = plans.flatMap((plan) => rowsOf(plan));
  const text =
    rows.length === 0 ? "no plan was put to the vote yet\n" : table(["plan", "vote", "cohort", "state", "from"], rows);
  return { value: { plans, releases }, text };
}

function rowsOf({ plan, running }: ReleasePlanView): string[][] {
  if (!running) return [[plan, "unknown file", "", "", ""]];
  const { state, yes, no, needed, commitBy, cohorts } = running;
  const vote = `${state}: ${yes} yes, ${no} no, ${needed} needed by ${dayAt(commitBy)}`;
  return cohorts.map((one, i) => [
    i === 0 ? plan : "",
    i === 0 ? vote : "",
    one.cohort,
    state === "adopted" ? one.phase : "",
    dayAt(one.notBefore),
  ]);
}

function planAndCohort(call: Call): readonly [string, string] {
  const [plan, cohort, ...more] = call.positionals;
  if (plan === undefined || cohort === undefined || more.length > 0)
    throw new UsageError("name the plan and the cohort: `quasarix release list` has them");
  return [plan, cohort];
}

async function fetch(call: Call): Promise<Ended> {
  const [plan, cohort] = planAndCohort(call);
  const { client } = await session(call);
  const { file, fileHash } = must(await fetchRelease(client, plan, cohort));
  const out = optional(call, "out") ?? `${cohort}.json`;
  await writeOut(out, writeRelease(file));
  const value = { plan, cohort, file: fileHash, out };
  return { value, text: `written to \`${out}\`: the file that the log names, ${fileHash}\n` };
}

async function audit(call: Call): Promise<Ended> {
  const [plan, cohort] = planAndCohort(call);
  const { client } = await session(call);
  const { differences, bytes, inputs } = must(await auditRelease(client, plan, cohort));
  const value = { plan, cohort, differences, bytes: bytes.length, inputs };
  if (differences.length > 0) return { value, text: differences.map((one) => `${one}\n`).join(""), exit: EXIT.refused };
  return { value, text: `made again from its inputs: the same ${bytes.length} bytes, as the log has them\n` };
}

export const releaseCommands: readonly Command[] = [
  {
    words: "release list",
    usage: "",
    says: "release plans, their votes, and what was published",
    example: "quasarix release list",
    run: list,
  },
  {
    words: "release fetch",
    usage: "PLAN COHORT [--out FILE]",
    says: "a published file, checked against the log",
    example: "quasarix release fetch 5cNv... 2026-Q4 --out 2026-Q4.json",
    options: { out: { type: "string" } },
    run: fetch,
  },
  {
    words: "release audit",
    usage: "PLAN COHORT",
    says: "an appointed auditor's: makes the release again with its secret and compares the bytes",
    example: "quasarix release audit 5cNv... 2026-Q4",
    run: audit,
  },
];
