import { type JointCost, jointCost } from "@quasarix/shared/duplicate/join.ts";
import { ROUNDING_SAYS, SPLIT_SAYS, SPLITS } from "@quasarix/shared/duplicate/split-cost.ts";
import type { JointView, OperatorJoint } from "@quasarix/shared/wire/joints.ts";
import { jointCostOf, jointNamesOf } from "../intent-drafts.ts";
import { all } from "../routes.ts";
import { argument, type Call, type Command, type Ended, must, needed, noArguments, several } from "./command.ts";
import { UsageError } from "./exit.ts";
import { session } from "./session.ts";
import { table } from "./table.ts";

async function list(call: Call): Promise<Ended> {
  noArguments(call);
  const { client } = await session(call);
  const own = must(await all((cursor) => client.routes.joints({ cursor, limit: 100 })));
  return {
    value: own,
    text: table(["plan", "site", "from", "until", "topics", "", "your share", "with"], own.map(rowOf)),
  };
}

const rowOf = ({ share, joiners, ...it }: JointView): string[] => [
  it.plan,
  it.site,
  it.from,
  it.until,
  it.topics.join(","),
  it.state === "over" ? "over" : "",
  share ? `${share.amount} ${share.currency} ${SPLIT_SAYS[share.split]}` : "",
  joiners ? joiners.join(",") : it.named === null ? "" : "named once all have said yes",
];

async function name(call: Call): Promise<Ended> {
  const plan = argument(call, "PLAN");
  const { author, identity } = await session(call);
  const receipt = must(await author.say(jointNamesOf(identity.org, plan)));
  const text = `said: ${receipt.statementHash}; the others see your name once every one of them has said so too\n`;
  return { value: receipt, text };
}

async function operatorList(call: Call): Promise<Ended> {
  noArguments(call);
  const { client } = await session(call);
  const joints = must(await all((cursor) => client.routes.operatorJoints({ cursor, limit: 100 })));
  return { value: joints, text: table(["plan", "site", "days", "cost", "joiner", "share"], joints.flatMap(rowsOf)) };
}

function rowsOf({ plan, site, from, until, cost, joiners }: OperatorJoint): string[][] {
  const sum = cost ? `${cost.amount} ${cost.currency}` : "";
  const first = [plan, site, `${from}..${until}`, sum];
  if (joiners.length === 0) return [[...first, "nobody is left", ""]];
  return joiners.map(({ org, share }, i) => [...(i === 0 ? first : ["", "", "", ""]), org, share ?? ""]);
}

/** `ORG=3`, once for each joiner. */
function weightsOf(call: Call): Record<string, number> | undefined {
  const given = several(call, "weight").map((text) => {
    const [org, weight, ...more] = text.split("=");
    if (org === undefined || weight === undefined || more.length > 0) throw new UsageError(`\`${text}\`: ORG=NUMBER`);
    return [org, Number(weight)] as const;
  });
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

function costOf(call: Call): JointCost {
  const weights = weightsOf(call);
  const claims = jointCost.safeParse({
    plan: argument(call, "PLAN"),
    cost: { amount: needed(call, "cost"), currency: needed(call, "currency") },
    split: needed(call, "split"),
    ...(weights && { weights }),
  });
  if (claims.success) return claims.data;
  const issue = claims.error.issues[0];
  throw new UsageError(`the cost is refused: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`);
}

async function settle(call: Call): Promise<Ended> {
  const claims = costOf(call);
  const { author, identity } = await session(call);
  const receipt = must(await author.say(jointCostOf(identity.org, claims)));
  const text =
    `recorded: ${receipt.statementHash}; each joiner is told its own share, ${SPLIT_SAYS[claims.split]}: ${ROUNDING_SAYS}. ` +
    "`quasarix operator joint list` shows whom to invoice\n";
  return { value: receipt, text };
}

export const jointCommands: readonly Command[] = [
  {
    words: "joint list",
    usage: "",
    says: "lists the joint audits that you are in: days, topics, your share; never who else is in, unless every one said yes",
    example: "quasarix joint list",
    run: list,
  },
  {
    words: "joint name",
    usage: "PLAN",
    says: "lets the other joiners see your name, once every one of them has said so; `grant revoke` takes it back",
    example: "quasarix joint name 3q2-7w...",
    run: name,
  },
  {
    words: "operator joint list",
    usage: "",
    says: "lists joint audits with their joiners and shares: whom to invoice",
    example: "quasarix operator joint list --json",
    run: operatorList,
  },
  {
    words: "operator joint settle",
    usage: `PLAN --cost AMOUNT --currency EUR --split ${SPLITS.join("|")} [--weight ORG=NUMBER]...`,
    says: "records what a joint audit cost; the platform tells each joiner its share, to the cent, and no joiner the cost",
    example: "quasarix operator joint settle 3q2-7w... --cost 3600.00 --currency EUR --split equal",
    options: {
      cost: { type: "string" },
      currency: { type: "string" },
      split: { type: "string" },
      weight: { type: "string", multiple: true },
    },
    run: settle,
  },
];
