import { base64url } from "@quasarix/shared/base64.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { afterEach, describe, expect, inject, test, vi } from "vitest";
import type { Document } from "../api/fuzz-contract.ts";
import { AT, ask } from "../api/signed-asks.ts";
import { env } from "../workerd-world.ts";
import { Alike } from "./alike.ts";
import { everything, type Heard, type Transcript, type Values } from "./everything.ts";
import { NOON, type Stage, stage, tick } from "./stage.ts";
import { DIFFERENCES, type Difference, type Reader } from "./worlds.ts";

const isLong = inject("long" as never) as boolean;
const isAttack = inject("attack" as never) as boolean;
/** In a short run those who have most to see. */
const READERS: readonly Reader[] = [
  "reader",
  "mill",
  "firm",
  ...(isLong ? (["elm", "spinner", "nobody"] as const) : []),
];

/** A pair of worlds costs seconds: a short run plays the first, a long one every other, and with ATTACK=1 all are played. */
const PLAYED = DIFFERENCES.filter((_, at) => isAttack || (isLong ? at % 2 === 0 : at === 0));
console.log(`${PLAYED.length} of ${DIFFERENCES.length} pairs of worlds`);

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Of each reader what it saw; the cast's kids and keys are the same in every world. */
interface Seen {
  readonly by: ReadonlyMap<Reader, Transcript>;
  readonly names: readonly string[];
  readonly secret: readonly string[];
}

async function valuesOf({ world, cast, sites, audits }: Stage, hashes: readonly string[]): Promise<Values> {
  const size = (await world.seen())?.size ?? 0;
  const orgs = [world.operator, ...Object.values(cast)].map(({ id }) => id);
  const statements = [...audits, ...hashes, base64url(new Uint8Array(32))];
  return {
    id: statements,
    hash: statements,
    plan: statements,
    cohort: ["2026"],
    "/v1/organisations/{id} id": orgs,
    "/v1/organisations/{id}/keys id": orgs,
    "/v1/sites/{id} id": sites,
    subject: [env.ORIGIN, ...sites, ...orgs],
    site: sites,
    supplier: orgs.slice(0, 3),
    org: orgs.slice(0, 3),
    day: [new Date(NOON).toISOString().slice(0, 10)],
    operator: orgs.slice(0, 2),
    from: ["0", String(NOON)],
    until: ["0", String(NOON * 2)],
    sections: ["existence", "existence,scores", "findings", "commercial"],
    path: ["0/000", "1/000", `0/000.p/${size}`, `entries/000.p/${size}`, `entries/000.p/${size - 1}`],
  };
}

async function play({ act }: Difference, isSwapped: boolean): Promise<Seen> {
  const made = await stage();
  const { birch, cedar } = made.cast;
  const { tried, secret } = await (isSwapped ? act(made, cedar, birch, true) : act(made, birch, cedar, false));
  await tick();
  const document = (await (await ask(new Request(`${AT}/openapi.json`))).json()) as Document;
  const by = new Map<Reader, Transcript>();
  const values = await valuesOf(made, tried);
  for (const reader of READERS) {
    const who = reader === "nobody" ? null : made.cast[reader];
    by.set(reader, await everything(document, who, values, isLong));
  }
  const keys = [made.world.operator, ...Object.values(made.cast)].flatMap(({ record, auth }) => [record, auth]);
  const names = keys.flatMap(({ publicKey }) => [base64url(publicKey), thumbprint(publicKey)]);
  return { by, names, secret };
}

/** Status, headers and size are the same to the byte; of a body, all but log material. */
function differenceOf(alike: Alike, one: Heard, other: Heard | undefined): string | null {
  if (other === undefined) return "only in the first";
  const [frame, others] = [one, other].map(({ status, headers, size }) => `${status} ${headers} ${size}`);
  return frame === others ? alike.difference(one.body, other.body) : `${frame} against ${others}`;
}

function differences(reader: Reader, a: Seen, b: Seen): string[] {
  const [there, here] = [a.by.get(reader) as Transcript, b.by.get(reader) as Transcript];
  const alike = new Alike(a.names);
  const found = [...there].flatMap(([name, one]) => {
    const text = differenceOf(alike, one, here.get(name));
    return text === null ? [] : [`${name}: ${text}`];
  });
  return [...found, ...[...here.keys()].flatMap((name) => (there.has(name) ? [] : [`${name}: only in the second`]))];
}

describe("two worlds that differ in one thing are the same to whoever may not know it", () => {
  test.each(PLAYED)("$what", { timeout: 600_000 }, async (row) => {
    const [a, b] = [await play(row, false), await play(row, true)];
    for (const reader of READERS) {
      if (row.knows.includes(reader)) continue;
      expect([reader, differences(reader, a, b)]).toEqual([reader, []]);
      const shown = [...(a.by.get(reader) as Transcript)].filter(([, { body }]) =>
        a.secret.some((one) => body.includes(one)),
      );
      expect([reader, shown.map(([name]) => name)]).toEqual([reader, []]);
    }
    for (const seen of a.by.values()) expect(seen.size).toBeGreaterThan(50);
  });
});
