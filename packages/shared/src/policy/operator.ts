import type { Principal } from "./principal.ts";
import { mintSystem, type SystemScope } from "./scope.ts";

/** The operator may look at every row's place, never at a section. Null for anyone else, and for a suspended operator. */
export const admitOperator = (principal: Principal): SystemScope | null =>
  principal.isOperator && !principal.suspended ? mintSystem("fsck") : null;
