import { holdDuty, runDuty } from "../crash/duty-hand.ts";
import { forgetInterval, publishAll } from "../sequencer/log.ts";
import { newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

/** A consortium with one site, whose two audits are the last entries of a published log. No alarm goes off by itself. */
export interface Place {
  readonly world: World;
  readonly mill: Org;
  readonly firm: Org;
  readonly birch: Org;
  readonly site: string;
  /** Log indexes. */
  readonly audits: readonly [number, number];
}

export async function newPlace(): Promise<Place> {
  const world = await newWorld();
  const mill = await world.admit("mill", "supplier");
  const firm = await world.admit("firm", "auditor");
  const birch = await world.admit("birch", "member");
  // The first keyring, which a reader needs to know the founding keys.
  await runDuty();
  await holdDuty();
  const site = await world.openSite(mill);
  const first = await world.audit(firm, site, auditContent());
  const second = await world.audit(firm, site, auditContent());
  await published();
  return { world, mill, firm, birch, site, audits: [first.index, second.index] };
}

/** Everything committed is published. */
export async function published(): Promise<void> {
  await forgetInterval();
  await publishAll();
}

/** The SDK's refusal of an answer that does not hold together. */
export const proof = (step: string, why: string, at: string | number) => ({
  ok: false,
  failure: { reason: "proof", step, why, at: String(at) },
});
