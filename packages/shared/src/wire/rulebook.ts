import * as z from "zod";
import { PURPOSES, PURPOSES_STATUS, PURPOSES_VERSION } from "../policy/purposes.ts";
import { rulebookClaims } from "../policy/rulebook.ts";
import { AUDIT_SECTIONS, PRESETS } from "../policy/sections.ts";
import { hashText, siteId } from "./ids.ts";

const sections = z.array(z.enum(AUDIT_SECTIONS));

/** `GET /v1/rulebook`: the rules that are in force, and the words that grants and readings are made of. */
export const rulebookView = z
  .strictObject({
    statement: hashText.nullable().describe("Null: the operator has published none yet, and the first rules hold"),
    rulebook: rulebookClaims,
    purposes: z.strictObject({
      version: z.int(),
      status: z.string(),
      items: z.array(z.strictObject({ purpose: z.string(), says: z.string() })),
    }),
    presets: z.record(z.enum(Object.keys(PRESETS) as [keyof typeof PRESETS]), sections),
    onward: z.string(),
  })
  .meta({ id: "Rulebook" });
export type RulebookView = z.infer<typeof rulebookView>;

/** What every reader agrees to; only a site's supplier can grant, so the system has no way of doing otherwise. */
const ONWARD = "What you read here you may not pass on. Whoever else needs it asks the supplier.";

export const rulebookViewOf = (statement: string | null, rulebook: z.infer<typeof rulebookClaims>): RulebookView => ({
  statement,
  rulebook,
  purposes: {
    version: PURPOSES_VERSION,
    status: PURPOSES_STATUS,
    items: Object.entries(PURPOSES).map(([purpose, says]) => ({ purpose, says })),
  },
  presets: { summary: [...PRESETS.summary], findings: [...PRESETS.findings], full: [...PRESETS.full] },
  onward: ONWARD,
});

export const consentView = z
  .strictObject({
    consent: hashText,
    audit: hashText,
    sections,
    notBefore: z.int(),
    notAfter: z.int(),
    revoked: z.boolean(),
  })
  .meta({ id: "Consent" });
export type ConsentView = z.infer<typeof consentView>;

export const termsView = z
  .strictObject({
    terms: hashText,
    site: siteId,
    rulebook: hashText,
    inForce: z.boolean().describe("They name the rulebook that is in force, and were not taken back"),
    revoked: z.boolean(),
  })
  .meta({ id: "Terms" });
export type TermsView = z.infer<typeof termsView>;
