import * as z from "zod";
import type { AuditSection } from "../policy/sections.ts";
import { codeText, lineText, plainText } from "../registry/text.ts";
import { hashText } from "../wire/ids.ts";
import { isoDate } from "./date.ts";
import { existence } from "./existence.ts";
import { FINDING_STATUS, finding } from "./finding.ts";
import { EVIDENCE } from "./score-evidence.ts";

/** A scheme's scale is a code; a framework's says its version too, behind an `@`. */
const scaleText = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/, {
  error: "must be a code of letters, digits and `. _ : / - @`",
});

/** A result in the scheme's own scale. Scales are never merged into one ranking (DESIGN 8). */
const result = {
  scale: scaleText,
  value: z.union([z.number(), codeText]),
  /** As it stood in the report. */
  original: lineText(120),
};

const scores = z.strictObject({
  overall: z.strictObject(result).optional(),
  topics: z
    .array(
      z.strictObject({
        /** Our topic, a scheme's, or a benchmark of the framework that `scale` names. */
        topic: codeText,
        ...result,
        /** What it rests on; absent: as the audit's provenance says (score-evidence.ts). */
        evidence: z.enum(EVIDENCE).optional(),
      }),
    )
    .max(500)
    .optional(),
});

/** A list that is there and empty says that nothing was found; an absent one says nothing. */
const findings = z.strictObject({
  findings: z
    .array(finding)
    .max(2_000)
    .refine((all) => new Set(all.map((one) => one.number)).size === all.length, {
      error: "two findings have one number",
    })
    .optional(),
});

const plan = z.strictObject({
  /** Numbers of the findings it answers. */
  findings: z.array(z.int().min(1)).min(1).max(2_000),
  action: plainText(4_000),
  rootCause: plainText(4_000).optional(),
  /** A role at the site, not a person's name. */
  owner: lineText(120),
  /** Absent only for a collaborative action (FIELD 3). */
  due: isoDate.optional(),
  milestones: z
    .array(z.strictObject({ says: lineText(300), due: isoDate.optional() }))
    .max(50)
    .optional(),
  verification: z.enum(["desktop", "on-site"]).optional(),
  status: z.enum(FINDING_STATUS),
  closedOn: isoDate.optional(),
});

const auditor = z.strictObject({
  role: z.enum(["lead", "member", "observer", "interpreter", "unknown"]),
  name: lineText(160).optional(),
  /** The firm's own code, or an APSCA number. */
  code: lineText(60).optional(),
});

const people = z.strictObject({
  auditors: z.array(auditor).max(50).optional(),
  interviews: z
    .array(
      z.strictObject({
        kind: z.enum(["individual", "group", "union", "management"]),
        held: z.int().min(0).max(10_000),
      }),
    )
    .max(20)
    .optional(),
  manDays: z.number().min(0).max(1_000).optional(),
});

const HEADCOUNT_BANDS = ["0", "1-9", "10-49", "50-249", "250-999", "1000-4999", "5000+"] as const;
const band = z.enum(HEADCOUNT_BANDS);
const workforce = z.strictObject({
  total: band.optional(),
  women: band.optional(),
  men: band.optional(),
  permanent: band.optional(),
  temporary: band.optional(),
  agency: band.optional(),
  migrant: band.optional(),
  young: band.optional(),
  union: z.boolean().optional(),
});

const evidence = z.strictObject({
  files: z
    .array(
      z.strictObject({
        /** SHA-256 of the file's bytes; the file travels apart (FORMATS 1). */
        digest: hashText,
        mediaType: z.string().regex(/^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,80}$/),
        length: z.int().min(0),
        says: lineText(300).optional(),
        finding: z.int().min(1).optional(),
      }),
    )
    .max(500)
    .optional(),
});

const commercial = z.strictObject({
  payer: z.enum(["supplier", "buyer", "shared", "consortium", "public", "unknown"]).optional(),
  cost: z
    .strictObject({
      /** Decimal text, so that no cent is lost. */
      amount: z.string().regex(/^(0|[1-9][0-9]{0,11})(\.[0-9]{1,2})?$/),
      currency: z.string().regex(/^[A-Z]{3}$/),
    })
    .optional(),
});

/**
 * The content of the eight sections (DESIGN 8). Strict throughout: what we refuse by design (prices of goods, volumes,
 * capacity, orders, a member beside a supplier) has no member to be put in. No member may be named `*_count` (FORMATS 1).
 */
export const auditSections = {
  existence,
  scores,
  findings,
  plans: z.strictObject({ plans: z.array(plan).max(2_000).optional() }),
  people,
  workforce,
  evidence,
  commercial,
} satisfies Record<AuditSection, z.ZodType>;

export const auditContent = z.strictObject(auditSections).check((context) => {
  const numbers = new Set(context.value.findings.findings?.map((one) => one.number));
  context.value.plans.plans?.forEach((one, at) => {
    if (one.findings.every((number) => numbers.has(number))) return;
    const message = "answers a finding that this audit does not have";
    context.issues.push({ code: "custom", input: one.findings, path: ["plans", "plans", at, "findings"], message });
  });
});
export type AuditContent = z.infer<typeof auditContent>;
