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

const sitesOfEach = (suppliers: typeof SUPPLIERS, count: number) =>
  new Map(suppliers.map((supplier, at) => [supplier.handle, sitesOf(supplier, at, count)]));

/** Enough for a release under the profile for eight members and more. */
export const FULL: Plan = {
  members: MEMBERS,
  auditors: AUDITORS,
  suppliers: SUPPLIERS,
  sites: sitesOfEach(SUPPLIERS, 40),
  signedByEach: 210,
  submittedByEach: 20,
};

const FEW = SUPPLIERS.slice(0, 4);

/** Six members: enough for a release under the profile for small pools, whatever the sponsors drawn. */
export const SMALL: Plan = {
  members: MEMBERS.slice(0, 6),
  auditors: AUDITORS,
  suppliers: FEW,
  sites: sitesOfEach(FEW, 30),
  signedByEach: 60,
  submittedByEach: 4,
};

export const auditsOf = (plan: Plan): number =>
  plan.auditors.length * plan.signedByEach + plan.members.length * plan.submittedByEach;

export const sitesIn = (plan: Plan): SitePlace[] =>
  plan.suppliers.flatMap(({ handle }) => plan.sites.get(handle) ?? []);
