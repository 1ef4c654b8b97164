import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { AUDITORS, MEMBERS, SUPPLIERS, sitesOf } from "./organisations.ts";
import type { Newcomer } from "./party.ts";

/** How much is made. */
export interface Plan {
  readonly members: readonly Newcomer[];
  readonly auditors: readonly Newcomer[];
  readonly suppliers: readonly Newcomer[];
  /** By the supplier's handle. */
  readonly sites: ReadonlyMap<string, readonly SitePlace[]>;
  /** Signed by each auditor, and submitted by each member. */
  readonly signedByEach: number;
  readonly submittedByEach: number;
}

const sites = new Map(SUPPLIERS.map((supplier, at) => [supplier.handle, sitesOf(supplier, at)]));

export const FULL: Plan = {
  members: MEMBERS,
  auditors: AUDITORS,
  suppliers: SUPPLIERS,
  sites,
  signedByEach: 90,
  submittedByEach: 30,
};

/** The same shape in a quarter of the time, for a test. */
export const SMALL: Plan = { ...FULL, suppliers: SUPPLIERS.slice(0, 2), signedByEach: 6, submittedByEach: 4 };

export const auditsOf = (plan: Plan): number =>
  plan.auditors.length * plan.signedByEach + plan.members.length * plan.submittedByEach;

export const sitesIn = (plan: Plan): SitePlace[] =>
  plan.suppliers.flatMap(({ handle }) => plan.sites.get(handle) ?? []);
