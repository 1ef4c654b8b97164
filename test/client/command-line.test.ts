import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { commands } from "@quasarix/client/cli/commands.ts";
import { helpOf } from "@quasarix/client/cli/help.ts";
import { homeFolder } from "@quasarix/client/node/home.ts";
import { formatBundle } from "@quasarix/shared/statement/bundle.ts";
import { exportOf, formatExport } from "@quasarix/shared/statement/export.ts";
import { afterAll, describe, expect, test } from "vitest";
import { sharedPath } from "../shared-data.ts";
import { type WorldOptions, world } from "../statement/consortium.ts";

const root = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(os.tmpdir(), "quasarix-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const home = path.join(folder, "home");
const inFolder = (name: string, content: string | Uint8Array): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};

interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

const shim = path.join(root, "bin/quasarix.mjs");
const main = path.join(root, "packages/client/src/cli/main.ts");

/** Mostly without the shim in front of it, which costs two more processes. */
function quasarix(args: readonly string[], input?: string | Buffer, start: string = main): Ended {
  const run = spawnSync(process.execPath, [start, ...args], {
    cwd: folder,
    // Compiled once, not for each of the calls.
    env: { ...process.env, QUASARIX_HOME: home, NODE_COMPILE_CACHE: path.join(folder, "compiled") },
    ...(input === undefined ? {} : { input }),
  });
  return { exit: run.status, out: run.stdout.toString(), err: run.stderr.toString() };
}

const bundleFile = sharedPath("vectors/quasarix/example-public.quasarix.json");
const policyFile = sharedPath("vectors/quasarix/example-public.tlog-policy");

describe.skipIf(bundleFile === null || policyFile === null)("quasarix verify, on the example bundle", () => {
  const bundle = bundleFile as string;
  const policy = policyFile as string;
  const pin = "44038e9678505600676a8b89ac3902d75c95e727f398443a5396b714ec386645";

  test("a valid bundle ends in 0, with each step, its sections and its log size", () => {
    const { exit, out } = quasarix(["verify", bundle, "--policy", policy]);
    expect(exit).toBe(0);
    for (const word of ["valid", "form", "keyring", "quorum", "pin", "disclosed:", "withheld:", "as of log size 15"])
      expect(out).toContain(word);
  });

  test("the pin may be a hash, may be repeated, and the bundle may come from standard input", () => {
    const args = ["verify", "-", "--policy", "0".repeat(64), "--policy", pin, "--json"];
    const { exit, out } = quasarix(args, readFileSync(bundle), shim);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ exit: 0, asOf: 15, policyHash: pin });
  });

  test("one flipped bit ends in 1 and names the step", () => {
    const bytes = readFileSync(bundle);
    const at = bytes.indexOf("~") - 3;
    bytes[at] = (bytes[at] as number) ^ 2;
    const { exit, out } = quasarix(["verify", inFolder("flipped.json", bytes), "--policy", policy]);
    expect(exit).toBe(1);
    expect(out).toMatch(/refused at step (signature|form)/);
  });

  test("another policy ends in 3, never in valid", () => {
    const { exit, out } = quasarix(["verify", bundle, "--policy", "0".repeat(64)]);
    expect(exit).toBe(3);
    expect(out).toContain(`consistent, but under an unpinned policy ${pin}`);
  });

  test.each([
    { what: "no pin and no home", args: ["verify", bundle] },
    { what: "no file", args: ["verify", "--policy", policy] },
    { what: "a file that is not there", args: ["verify", "nowhere.json", "--policy", policy] },
    { what: "a policy that is none", args: ["verify", bundle, "--policy", bundle] },
    { what: "an option that is none", args: ["verify", bundle, "--policy", policy, "--force"] },
    { what: "two files", args: ["verify", bundle, bundle, "--policy", policy] },
    { what: "no command", args: [] },
    { what: "a command that is none", args: ["audit", "burn"] },
  ])("$what ends in 2", ({ args }) => {
    const { exit, out, err } = quasarix(args);
    expect(exit).toBe(2);
    expect(out).toBe("");
    expect(err).not.toBe("");
  });
});

test("quasarix verify ends in 4 where the key was lost before the statement", async () => {
  const { bundle, pin } = await world({ auditor: { loss: 4 } });
  const { exit, out } = quasarix(["verify", inFolder("disputed.json", formatBundle(bundle)), "--policy", pin]);
  expect(exit).toBe(4);
  expect(out).toContain("disputed");
});

