import type { AcceptancePolicy } from "@quasarix/shared/duplicate/acceptance.ts";
import { readAcceptancePolicy } from "@quasarix/shared/duplicate/policy-problems.ts";
import { isPreset, PRESETS } from "@quasarix/shared/duplicate/presets.ts";
import { hashText } from "@quasarix/shared/wire/ids.ts";
import type { PolicyView } from "@quasarix/shared/wire/policies.ts";
import type { Client } from "../client.ts";
import { all } from "../routes.ts";
import { type Call, must, optional } from "./command.ts";
import { UsageError } from "./exit.ts";
import { readJson } from "./input.ts";
import { catalogueFor, problemList } from "./own-catalogue.ts";

/** Throws where there is none yet. */
export async function policyInForce(client: Client): Promise<PolicyView> {
  const own = must(await all((cursor) => client.routes.policies({ cursor, limit: 100, side: "own" })));
  const view = own.find(({ inForce }) => inForce);
  if (!view)
    throw new UsageError("you have published no policy yet: `quasarix policy publish`, or name one by --policy");
  return view;
}

/** Throws with everything that is wrong in it. */
export async function policyFromFile(call: Call, file: string): Promise<AcceptancePolicy> {
  const read = readAcceptancePolicy(await readJson(file), await catalogueFor(call));
  if (!read.ok) throw new UsageError(problemList(file, "acceptance policy", read.failure));
  return read.value;
}

/** `--policy`: a hash, a preset or a file; absent: the own one in force. */
export async function policyFor(call: Call, client: Client): Promise<AcceptancePolicy> {
  const named = optional(call, "policy");
  if (named === undefined) return (await policyInForce(client)).accepts;
  if (isPreset(named)) return PRESETS[named].policy;
  if (hashText.safeParse(named).success) return must(await client.routes.policy(named)).accepts;
  return policyFromFile(call, named);
}
