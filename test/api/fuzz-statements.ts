import {
  auditOf,
  consentOf,
  grantOf,
  keyOf,
  organisationOf,
  revokeOf,
  rulebookOf,
  type Saying,
  siteOf,
  submissionOf,
  termsOf,
} from "@quasarix/client/drafts.ts";
import { frameworkOf } from "@quasarix/client/framework-drafts.ts";
import { intentOf } from "@quasarix/client/intent-drafts.ts";
import { listingOf } from "@quasarix/client/listing-drafts.ts";
import { policyOf } from "@quasarix/client/policy-drafts.ts";
import { answerOf, requestOf } from "@quasarix/client/request-drafts.ts";
import { correctionOf, disputeOf, replyOf } from "@quasarix/client/response-drafts.ts";
import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import { QUASARIX_1 } from "@quasarix/shared/benchmark/framework/quasarix/first.ts";
import { type Bytes, fromUtf8, utf8 } from "@quasarix/shared/bytes.ts";
import { PRESETS } from "@quasarix/shared/duplicate/presets.ts";
import { FIRST_RULEBOOK } from "@quasarix/shared/policy/rulebook.ts";
import type { Seen } from "@quasarix/shared/statement/claims.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { webRandom } from "@quasarix/shared/webcrypto.ts";
import { env } from "../workerd-world.ts";
import { auditContent, type Org } from "../world.ts";
import type { Said } from "./fuzz-bodies.ts";
import { intentFor, requestFor, type Street } from "./strangers.ts";

const random = webRandom(crypto);

/** A good statement, not yet signed. */
export interface Base {
  readonly by: Org;
  readonly saying: Saying;
}

/** What statements are made from. */
export interface Desk {
  readonly bases: readonly Base[];
  readonly seen: Seen | null;
}

const score = {
  topic: "worker-voice",
  scale: "urn:quasarix:framework:quasarix@1",
  value: 3,
  original: "3",
  evidence: "documented" as const,
};

/** An audit with something in every section. */
const fullContent = auditContent({
  scores: { overall: { scale: "percent", value: 91, original: "91 %" }, topics: [score] },
  findings: {
    findings: [
      {
        number: 1,
        clause: "4.1",
        severity: { level: 3, original: "Major", mapping: "urn:quasarix:scheme:smeta@1" },
        description: "a blocked exit",
        status: "closed",
        closedOn: "2026-04-01",
      },
    ],
  },
  plans: { plans: [{ findings: [1], action: "clear the exit", owner: "site manager", status: "open" }] },
  people: { auditors: [{ role: "lead", code: "A1" }], interviews: [{ kind: "group", held: 4 }], manDays: 2 },
  workforce: { total: "50-249", union: true },
  evidence: { files: [{ digest: base64url(new Uint8Array(32)), mediaType: "image/png", length: 1, finding: 1 }] },
  commercial: { payer: "supplier", cost: { amount: "10.50", currency: "EUR" } },
});