describe("quasarix verify, on an export", () => {
  const exported = async (options: WorldOptions = {}) => {
    const { bundle, pin } = await world(options);
    return { pin, text: formatExport(exportOf([bundle, bundle], [])) };
  };

  test("names each step, and each statement with its sections", async () => {
    const { pin, text } = await exported();
    const { exit, out } = quasarix(["verify", inFolder("two.quasarix.jsonl", text), "--policy", pin]);
    expect(exit).toBe(0);
    for (const word of ["valid", "ok   form", "ok   pin", "disclosed:", "withheld:", "as of log size"])
      expect(out).toContain(word);
    expect(out.match(/^statement [0-9a-f]{64}$/gm)).toHaveLength(2);
  });

  test("ends in 1 with the line and the step of what was spoilt, in 3 unpinned, in 4 under a lost key", async () => {
    const { pin, text } = await exported();
    const lines = text.split("\n");
    lines[2] = (lines[2] as string).replace(/~[^~]{20}/, "~");
    const spoilt = quasarix(["verify", inFolder("spoilt.jsonl", lines.join("\n")), "--policy", pin]);
    expect([spoilt.exit, spoilt.out]).toEqual([1, expect.stringContaining("line 3 refused at step disclosures")]);
    const other = quasarix(["verify", "-", "--policy", "0".repeat(64)], text);
    expect([other.exit, other.out]).toEqual([3, expect.stringContaining(`unpinned policy ${pin}`)]);
    const lost = await exported({ auditor: { loss: 4 } });
    expect(quasarix(["verify", "-", "--policy", lost.pin, "--json"], lost.text).exit).toBe(4);
  });
});

describe("help", () => {
  test.each(commands)("of `$words` has an example of it", (command) => {
    expect(helpOf(command)).toMatch(new RegExp(`^example: .*quasarix ${command.words}`, "m"));
  });

  test("is written where it is asked for", () => {
    expect(quasarix(["operator", "fsck", "--help"])).toMatchObject({
      exit: 0,
      out: expect.stringContaining("example: quasarix operator fsck"),
    });
  });
});

describe("the home folder", () => {
  const made = path.join(folder, "project");
  mkdirSync(path.join(made, ".quasarix"), { recursive: true });

  test.each([
    { what: "QUASARIX_HOME, first of all", env: { QUASARIX_HOME: "/else/where" }, cwd: made, is: "/else/where" },
    { what: "./.quasarix, where it is there", env: {}, cwd: made, is: path.join(made, ".quasarix") },
    { what: "~/.quasarix, else", env: {}, cwd: folder, is: path.join("/home/someone", ".quasarix") },
    { what: "not an empty QUASARIX_HOME", env: { QUASARIX_HOME: "" }, cwd: made, is: path.join(made, ".quasarix") },
  ])("is $what", ({ env, cwd, is }) => {
    expect(homeFolder(env, cwd, "/home/someone")).toBe(is);
  });
});

describe.skipIf(process.platform === "win32")("key files", () => {
  const init = () =>
    quasarix(["org", "init", "Birch Retail", "--kind", "member", "--api", "http://127.0.0.1:1", "--json"]);
  const identities = path.join(home, "identities");

  test("are written 0600 in folders of 0700, and no private key is ever printed", () => {
    const { exit, out, err } = init();
    expect(exit).toBe(0);
    for (const name of readdirSync(identities)) expect(statSync(path.join(identities, name)).mode & 0o777).toBe(0o600);
    expect(statSync(identities).mode & 0o777).toBe(0o700);
    const { record, auth } = JSON.parse(readFileSync(path.join(identities, "birch-retail.json"), "utf8"));
    for (const secret of [record.d, auth.d]) expect(out + err).not.toContain(secret);
    expect(quasarix(["org", "show"]).out).not.toContain(record.d);
  });

  test("are kept when the same organisation is made again", () => {
    expect(init().out).toBe(init().out);
  });

  test("that others can read are refused", () => {
    init();
    chmodSync(path.join(identities, "birch-retail.json"), 0o640);
    const { exit, err } = quasarix(["org", "show", "--as", "birch-retail"]);
    expect(exit).toBe(2);
    expect(err).toContain("can be read by others");
    chmodSync(path.join(identities, "birch-retail.json"), 0o600);
  });

  test("are found by name alone: a name that is a path is none", () => {
    expect(quasarix(["org", "show", "--as", "../config"]).exit).toBe(2);
  });
});

test("a server that does not answer ends in 5, and under --json says so as one object", () => {
  const api = "http://127.0.0.1:1";
  const other = path.join(folder, "other");
  mkdirSync(other, { recursive: true });
  inFolder("other/policy.tlog-policy", readPolicy());
  const run = spawnSync(
    process.execPath,
    [path.join(root, "bin/quasarix.mjs"), "log", "check", "--api", api, "--json"],
    {
      env: { ...process.env, QUASARIX_HOME: other },
    },
  );
  expect(run.status).toBe(5);
  expect(JSON.parse(run.stderr.toString())).toMatchObject({ exit: 5, reason: "unreachable" });
});

const readPolicy = (): string =>
  "log log.quasarix.example/demo+9d1c1dbc+AdIFzzM8IDi+BAEHh5GoHcSE0y+QqnfkBf409R6kro5S\nquorum none\n";
