import { listedOf } from "@quasarix/client/discovery-drafts.ts";
import { consentOf, rulebookOf } from "@quasarix/client/drafts.ts";
import { intentOf } from "@quasarix/client/intent-drafts.ts";
import { listingOf } from "@quasarix/client/listing-drafts.ts";
import { recognitionOf } from "@quasarix/client/recognition-drafts.ts";
import { answerOf, requestOf } from "@quasarix/client/request-drafts.ts";
import { disputeOf, replyOf } from "@quasarix/client/response-drafts.ts";
import type { RecognitionClaims } from "@quasarix/shared/duplicate/recognition.ts";
import type { RequestClaims } from "@quasarix/shared/policy/request.ts";
import { FIRST_RULEBOOK, type Rulebook } from "@quasarix/shared/policy/rulebook.ts";
import type { SubmissionState } from "@quasarix/shared/wire/statement.ts";
import { plan } from "../duplicate/buyers.ts";
import { env } from "../workerd-world.ts";
import { auditContent, type Org } from "../world.ts";
import { NOON, type Part, type Stage, tick, windowed } from "./stage.ts";

/** Everybody who looks in both worlds; `nobody` has no key. */
export type Reader = Exclude<Part, "birch" | "cedar"> | "nobody";

/** What came of it: hashes for readers to try, and those that no reader but those who know may ever be shown. */
interface Came {
  readonly tried: readonly string[];
  readonly secret: readonly string[];
}

/** What happens, with two members that change places from one world to the other. */
type Act = (stage: Stage, one: Org, other: Org, isSwapped: boolean) => Promise<Came>;

export interface Difference {
  readonly what: string;
  readonly act: Act;
  /** Whom the difference is told, by right. */
  readonly knows: readonly Reader[];
}

const NOTHING: Came = { tried: [], secret: [] };
const secret = (...hashes: readonly string[]): Came => ({ tried: hashes, secret: hashes });

const FOR = "purpose=due-diligence";

const rule = ({ world }: Stage, over: Partial<Rulebook>) => {
  const { statement: _, ...first } = FIRST_RULEBOOK;
  return world.say(world.operator, rulebookOf(env.ORIGIN, { ...first, ...over }));
};

const bought = auditContent({
  existence: { ...auditContent().existence, sharing: "buyer-with-supplier-consent" },
  commercial: { payer: "buyer" },
});

const finding = (description: string) =>
  auditContent({
    findings: {
      findings: [
        {
          number: 1,
          clause: "4.1",
          severity: { level: 3, original: "Major", mapping: "urn:quasarix:scheme:smeta@1" },
          description,
          status: "open",
        },
      ],
    },
  });

/** Gives the audit that came of it. */
async function submitted({ world, sites }: Stage, by: Org, content = bought): Promise<[string, string]> {
  const { statementHash } = await world.submit(by, sites[0], content);
  await tick();
  const state = await world.json<SubmissionState>(by, "GET", `/v1/submissions/${statementHash}`);
  return [statementHash, state.audit as string];
}

const asked = (site: string, over: Partial<RequestClaims> = {}): RequestClaims => ({
  site,
  requestSections: ["existence", "scores"],
  purposes: ["due-diligence"],
  until: NOON * 2,
  ...over,
});

const opens = { grantSections: ["existence", "scores"], purposes: ["due-diligence"], notBefore: 0, notAfter: NOON * 2 };

const elsewise = { scheme: "urn:quasarix:scheme:rba" };
const recognised = (audit: string, over: Partial<RecognitionClaims> = {}): RecognitionClaims => ({
  audit,
  instead: { scheme: "urn:quasarix:scheme:smeta" },
  saved: { days: 2.5, money: { amount: "2400.00", currency: "EUR" } },
  ...over,
});

