import { forgetDenials } from "../store/denials.ts";
import type { DutyPorts } from "./ports.ts";

const KEPT_MS = 90 * 86_400_000;
/** Rows of one look. */
const AT_ONCE = 5_000;

/** Forgets denied attempts of more than 90 days ago; true where there may be more to forget. */
export const forgetOldDenials = async (ports: Pick<DutyPorts, "db" | "scope" | "now">): Promise<boolean> =>
  (await forgetDenials(ports.db, ports.scope, ports.now() - KEPT_MS, AT_ONCE)) === AT_ONCE;
