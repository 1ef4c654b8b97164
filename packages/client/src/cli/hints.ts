import { shoppingSays } from "@quasarix/shared/duplicate/shopping.ts";
import type { Twin } from "@quasarix/shared/duplicate/twin.ts";
import { firmTwinSays, readerTwinSays } from "@quasarix/shared/duplicate/twin-hint.ts";
import { firmsTwins, readersHints } from "../hints.ts";
import { type Call, type Command, type Ended, must, needed, noArguments, optional } from "./command.ts";
import { purposeOf } from "./reading.ts";
import { session } from "./session.ts";
import { printable } from "./table.ts";

async function hints(call: Call): Promise<Ended> {
  noArguments(call);
  const asked = { purpose: purposeOf(needed(call, "purpose")), site: optional(call, "site") };
  const { client } = await session(call);
  const found = must(await readersHints(client, asked, client.host.now()));
  const says = [...found.shopping.map(shoppingSays), ...found.twins.map(readerTwinSays)];
  const shopping = found.shopping.map(({ site, older, newer, open, unseen }) => ({
    ...{ site, older: older.audit, newer: newer.audit, open, unseen },
  }));
  return { value: { ...found, shopping, twins: found.twins.map(pairOf) }, text: textOf(says, found.reports) };
}

async function twins(call: Call): Promise<Ended> {
  noArguments(call);
  const { client, identity } = await session(call);
  const found = must(await firmsTwins(client, identity.org, "corrective-action"));
  return {
    value: { ...found, twins: found.twins.map(pairOf) },
    text: textOf(found.twins.map(firmTwinSays), found.reports),
  };
}

const pairOf = ({ later, earlier, shared, passage }: Twin) => ({
  ...{ later: later.audit, earlier: earlier.audit, shared, passage },
});

const textOf = (says: readonly string[], reports: number): string =>
  [...says, `${reports} reports were compared; ${says.length === 0 ? "no hints" : `hints: ${says.length}`}`]
    .map((line) => `${printable(line)}\n`)
    .join("");

export const hintCommands: readonly Command[] = [
  {
    words: "audit hints",
    usage: "--purpose PURPOSE [--site SITE]",
    says: "hints to look closer, over the reports that you were granted: a newer one under another scheme beside open critical findings; without --site also reports of one firm in nearly the same words. It reads them all, and their suppliers see that",
    example: "quasarix audit hints --site site_... --purpose due-diligence",
    options: { purpose: { type: "string" }, site: { type: "string" } },
    run: hints,
  },
  {
    words: "audit twins",
    usage: "",
    says: "an auditor's: which of your own reports, of different sites, say nearly the same in the same words; readers are shown it 14 days later",
    example: "quasarix audit twins",
    run: twins,
  },
];
