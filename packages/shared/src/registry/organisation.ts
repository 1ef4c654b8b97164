import * as z from "zod";
import { countryCode } from "./country.ts";
import { identifier } from "./identifiers.ts";
import { kindCode } from "./kinds.ts";
import { lineText } from "./text.ts";

/** Plain claims of an `organisation` statement beside `opens` and `dossier`. */
export const organisationClaims = z.strictObject({
  kind: kindCode,
  name: lineText(200),
  country: countryCode.optional(),
  identifiers: z.array(identifier).max(16).optional(),
});
export type OrganisationClaims = z.infer<typeof organisationClaims>;
