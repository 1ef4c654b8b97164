import { organisationKind } from "../registry/kinds.ts";
import type { OpenedKind } from "../wire/ids.ts";
import type { Principal } from "./principal.ts";
import { mintReserve, type ReserveScope } from "./scope.ts";

/** FORMATS 1.1: the operator opens organisations and sites, whoever runs sites opens sites. */
export function decideReserve(principal: Principal, kind: OpenedKind): ReserveScope | null {
  if (principal.suspended) return null;
  const runsSites = organisationKind(principal.kind)?.supplies === true;
  const may = principal.isOperator || (kind === "site" && runsSites);
  return may ? mintReserve(principal.org, kind) : null;
}
