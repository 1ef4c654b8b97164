import * as z from "zod";
import { hashText } from "../wire/ids.ts";

/** Claims of `genesis`: `operator` and `platform` are kids, `log` the log's vkey. */
export const genesisClaims = z.strictObject({
  origin: z.string().min(1),
  log: z.string().min(1),
  operator: hashText,
  platform: hashText,
});
