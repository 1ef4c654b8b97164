import type { OrgId } from "../wire/ids.ts";

/** Who asks, as a door established it (DESIGN 8). `kind` is the organisation's kind in the registry. */
export interface Principal {
  readonly org: OrgId;
  readonly kind: string;
  readonly isOperator: boolean;
  readonly suspended: boolean;
  readonly door: "assertion";
}
