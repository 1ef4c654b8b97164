import { addUp } from "../benchmarks.ts";
import { type Call, type Command, type Ended, must, several } from "./command.ts";
import { UsageError } from "./exit.ts";
import { FIGURE_OPTIONS, FIGURE_USAGE, shown } from "./release-show.ts";
import { plansIn, releasesIn } from "./release-source.ts";

/** Published files are added as they are: what two files give away together is what each of them does. */
async function add(call: Call): Promise<Ended> {
  if (call.positionals.length < 2) throw new UsageError("give the files of two releases or more");
  const plans = await plansIn(several(call, "plan"));
  const releases = await releasesIn(call.positionals, plans);
  const sum = must(addUp(releases.map(({ picture }) => picture)));
  const ended = await shown(call, sum, sum.consortia.join(" and "));
  const twice = "A site that both count is counted twice: nothing that is published tells.\n";
  return sum.consortia.length > 1 ? { ...ended, text: `${ended.text}${twice}` } : ended;
}

export const releaseAdd: Command = {
  words: "release add",
  usage: `FILE FILE... --plan FILE... ${FIGURE_USAGE}`,
  says: "adds the files of several consortia with the same framework and cells, or the quarters of one; margins are combined",
  example: "quasarix release add ours.json theirs.json --plan our-plan.json --plan their-plan.json",
  options: { plan: { type: "string", multiple: true }, ...FIGURE_OPTIONS },
  run: add,
};
