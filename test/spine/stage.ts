import { type Bytes, u32be, utf8 } from "@quasarix/shared/bytes.ts";
import type { GrantClaims } from "@quasarix/shared/policy/grant.ts";
import { hmacSha256 } from "@quasarix/shared/sha256.ts";
import { vi } from "vitest";
import { duty, newWorld, publish } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

/** Far ahead of the machine's clock, so that no alarm goes off but those that a test sets off. */
export const NOON = 1_990_000_000_000;

/** Dice that fall the same in both worlds, for everybody: members, intake, the log. */
export function seededDice(seed: string): (length: number) => Bytes {
  let throws = 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 32) {
      bytes.set(hmacSha256(utf8(seed), u32be(throws++)).subarray(0, Math.min(32, length - at)), at);
    }
    return bytes;
  };
}

/** Time stands still, and every throw of dice in this isolate, the Worker's too, is `dice`'s. */
export function fixed(dice: (length: number) => Bytes): void {
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
  vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    bytes.set(dice(bytes.length));
    return array;
  });
}

export type Part = "mill" | "spinner" | "firm" | "reader" | "elm" | "birch" | "cedar";

/** A consortium before anything happens that a reader may not know of. */
export interface Stage {
  readonly world: World;
  readonly cast: Readonly<Record<Part, Org>>;
  /** The reader has a grant on the first site, and none on the second. */
  readonly sites: readonly [string, string];
  /** Of the first and of the second site, and of the spinner's. */
  readonly audits: readonly [string, string, string];
}

export const windowed = (site: string, to: string, over: Partial<GrantClaims> = {}): GrantClaims => ({
  grantee: to,
  site,
  grantSections: ["existence", "scores", "plans"],
  purposes: ["due-diligence"],
  notBefore: 0,
  notAfter: NOON * 2,
  ...over,
});

export async function stage(): Promise<Stage> {
  const dice = seededDice("stage");
  fixed(dice);
  const world = await newWorld({ random: dice });
  const cast = {} as Record<Part, Org>;
  for (const [name, kind] of Object.entries(KINDS)) cast[name as Part] = await world.admit(name, kind);
  const { mill, spinner, firm, reader } = cast;
  const sites = [await world.openSite(mill, "Mill 1"), await world.openSite(mill, "Mill 2")] as const;
  const elsewhere = await world.openSite(spinner, "Spinnery");
  await world.grant(mill, windowed(sites[0], reader.id));
  const audits: string[] = [];
  for (const site of [...sites, elsewhere]) audits.push((await world.audit(firm, site, auditContent())).statementHash);
  await tick();
  return { world, cast, sites, audits: audits as [string, string, string] };
}

const KINDS: Record<Part, string> = {
  mill: "supplier",
  spinner: "supplier",
  firm: "auditor",
  reader: "member",
  elm: "member",
  birch: "member",
  cedar: "member",
};

/** Duty and publication, and three seconds go by. */
export async function tick(): Promise<void> {
  await duty();
  await publish();
  vi.setSystemTime(Date.now() + 3_000);
}
