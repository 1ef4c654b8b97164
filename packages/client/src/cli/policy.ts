import type { AcceptancePolicy } from "@quasarix/shared/duplicate/acceptance.ts";
import { isPreset, PRESETS } from "@quasarix/shared/duplicate/presets.ts";
import type { PolicyView } from "@quasarix/shared/wire/policies.ts";
import { policyOf } from "../policy-drafts.ts";
import { all } from "../routes.ts";
import { argument, type Call, type Command, type Ended, must, noArguments, optional } from "./command.ts";
import { UsageError } from "./exit.ts";
import { CATALOGUE_OPTION } from "./own-catalogue.ts";
import { policyFromFile, policyInForce } from "./policy-choice.ts";
import { session } from "./session.ts";
import { table } from "./table.ts";

const PRESET_NAMES = Object.keys(PRESETS).join("|");

async function presets({ positionals: [name, ...more] }: Call): Promise<Ended> {
  if (more.length > 0) throw new UsageError(`\`${more[0]}\` is one argument too many`);
  if (name === undefined) {
    const rows = Object.entries(PRESETS).map(([preset, { says }]) => [preset, says]);
    return { value: PRESETS, text: table(["preset", ""], rows) };
  }
  if (!isPreset(name)) throw new UsageError(`no preset \`${name}\`: ${PRESET_NAMES}`);
  return { value: PRESETS[name].policy, text: `${JSON.stringify(PRESETS[name].policy, null, 2)}\n` };
}

async function check(call: Call): Promise<Ended> {
  const policy = await policyFromFile(call, argument(call, "FILE"));
  return { value: policy, text: `\`${policy.name}\` is a sound policy\n` };
}

async function chosen(call: Call): Promise<AcceptancePolicy> {
  const preset = optional(call, "preset");
  if (preset === undefined) return policyFromFile(call, argument(call, "FILE"));
  noArguments(call);
  if (!isPreset(preset)) throw new UsageError(`--preset ${PRESET_NAMES}`);
  return PRESETS[preset].policy;
}

async function publish(call: Call): Promise<Ended> {
  const policy = await chosen(call);
  const { author, identity } = await session(call);
  const receipt = must(await author.say(policyOf(identity.org, policy)));
  const text = `in force: ${receipt.statementHash} at log index ${receipt.index}; the suppliers that you list as current read it, without your name unless you gave it; no other member does\n`;
  return { value: receipt, text };
}

const nameOf = (member: PolicyView["member"]): string => member?.name ?? "a customer";

async function show(call: Call): Promise<Ended> {
  const { client } = await session(call);
  const [hash, ...more] = call.positionals;
  if (more.length > 0) throw new UsageError(`\`${more[0]}\` is one argument too many`);
  const view = hash === undefined ? await policyInForce(client) : must(await client.routes.policy(hash));
  const { policy, member, version, inForce, accepts } = view;
  const head = `policy ${policy} of ${nameOf(member)}${version === null ? "" : `, version ${version}`}${inForce ? ", in force" : ""}`;
  return { value: view, text: `${head}\n${JSON.stringify(accepts, null, 2)}\n` };
}

const rowOf = ({ policy, member, version, inForce, accepts }: PolicyView): string[] => [
  policy,
  nameOf(member),
  version === null ? "" : String(version),
  inForce ? "in force" : "",
  accepts.name,
];

async function list(call: Call): Promise<Ended> {
  noArguments(call);
  const side = optional(call, "side") ?? "own";
  if (side !== "own" && side !== "shown") throw new UsageError(`--side ${side}: own|shown`);
  const { client } = await session(call);
  const items = must(await all((cursor) => client.routes.policies({ cursor, limit: 100, side })));
  return { value: items, text: table(["policy", "member", "version", "", "name"], items.map(rowOf)) };
}

export const policyCommands: readonly Command[] = [
  {
    words: "policy presets",
    usage: "[PRESET]",
    says: "lists acceptance policies to begin with, or prints one as a file to change",
    example: "quasarix policy presets ethical-trade-4-pillar > policy.json",
    run: presets,
  },
  {
    words: "policy check",
    usage: "FILE [--catalogue FILE]",
    says: "checks an acceptance policy and names everything that is wrong in it; needs no account",
    example: "quasarix policy check policy.json",
    options: CATALOGUE_OPTION,
    run: check,
  },
  {
    words: "policy publish",
    usage: `FILE|--preset ${PRESET_NAMES}`,
    says: "signs what you accept in place of your own audits; the newest is in force, and your current suppliers read it",
    example: "quasarix policy publish policy.json",
    options: { preset: { type: "string" }, ...CATALOGUE_OPTION },
    run: publish,
  },
  {
    words: "policy show",
    usage: "[POLICY]",
    says: "shows your policy in force, or one by its hash",
    example: "quasarix policy show",
    run: show,
  },
  {
    words: "policy list",
    usage: "[--side own|shown]",
    says: "lists your policies with their versions; to a supplier --side shown lists what its buyers accept",
    example: "quasarix policy list --side shown",
    options: { side: { type: "string" } },
    run: list,
  },
];
