import type { Topic } from "../audit/scheme/topic.ts";
import type { SeverityWord } from "./acceptance.ts";
import type { Reason } from "./reasons.ts";
import { either, severe, topicNames } from "./words.ts";

/** Something that somebody can do, so that a point of the policy is met. */
export type Step =
  | { readonly step: "grant"; readonly sections: readonly ("scores" | "findings")[] }
  | { readonly step: "other-scheme"; readonly accepted: readonly string[] }
  | { readonly step: "other-version"; readonly scheme: string; readonly accepted: readonly string[] }
  | { readonly step: "wait"; readonly until: string }
  | { readonly step: "new-audit"; readonly since: string | null }
  | { readonly step: "announced-otherwise"; readonly accepted: readonly string[] }
  | { readonly step: "accredited-auditor"; readonly accepted: readonly string[] }
  | { readonly step: "report" }
  | { readonly step: "better-result"; readonly scheme: string; readonly minimum: string | number }
  | { readonly step: "follow-up"; readonly severity: SeverityWord }
  | { readonly step: "without-finding"; readonly severity: SeverityWord }
  | {
      readonly step: "stated";
      readonly what: "version" | "validity" | "announcement" | "accreditation" | "result" | "findings" | "severities";
    }
  | { readonly step: "gap-audit"; readonly topics: readonly Topic[] }
  | { readonly step: "topics-stated"; readonly topics: readonly Topic[] };

type StepFor = { readonly [C in Reason["code"]]: (reason: Extract<Reason, { readonly code: C }>) => Step | null };

const stated = (what: Extract<Step, { step: "stated" }>["what"]) => (): Step => ({ step: "stated", what });

const STEP_FOR: StepFor = {
  "meets-policy": () => null,
  "scheme-not-accepted": ({ accepted }) => ({ step: "other-scheme", accepted }),
  "version-not-accepted": ({ scheme, accepted }) => ({ step: "other-version", scheme, accepted }),
  "version-not-stated": stated("version"),
  "not-held-yet": ({ from }) => ({ step: "wait", until: from }),
  "too-old": ({ since }) => ({ step: "new-audit", since }),
  expired: () => ({ step: "new-audit", since: null }),
  "validity-open": () => ({ step: "grant", sections: ["scores", "findings"] }),
  "validity-not-known": stated("validity"),
  "announcement-not-accepted": ({ accepted }) => ({ step: "announced-otherwise", accepted }),
  "announcement-not-stated": stated("announcement"),
  "accreditation-not-accepted": ({ accepted }) => ({ step: "accredited-auditor", accepted }),
  "accreditation-not-stated": stated("accreditation"),
  "provenance-not-accepted": () => ({ step: "report" }),
  "result-below": ({ scheme, minimum }) => ({ step: "better-result", scheme, minimum }),
  "result-not-comparable": stated("result"),
  "result-not-stated": stated("result"),
  "result-not-open": () => ({ step: "grant", sections: ["scores"] }),
  "finding-excluded": ({ severity, closed }) => ({
    step: closed === "forgiven" ? "follow-up" : "without-finding",
    severity,
  }),
  "finding-without-severity": stated("severities"),
  "findings-not-stated": stated("findings"),
  "findings-not-open": () => ({ step: "grant", sections: ["findings"] }),
  "topics-missing": ({ topics }) => ({ step: "gap-audit", topics }),
  "topics-recalled": ({ topics }) => ({ step: "topics-stated", topics }),
};

const stepFor = (reason: Reason): Step | null => (STEP_FOR[reason.code] as (reason: Reason) => Step | null)(reason);

/** In the order of the reasons, none twice, one grant for all that is not open. Empty: it is acceptable as it is. */
export function whatWouldMakeItAcceptable({ reasons }: { readonly reasons: readonly Reason[] }): Step[] {
  const all = reasons.map(stepFor).filter((step) => step !== null);
  const grants = all.filter((one) => one.step === "grant");
  const sections = [...new Set(grants.flatMap((one) => one.sections))];
  const others = new Map(all.filter((one) => one.step !== "grant").map((one) => [JSON.stringify(one), one]));
  return [...others.values(), ...(sections.length > 0 ? [{ step: "grant" as const, sections }] : [])];
}

const STATED: Readonly<Record<Extract<Step, { step: "stated" }>["what"], string>> = {
  version: "the version of its scheme",
  validity: "until when it is valid",
  announcement: "how it was announced",
  accreditation: "who accredited its auditor",
  result: "its overall result on the scheme's own scale",
  findings: "what it found",
  severities: "how severe its findings are",
};

/** One sentence, the same for the buyer and for the supplier. */
export function stepSays(one: Step): string {
  switch (one.step) {
    case "grant":
      return `A grant of ${either(one.sections, "and")}.`;
    case "other-scheme":
      return `An audit under ${either(one.accepted)}.`;
    case "other-version":
      return `An audit under ${one.scheme} ${either(one.accepted)}.`;
    case "wait":
      return `Its report, once it was held on ${one.until}.`;
    case "new-audit":
      return one.since === null ? "A new audit." : `An audit held on ${one.since} or later.`;
    case "announced-otherwise":
      return `An audit that is ${either(one.accepted)}.`;
    case "accredited-auditor":
      return `An auditor accredited by ${either(one.accepted)}.`;
    case "report":
      return "The report itself, signed by its auditor or handed in by a member.";
    case "better-result":
      return `A follow-up audit under ${one.scheme} with ${one.minimum} or better.`;
    case "follow-up":
      return `A follow-up that closes every ${severe(one.severity)}.`;
    case "without-finding":
      return `A new audit without a ${severe(one.severity)}.`;
    case "stated":
      return `A report that says ${STATED[one.what]}.`;
    case "gap-audit":
      return `A gap audit of ${topicNames(one.topics)}.`;
    case "topics-stated":
      return `A report that itself says that it covers ${topicNames(one.topics)}, or a clause and a public source for it.`;
  }
}
