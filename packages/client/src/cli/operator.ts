import { utf8 } from "@quasarix/shared/bytes.ts";
import { fsck } from "../fsck.ts";
import { admitOrganisation, application, foundConsortium } from "../membership.ts";
import { readConfig, readPolicy, writeConfig, writePolicy } from "../node/config.ts";
import { keysOf, writeIdentity } from "../node/identity.ts";
import { argument, type Call, type Command, type Ended, isSet, must, noArguments, optional } from "./command.ts";
import { EXIT, UsageError } from "./exit.ts";
import { readJson, writeOut } from "./input.ts";
import { identityFor } from "./org.ts";
import { portsFor, session } from "./session.ts";
import { table } from "./table.ts";

/** Without `--found` it only makes the keys: the deployment has to name the record key before genesis can be signed. */
async function init(call: Call): Promise<Ended> {
  const { handle, who } = await identityFor(call, argument(call, "NAME"), "operator");
  const genesisKey = who.record.x;
  if (!isSet(call, "found")) {
    return { value: { handle, genesisKey }, text: `identity \`${handle}\`; set GENESIS_KEY to ${genesisKey}\n` };
  }
  if (who.org !== null) throw new UsageError(`\`${handle}\` founded a consortium already`);
  if ((await readPolicy(call.home)) !== null) throw new UsageError("this home belongs to a consortium already");
  const { name, country } = who;
  const claims = { kind: "operator", name, ...(country === undefined ? {} : { country }) };
  const founded = must(await foundConsortium(await portsFor(call, who.api, null), claims, await keysOf(who)));
  await writePolicy(call.home, founded.policy);
  await writeIdentity(call.home, handle, { ...who, org: founded.org });
  await writeConfig(call.home, { ...(await readConfig(call.home)), identity: handle });
  return { value: { handle, ...founded }, text: `founded by ${founded.org}\n${founded.policy}` };
}

async function admit(call: Call): Promise<Ended> {
  const asked = application.safeParse(await readJson(argument(call, "APPLICATION")));
  if (!asked.success) throw new UsageError(`not an application: ${asked.error.issues[0]?.message ?? ""}`);
  const { client, author, identity } = await session(call);
  const admission = must(await admitOrganisation(client, author, asked.data, identity.api));
  const json = `${JSON.stringify(admission, null, 2)}\n`;
  const out = optional(call, "out");
  if (out === undefined) return { value: admission, text: json };
  await writeOut(out, utf8(json));
  return { value: admission, text: `${admission.org} admitted; give \`${out}\` to them and nobody else\n` };
}

async function check(call: Call): Promise<Ended> {
  noArguments(call);
  const { client } = await session(call);
  const report = must(await fsck(client, call.terminal.progress));
  call.terminal.endProgress();
  const facts = [
    ["log size", `${report.size}`],
    ["checkpoints", `${report.checkpoints}`],
    ["tiles", `${report.tiles}`],
    ["dossiers", `${report.dossiers}`],
    ["rows", `${report.rows} (${report.ahead} beyond the published size, ${report.staged} staged)`],
    ["faults", `${report.faults.length}`],
    ...report.faults.map(({ index, fault, subject }) => [`  index ${index}`, `${fault} ${subject ?? ""}`]),
  ];
  const exit = report.faults.length > 0 ? EXIT.refused : EXIT.done;
  return { value: report, text: table(["", ""], facts), exit };
}

async function keyring(call: Call): Promise<Ended> {
  noArguments(call);
  const { client } = await session(call);
  const checked = must(await client.checkKeyring());
  const text = `the keyring of log size ${checked.covers} is what the log's statements make: ${checked.rows} keys\n`;
  return { value: checked, text };
}

export const operatorCommands: readonly Command[] = [
  {
    words: "operator init",
    usage: "NAME --api URL [--country XX] [--found]",
    says: "makes the operator's keys; with --found, founds the consortium that the deployment waits for",
    example: 'quasarix operator init "Secretariat" --api http://127.0.0.1:8787 --found',
    options: { country: { type: "string" }, found: { type: "boolean" } },
    run: init,
  },
  {
    words: "operator admit",
    usage: "APPLICATION [--out FILE]",
    says: "opens an organisation's dossier and admits its first keys",
    example: "quasarix operator admit birch.json --out birch.admission.json",
    options: { out: { type: "string" } },
    run: admit,
  },
  {
    words: "operator fsck",
    usage: "",
    says: "recomputes entries, tiles, root, every checkpoint, every dossier, and compares the database",
    example: "quasarix operator fsck --json",
    run: check,
  },
  {
    words: "keyring check",
    usage: "",
    says: "recomputes every key's window from the log's statements and compares with the keyring",
    example: "quasarix keyring check",
    run: keyring,
  },
];
