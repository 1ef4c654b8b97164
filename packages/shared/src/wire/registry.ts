import * as z from "zod";
import { hashText, orgId, siteId } from "./ids.ts";

export const reserveSubject = z.strictObject({ kind: z.enum(["organisation", "site"]) }).meta({ id: "ReserveSubject" });

export const reservedSubject = z
  .strictObject({
    id: z.string(),
    K: hashText.describe("The dossier key"),
    commitment: hashText.describe("What the opening states about K (FORMATS 1.1)"),
  })
  .meta({ id: "ReservedSubject" });
export type ReservedSubject = z.infer<typeof reservedSubject>;

export const foundingFacts = z
  .strictObject({
    origin: z.string(),
    log: z.string().describe("The log's vkey"),
    platform: hashText.describe("kid of the platform key"),
    commitment: hashText.describe("Of the dossier that the operator's own opening opens"),
  })
  .meta({ id: "FoundingFacts" });
export type FoundingFacts = z.infer<typeof foundingFacts>;

export const keyChallenge = z
  .strictObject({ challenge: z.string(), expiresAt: z.int() })
  .meta({ id: "KeyChallenge", description: "To be signed by a key that is to be admitted" });
export type KeyChallenge = z.infer<typeof keyChallenge>;

export const organisationView = z
  .strictObject({
    id: orgId,
    kind: z.string(),
    name: z.string(),
    country: z.string().nullable(),
    isOperator: z.boolean(),
    suspended: z.boolean(),
    statement: hashText,
    index: z.int(),
  })
  .meta({ id: "Organisation" });
export type OrganisationView = z.infer<typeof organisationView>;

export const keyView = z
  .strictObject({
    kid: hashText,
    x: hashText,
    org: z.string(),
    use: z.string(),
    custody: z.string().nullable(),
    from: z.int(),
    until: z.int().nullable(),
    loss: z.int().nullable(),
  })
  .meta({ id: "Key", description: "`from`, `until` and `loss` are log indexes" });
export type KeyView = z.infer<typeof keyView>;

export const siteView = z
  .strictObject({
    id: siteId,
    supplier: orgId.nullable(),
    name: z.string(),
    country: z.string(),
    address: z.string().nullable(),
    city: z.string().nullable(),
    region: z.string().nullable(),
    postcode: z.string().nullable(),
    lat: z.number().nullable(),
    lon: z.number().nullable(),
    sector: z.string().nullable().describe("Its industry, as releases group sites"),
    tier: z.string().nullable(),
    identifiers: z.array(z.strictObject({ scheme: z.string(), value: z.string() })),
    statement: hashText,
    index: z.int(),
    mergedInto: siteId
      .nullable()
      .describe("The site that stands for this one since a merge; null where it stands itself"),
  })
  .meta({ id: "Site" });
export type SiteView = z.infer<typeof siteView>;

export const keyringView = z
  .strictObject({
    statement: z.string().describe("The newest keyring statement"),
    proof: z.string(),
    rows: z.array(z.string()).describe("Every row, the exact JSON that the keyring's tree hashes, ascending by kid"),
  })
  .meta({ id: "Keyring" });

/** A page of `item`; `next` is the cursor to hand back, null on the last page. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() });

export const pageQuery = z.object({
  cursor: z.string().optional().describe("The `next` of the page before"),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
