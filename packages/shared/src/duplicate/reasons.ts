import type { Topic } from "../audit/scheme/topic.ts";
import type { SeverityWord } from "./acceptance.ts";
import { either, severe, topicNames } from "./words.ts";

interface Accepted {
  readonly accepted: readonly string[];
}
interface OfScheme {
  /** The scheme's name, for people. */
  readonly scheme: string;
}
interface Minimum extends OfScheme {
  readonly minimum: string | number;
}
interface Excluded {
  readonly severity: SeverityWord;
}

/** What each point of a policy may say of an audit. Days as YYYY-MM-DD. */
interface Facts {
  "meets-policy": { readonly until: string | null };
  "scheme-not-accepted": OfScheme & Accepted;
  "version-not-accepted": OfScheme & Accepted & { readonly version: string };
  "version-not-stated": OfScheme & Accepted;
  "not-held-yet": { readonly from: string };
  "too-old": { readonly from: string; readonly months: number; readonly since: string };
  expired: OfScheme & { readonly until: string; readonly by: "report" | "scheme" };
  "validity-open": OfScheme & { readonly soonest: string; readonly latest: string };
  "validity-not-known": OfScheme;
  "announcement-not-accepted": Accepted & { readonly announcement: string };
  "announcement-not-stated": Accepted;
  "accreditation-not-accepted": Accepted & { readonly body: string };
  "accreditation-not-stated": Accepted;
  "provenance-not-accepted": { readonly provenance: string };
  "result-below": Minimum & { readonly value: string | number };
  "result-not-comparable": Minimum & { readonly value: string | number };
  "result-not-stated": Minimum;
  "result-not-open": Minimum;
  "finding-excluded": Excluded & { readonly closed: "forgiven" | "counts-too" };
  "finding-without-severity": Excluded;
  "findings-not-stated": Excluded;
  "findings-not-open": Excluded;
  "topics-missing": { readonly topics: readonly Topic[] };
  "topics-recalled": OfScheme & { readonly topics: readonly Topic[] };
}
export type ReasonCode = keyof Facts;
export type ReasonOf<C extends ReasonCode> = { readonly code: C } & Facts[C];
export type Reason = { [C in ReasonCode]: ReasonOf<C> }[ReasonCode];

/** *rejects*; *gap*: accepted with gaps; *open*: a gap until a grant shows more; *note*: nothing is missing. */
export type Weight = "rejects" | "gap" | "open" | "note";

interface Row<C extends ReasonCode> {
  readonly weight: Weight;
  /** One sentence, the same for the buyer and for the supplier. */
  readonly says: (facts: Facts[C]) => string;
}

const PROVENANCE: Readonly<Record<string, string>> = {
  "auditor-signed": "signed by its auditor",
  "supplier-signed": "signed by the supplier",
  "submitted-copy": "a copy that a member handed in",
  listed: "only listed by a member, without a report",
};

