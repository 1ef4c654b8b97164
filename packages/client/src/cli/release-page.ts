import { sentencesOf } from "@quasarix/shared/benchmark/use/says.ts";
import { type Call, type Command, type Ended, several } from "./command.ts";
import { UsageError } from "./exit.ts";
import { planFor } from "./release-fetched.ts";
import { plansIn } from "./release-source.ts";

async function page(call: Call): Promise<Ended> {
  const [given] = await plansIn(several(call, "plan"));
  const [named, ...more] = call.positionals;
  if (more.length > 0 || (given && named !== undefined)) throw new UsageError("give one plan");
  const plan = given?.plan ?? (await planFor(call, named)).plan;
  const sentences = sentencesOf(plan);
  return { value: sentences, text: `${sentences.map(({ says }) => says).join("\n")}\n` };
}

export const releasePage: Command = {
  words: "release page",
  usage: "[PLAN | --plan FILE]",
  says: "what a plan means, a sentence for each of its rules, for those who are to vote on it or to read its figures",
  example: "quasarix release page --plan plan.json",
  options: { plan: { type: "string", multiple: true } },
  run: page,
};