/** One good statement of each kind that the door takes. */
export async function goodSayings({ own, world, names }: Street): Promise<readonly Base[]> {
  const { mill, firm, birch, fir, operator } = own;
  const window = { notBefore: 0, notAfter: 4_102_444_800_000 };
  const grant = { grantee: fir.id, site: names.site, grantSections: ["existence"], purposes: ["due-diligence"] };
  const sites = await Promise.all(Array.from({ length: 12 }, () => world.reserve(mill, "site")));
  const organisation = await world.reserve(operator, "organisation");
  const shared = { audit: names.listed, consentSections: ["existence" as const], ...window };
  const spoken = { audit: names.audit, site: names.site };
  const places = [{ number: 1, place: { name: "Mill 9", country: "PT", city: "Porto" } }];
  const listing = { relation: "current" as const, places };
  const { statement: _, ...rules } = FIRST_RULEBOOK;
  const claims = { kind: "member", name: "yew", country: "CH", admits: [thumbprint(fir.auth.publicKey)] };
  return [
    { by: fir, saying: intentOf(fir.id, intentFor(names.site)) },
    ...Array(6).fill({ by: firm, saying: auditOf(names.site, "auditor-signed", fullContent) }),
    { by: mill, saying: auditOf(names.site, "supplier-signed", auditContent()) },
    ...Array(6).fill({ by: birch, saying: submissionOf(birch.id, names.site, fullContent) }),
    ...Array(4).fill({ by: mill, saying: grantOf(mill.id, { ...grant, ...window } as never) }),
    { by: mill, saying: revokeOf(mill.id, names.grant) },
    { by: fir, saying: requestOf(fir.id, requestFor(names.site, { purposes: ["audit-avoidance"] })) },
    { by: mill, saying: answerOf(mill.id, names.request, { answer: "later", reason: "Next week." }) },
    { by: birch, saying: consentOf(birch.id, shared) },
    ...Array(2).fill({ by: birch, saying: listingOf(birch.id, { ...listing, sites: [names.site] }) }),
    { by: birch, saying: policyOf(birch.id, PRESETS["any-recent"].policy) },
    { by: mill, saying: termsOf(mill.id, { site: names.site, rulebook: names.grant }) },
    { by: operator, saying: rulebookOf(env.ORIGIN, rules) },
    { by: operator, saying: frameworkOf(env.ORIGIN, { ...QUASARIX_1, framework: "other" }) },
    { by: mill, saying: replyOf(spoken, { text: "It is cleared.", answers: [{ finding: 1, done: true }] }) },
    { by: mill, saying: disputeOf(spoken, { why: "The exit was open.", findings: [1] }) },
    { by: firm, saying: correctionOf(spoken, { field: "findings.1", value: "closed", why: "Seen again." }) },
    ...sites.map((site) => ({
      by: mill,
      saying: siteOf(env.ORIGIN, site, { supplier: mill.id, name: "Mill 3", country: "PT" }),
    })),
    { by: operator, saying: organisationOf(env.ORIGIN, organisation, claims) },
    { by: fir, saying: keyOf(env.ORIGIN, { publicKey: fir.record.publicKey, use: "record" }) },
  ];
}

/** Replaces, or sets beside it, one member of a JSON object's text: what `JSON.stringify` would never write. */
export function spoilt(text: string, { name, json, beside }: { name: string; json: string; beside: boolean }): string {
  const members = Object.entries(JSON.parse(text) as Record<string, unknown>);
  const kept = members.filter(([key]) => beside || key !== name);
  const written = kept.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{${[...written, `${JSON.stringify(name)}:${json}`].join(",")}}`;
}

/** One part of a JWS changed as text, and signed anew. */
export async function respelt(
  jws: string,
  part: 0 | 1,
  by: Org["record"],
  change: (text: string) => string,
): Promise<string> {
  const parts = jws.split(".").slice(0, 2);
  parts[part] = base64url(utf8(change(fromUtf8(fromBase64url(parts[part] as string) as Bytes) as string)));
  const signed = parts.join(".");
  return `${signed}.${base64url(await by.sign(utf8(signed)))}`;
}

export async function statementOf({ bases, seen }: Desk, { base, claim, member, cut }: Said): Promise<string> {
  const { by, saying } = bases[base % bases.length] as Base;
  const draft = { ...saying, iss: by.id, iat: 1, seen: seen ?? undefined };
  const sections = draft.sections;
  const section = member && { ...sections?.[member.section], [member.name]: member.value as never };
  const changed = sections && member ? { sections: { ...sections, [member.section]: section as never } } : {};
  const ports = { signer: by.record, random };
  // A name that the SDK refuses to write stays out.
  let text = await issueStatement(ports, { ...draft, ...changed }).catch(() => issueStatement(ports, draft));
  if (claim) {
    const [jwt, ...disclosures] = text.split("~") as [string, ...string[]];
    text = [await respelt(jwt, 1, by.record, (payload) => spoilt(payload, claim)), ...disclosures].join("~");
  }
  if (cut === null) return text;
  const at = cut.at % text.length;
  return text.slice(0, at) + cut.by + text.slice(at + 1);
}