/** Every reason, with what it weighs and says. What is not known never rejects. */
export const REASONS: { readonly [C in ReasonCode]: Row<C> } = {
  "meets-policy": {
    weight: "note",
    says: ({ until }) => `It meets every point of the policy${until === null ? "" : `, and does so until ${until}`}.`,
  },
  "scheme-not-accepted": {
    weight: "rejects",
    says: ({ scheme, accepted }) => `The policy does not take ${scheme}; it takes ${either(accepted)}.`,
  },
  "version-not-accepted": {
    weight: "rejects",
    says: ({ scheme, version, accepted }) =>
      `The policy does not take version ${version} of ${scheme}; it takes ${either(accepted)}.`,
  },
  "version-not-stated": {
    weight: "gap",
    says: ({ scheme, accepted }) =>
      `The audit does not say its version of ${scheme}; the policy takes ${either(accepted)}.`,
  },
  "not-held-yet": { weight: "rejects", says: ({ from }) => `The audit begins on ${from}, which lies ahead.` },
  "too-old": {
    weight: "rejects",
    says: ({ from, months, since }) =>
      `The audit of ${from} is older than ${months} months; one from ${since} on would be recent enough.`,
  },
  expired: {
    weight: "rejects",
    says: ({ until, by, scheme }) =>
      `The audit was valid until ${until}, ${by === "report" ? "as its report says" : `as ${scheme} counts`}.`,
  },
  "validity-open": {
    weight: "open",
    says: ({ scheme, soonest, latest }) =>
      `Under ${scheme} it is valid until ${soonest} or until ${latest}, by its result and findings; before a grant nobody can tell.`,
  },
  "validity-not-known": {
    weight: "gap",
    says: ({ scheme }) => `How long such an audit is valid is not known of ${scheme}, and its report does not say.`,
  },
  "announcement-not-accepted": {
    weight: "rejects",
    says: ({ announcement, accepted }) =>
      `The audit was ${announcement}; the policy takes audits that are ${either(accepted)}.`,
  },
  "announcement-not-stated": {
    weight: "gap",
    says: ({ accepted }) =>
      `The audit does not say how it was announced; the policy takes audits that are ${either(accepted)}.`,
  },
  "accreditation-not-accepted": {
    weight: "rejects",
    says: ({ body, accepted }) => `The auditor is accredited by ${body}; the policy takes ${either(accepted)}.`,
  },
  "accreditation-not-stated": {
    weight: "gap",
    says: ({ accepted }) => `The audit names no accreditation of its auditor; the policy takes ${either(accepted)}.`,
  },
  "provenance-not-accepted": {
    weight: "rejects",
    says: ({ provenance }) => `The audit is ${PROVENANCE[provenance] ?? provenance}, which the policy does not take.`,
  },
  "result-below": {
    weight: "rejects",
    says: ({ scheme, value, minimum }) =>
      `The result under ${scheme} is ${value}; the policy asks for ${minimum} or better.`,
  },
  "result-not-comparable": {
    weight: "gap",
    says: ({ scheme, value, minimum }) =>
      `The result under ${scheme} is ${value}, which is not on the scale of the ${minimum} that the policy asks for.`,
  },
  "result-not-stated": {
    weight: "gap",
    says: ({ scheme, minimum }) =>
      `The report has no overall result; of ${scheme} the policy asks for ${minimum} or better.`,
  },
  "result-not-open": {
    weight: "open",
    says: ({ scheme, minimum }) =>
      `Of ${scheme} the policy asks for ${minimum} or better; before a grant of the scores nobody can tell.`,
  },
  "finding-excluded": {
    weight: "rejects",
    says: ({ severity, closed }) =>
      `The audit has a ${severe(severity)}${closed === "forgiven" ? " that is not closed" : ", closed or not"}, which the policy excludes.`,
  },
  "finding-without-severity": {
    weight: "gap",
    says: ({ severity }) =>
      `Some findings have no severity, so nobody can tell whether there is a ${severe(severity)}.`,
  },
  "findings-not-stated": {
    weight: "gap",
    says: ({ severity }) =>
      `The report has no list of findings, so nobody can tell whether there is a ${severe(severity)}.`,
  },
  "findings-not-open": {
    weight: "open",
    says: ({ severity }) =>
      `The policy excludes audits with a ${severe(severity)}; before a grant of the findings nobody can tell.`,
  },
  "topics-missing": {
    weight: "gap",
    says: ({ topics }) => `Nothing shows that the audit covers ${topicNames(topics)}.`,
  },
  "topics-recalled": {
    weight: "gap",
    says: ({ scheme, topics }) =>
      `That ${scheme} covers ${topicNames(topics)} is recalled, without a clause and a public source.`,
  },
};

export const reasonSays = (reason: Reason): string =>
  (REASONS[reason.code] as { readonly says: (facts: Reason) => string }).says(reason);

export const weightOf = (reason: Reason): Weight => REASONS[reason.code].weight;