/** A row of these is a pair of worlds: as many statements, at the same times, of the same kinds. */
export const DIFFERENCES: readonly Difference[] = [
  {
    what: "which member submitted an audit",
    act: async (stage, one) => {
      const [submission, audit] = await submitted(stage, one, auditContent());
      return { tried: [submission, audit], secret: [submission] };
    },
    knows: [],
  },
  {
    what: "which member consents to share what it submitted",
    act: async (stage, one) => {
      const [submission, audit] = await submitted(stage, one);
      const window = { notBefore: 0, notAfter: NOON * 2 };
      const claims = { audit, consentSections: ["existence", "scores"] as const, ...window };
      const consent = await stage.world.say(one, consentOf(one.id, { ...claims, consentSections: ["existence"] }));
      return { tried: [submission, audit, consent.statementHash], secret: [submission, consent.statementHash] };
    },
    knows: [],
  },
  {
    what: "which member read an audit, where receipts show a category",
    act: async (stage, one, other) => {
      const { world, cast, sites, audits } = stage;
      await rule(stage, { receipts: { show: "category" } });
      for (const to of [one, other].toSorted((a, b) => (a.name < b.name ? -1 : 1)))
        await world.grant(cast.mill, windowed(sites[1], to.id));
      await world.json(one, "GET", `/v1/audits/${audits[1]}?${FOR}`);
      return NOTHING;
    },
    knows: [],
  },
  {
    what: "which member read an audit, where receipts show names",
    act: async ({ world, cast, sites, audits }, one, other) => {
      for (const to of [one, other].toSorted((a, b) => (a.name < b.name ? -1 : 1)))
        await world.grant(cast.mill, windowed(sites[1], to.id));
      await world.json(one, "GET", `/v1/audits/${audits[1]}?${FOR}`);
      return NOTHING;
    },
    knows: ["mill"],
  },
  {
    what: "which member plans an audit of a site that two have on their lists",
    act: async ({ world, cast, sites }, one) => {
      for (const member of [cast.birch, cast.cedar])
        await world.say(member, listingOf(member.id, { relation: "current", sites: [sites[0]] }));
      const planned = await world.say(one, intentOf(one.id, plan(sites[0], { topics: ["wages"] })));
      return secret(planned.statementHash);
    },
    knows: [],
  },
  {
    what: "which member has a site on its list, and says that it was audited",
    act: async ({ world, sites }, one) => {
      const listing = await world.say(one, listingOf(one.id, { relation: "current", sites: [sites[0]] }));
      const row = { scheme: "urn:quasarix:scheme:smeta", auditFrom: "2032-12-01" };
      return secret(listing.statementHash, (await world.say(one, listedOf(one.id, sites[0], row))).statementHash);
    },
    knows: [],
  },
  {
    what: "which member proposed a site that the registry lacks",
    act: async ({ world }, one) => {
      const place = { name: "Ostrava Dyeworks", country: "CZ", address: "Nadrazni 5", city: "Ostrava" };
      const listing = listingOf(one.id, { relation: "current", sites: [], places: [{ number: 1, place }] });
      return secret((await world.say(one, listing)).statementHash);
    },
    knows: [],
  },
  {
    what: "which member asked whether its sites are audited",
    act: async ({ world, cast, sites }, one) => {
      for (const member of [cast.birch, cast.cedar])
        await world.say(member, listingOf(member.id, { relation: "current", sites: [sites[0]] }));
      await tick();
      await world.json(one, "POST", "/v1/overlap", {});
      return NOTHING;
    },
    knows: [],
  },
  {
    what: "to which member a supplier granted",
    act: async ({ world, cast, sites }, one) => {
      const { statementHash } = await world.grant(cast.mill, windowed(sites[0], one.id));
      return secret(statementHash);
    },
    knows: ["mill"],
  },
  {
    what: "what a supplier granted to another, for which purpose, until when",
    act: async ({ world, cast, sites }, _one, _other, isSwapped) => {
      const more = {
        grantSections: ["existence", "findings", "people"],
        purposes: ["audit-avoidance"],
        notAfter: NOON,
      };
      const over = (isSwapped ? more : {}) as Partial<Parameters<typeof windowed>[2]>;
      return secret((await world.grant(cast.mill, windowed(sites[0], cast.birch.id, over))).statementHash);
    },
    knows: ["mill"],
  },
  {
    what: "which grant of others was revoked",
    act: async ({ world, cast, sites }, one) => {
      const given: Record<string, string> = {};
      for (const to of [cast.birch, cast.cedar])
        given[to.id] = (await world.grant(cast.mill, windowed(sites[0], to.id))).statementHash;
      const { statementHash } = await world.revoke(cast.mill, given[one.id] as string);
      return secret(...Object.values(given), statementHash);
    },
    knows: ["mill"],
  },
  {
    what: "what an audit says in a section that is withheld",
    act: async ({ world, cast, sites }, _one, _other, isSwapped) => {
      const content = finding(isSwapped ? "an open drain" : "a shut door 1");
      return { tried: [(await world.audit(cast.firm, sites[0], content)).statementHash], secret: [] };
    },
    knows: ["mill", "firm"],
  },
  {
    what: "what a whole audit says that a reader has no grant for",
    act: async ({ world, cast, sites }, _one, _other, isSwapped) => {
      const existence = { ...auditContent().existence, topics: isSwapped ? ["wages"] : ["fire-safety", "hours"] };
      return secret((await world.audit(cast.firm, sites[1], auditContent({ existence }))).statementHash);
    },
    knows: ["mill", "firm"],
  },
  {
    what: "which member asked for access",
    act: async ({ world, sites }, one) => ({
      tried: [(await world.say(one, requestOf(one.id, asked(sites[1])))).statementHash],
      secret: [],
    }),
    knows: [],
  },
  {
    what: "which member asked, and was told yes",
    act: async ({ world, cast, sites }, one) => {
      const request = (await world.say(one, requestOf(one.id, asked(sites[1])))).statementHash;
      const yes = answerOf(cast.mill.id, request, { answer: "yes", opens } as never);
      return { tried: [request, (await world.say(cast.mill, yes)).statementHash], secret: [] };
    },
    knows: [],
  },
  {
    what: "what a supplier answered another",
    act: async ({ world, cast, sites }, _one, _other, isSwapped) => {
      const request = (await world.say(cast.birch, requestOf(cast.birch.id, asked(sites[1])))).statementHash;
      const answer = answerOf(cast.mill.id, request, { answer: isSwapped ? "no" : "later" });
      return secret(request, (await world.say(cast.mill, answer)).statementHash);
    },
    knows: ["mill"],
  },
  {
    what: "what a supplier disputes, where the findings are withheld",
    act: async ({ world, cast, sites, audits }, _one, _other, isSwapped) => {
      const why = isSwapped ? "The exit was open." : "The door was shut.";
      const dispute = disputeOf({ audit: audits[0], site: sites[0] }, { why });
      return { tried: [(await world.say(cast.mill, dispute)).statementHash], secret: [] };
    },
    knows: ["mill", "firm"],
  },
  {
    what: "which answer a supplier gives to an audit that a reader has no grant for",
    act: async ({ world, cast, sites, audits }, _one, _other, isSwapped) => {
      const spoken = { audit: audits[1], site: sites[1] };
      const reply = replyOf(spoken, { text: "It is cleared." }, isSwapped ? { stance: "accepts" } : {});
      return secret((await world.say(cast.mill, reply)).statementHash);
    },
    knows: ["mill", "firm"],
  },
  {
    what: "which member recognised an audit in place of its own",
    act: async ({ world, cast, sites, audits }, one, other) => {
      for (const to of [one, other].toSorted((a, b) => (a.name < b.name ? -1 : 1)))
        await world.grant(cast.mill, windowed(sites[0], to.id));
      return secret((await world.say(one, recognitionOf(one.id, recognised(audits[0])))).statementHash);
    },
    knows: [],
  },
  {
    what: "what a member recognised an audit in place of, what that saved, and whether it took it back",
    act: async ({ world, cast, sites, audits }, _one, _other, isSwapped) => {
      const { birch, mill } = cast;
      await world.grant(mill, windowed(sites[0], birch.id));
      const sa8000 = { scheme: "urn:quasarix:scheme:sa8000" };
      const over = isSwapped ? { instead: sa8000, saved: { money: { amount: "900", currency: "CHF" } } } : {};
      const first = await world.say(birch, recognitionOf(birch.id, recognised(audits[0], over)));
      const second = await world.say(birch, recognitionOf(birch.id, recognised(audits[0], { instead: elsewise })));
      const { statementHash } = await world.revoke(birch, (isSwapped ? first : second).statementHash);
      return secret(first.statementHash, second.statementHash, statementHash);
    },
    knows: [],
  },
  {
    what: "which member was refused an audit",
    act: async ({ world, audits }, one) => {
      await world.get(one, `/v1/audits/${audits[1]}?${FOR}`);
      return NOTHING;
    },
    knows: [],
  },
];
