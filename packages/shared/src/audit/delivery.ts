import * as z from "zod";
import { hashText } from "../wire/ids.ts";

/**
 * Claims of `delivery`, signed by the platform in the site's dossier: its supplier opened these audits, or was told of them
 * for the first, second or third time. The 30 days of reply run from the entry of the first `opened` or third notice.
 */
export const deliveryClaims = z.discriminatedUnion("event", [
  z.strictObject({ event: z.literal("opened"), audits: z.array(hashText).min(1).max(500) }),
  z.strictObject({
    event: z.literal("notice"),
    number: z.int().min(1).max(3),
    audits: z.array(hashText).min(1).max(500),
  }),
]);
export type DeliveryClaims = z.infer<typeof deliveryClaims>;
