import { frameworkOf } from "@quasarix/client/framework-drafts.ts";
import { frameworkVersions } from "@quasarix/client/frameworks.ts";
import { FRAMEWORKS } from "@quasarix/shared/benchmark/framework/built-in.ts";
import type { Framework } from "@quasarix/shared/benchmark/framework/framework.ts";
import { must, type Party } from "./party.ts";

/** What the demonstration's audits score by. */
export const FRAMEWORK = FRAMEWORKS[0] as Framework;

/** Published by the operator, once. */
export async function publishFramework({ client, author }: Party): Promise<void> {
  const versions = must(await frameworkVersions(client, FRAMEWORK.framework));
  if (versions.length === 0) must(await author.say(frameworkOf(client.consortium.id, FRAMEWORK)));
}
