import * as z from "zod";
import { type Bytes, utf8 } from "../bytes.ts";
import { hashText } from "../wire/ids.ts";

/** One use a key (FORMATS 3); `platform` is named by genesis and never by a key statement. */
export const KEY_USES = ["record", "auth", "recovery", "connector"] as const;
export type KeyUse = (typeof KEY_USES)[number] | "platform";

/**
 * Claims of `key`. Signed by the new key itself where the organisation's opening admits its kid (its first keys), else by
 * an active record key of the organisation, with `possession`: the new key's signature over a server challenge.
 */
export const keyClaims = z.strictObject({
  x: hashText,
  use: z.enum(KEY_USES),
  custody: z.literal("platform").optional(),
  possession: z.strictObject({ challenge: z.string().max(200), signature: z.string().length(86) }).optional(),
});
export type KeyClaims = z.infer<typeof keyClaims>;

/** What a new key signs to show that somebody holds it. */
export const possessionBytes = (origin: string, org: string, kid: string, challenge: string): Bytes =>
  utf8(`quasarix/possession/v1\n${origin}\n${org}\n${kid}\n${challenge}`);
