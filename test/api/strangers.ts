import { frameworkOf } from "@quasarix/client/framework-drafts.ts";
import { intentOf } from "@quasarix/client/intent-drafts.ts";
import { listingOf } from "@quasarix/client/listing-drafts.ts";
import { policyOf } from "@quasarix/client/policy-drafts.ts";
import { requestOf } from "@quasarix/client/request-drafts.ts";
import { base64url } from "@quasarix/shared/base64.ts";
import { QUASARIX_1 } from "@quasarix/shared/benchmark/framework/quasarix/first.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { SMALLEST_BLOB } from "@quasarix/shared/duplicate/columns.ts";
import type { IntentClaims } from "@quasarix/shared/duplicate/intent.ts";
import { PRESETS } from "@quasarix/shared/duplicate/presets.ts";
import type { RequestClaims } from "@quasarix/shared/policy/request.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { webRandom } from "@quasarix/shared/webcrypto.ts";
import type { SubmissionState } from "@quasarix/shared/wire/statement.ts";
import { duty, env, newWorld, publish } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";
import { connectorKey } from "./signed-asks.ts";

const DAY = 86_400_000;

/** The names of the records that the strangers have no business with; or of records that do not exist. */
export interface Names {
  readonly audit: string;
  readonly listed: string;
  readonly submission: string;
  readonly site: string;
  readonly grant: string;
  readonly request: string;
  readonly policy: string;
  readonly intent: string;
  readonly listing: string;
  readonly org: string;
}

/** One consortium with an audit, a submission and a grant, whose they are, and everyone who is none of them. */
export interface Street {
  readonly world: World;
  readonly names: Names;
  readonly own: Record<"mill" | "firm" | "birch" | "operator" | "fir", Org>;
  readonly strangers: Record<Stranger, Org>;
}
export type Stranger =
  | "other member"
  | "lapsed grantee"
  | "revoked grantee"
  | "supplier elsewhere"
  | "auditor elsewhere"
  | "suspended";

const random = webRandom(crypto);
const someHash = (): string => base64url(random(32));
/** Well-formed, and of nothing. */
export const missing = (): Names => ({
  audit: someHash(),
  listed: someHash(),
  submission: someHash(),
  site: `site_${base64url(random(16))}`,
  grant: someHash(),
  request: someHash(),
  policy: someHash(),
  intent: someHash(),
  listing: someHash(),
  org: `org_${base64url(random(16))}`,
});

/** For what nobody has been granted; `purposes` tells one from another. */
export const requestFor = (site: string, over: Partial<RequestClaims> = {}): RequestClaims => ({
  site,
  requestSections: ["existence", "evidence"],
  purposes: ["corrective-action"],
  until: Date.now() + DAY,
  ...over,
});

export async function street(): Promise<Street> {
  const world = await newWorld();
  const mill = await world.admit("mill", "supplier");
  const firm = await world.admit("firm", "auditor");
  const birch = await world.admit("birch", "member");
  const fir = await world.admit("fir", "member");
  const strangers: Record<Stranger, Org> = {
    "other member": await world.admit("cedar", "member"),
    "lapsed grantee": await world.admit("dogwood", "member"),
    "revoked grantee": await world.admit("elm", "member"),
    "supplier elsewhere": await world.admit("spinner", "supplier"),
    "auditor elsewhere": await world.admit("assay", "auditor"),
    suspended: await world.admit("stopped", "member"),
  };
  const site = await world.openSite(mill);
  const elsewhere = await world.openSite(strangers["supplier elsewhere"], "Spinnery");
  await world.audit(strangers["auditor elsewhere"], elsewhere, auditContent());
  const audit = (await world.audit(firm, site, auditContent())).statementHash;
  const submission = (await world.submit(birch, site, auditContent())).statementHash;
  await duty();
  const state = await world.json<SubmissionState>(birch, "GET", `/v1/submissions/${submission}`);
  const grant = await grantAll(world, mill, site, { fir, strangers });
  await world.say(world.operator, frameworkOf(env.ORIGIN, QUASARIX_1));
  const policy = (await world.say(birch, policyOf(birch.id, PRESETS["any-recent"].policy))).statementHash;
  const request = (await world.say(fir, requestOf(fir.id, requestFor(site)))).statementHash;
  const intent = await plannedBy(world, fir, site);
  const listing = await listedBy(world, birch, site);
  await world.json(fir, "GET", `/v1/audits/${audit}?purpose=due-diligence`);
  await admitConnector(strangers["other member"]);
  await env.DB.prepare("UPDATE organisations SET suspended = 1 WHERE id = ?").bind(strangers.suspended.id).run();
  await duty();
  await publish();
  const names = {
    audit,
    listed: state.audit as string,
    submission,
    site,
    grant,
    request,
    policy,
    intent,
    listing,
    org: mill.id,
  };
  return { world, names, own: { mill, firm, birch, fir, operator: world.operator }, strangers };
}

/** Puts the site on its list, with private columns beside it. */
async function listedBy(world: World, member: Org, site: string): Promise<string> {
  const sealed = base64url(random(SMALLEST_BLOB));
  const columns = utf8(JSON.stringify({ sealed }));
  await world.send(member, "PUT", "/v1/own-columns", columns, "application/json", { "if-none-match": "*" });
  return (await world.say(member, listingOf(member.id, { relation: "current", sites: [site] }))).statementHash;
}

/** For the site on its list an audit that it means to order. */
async function plannedBy(world: World, member: Org, site: string): Promise<string> {
  await world.say(member, listingOf(member.id, { relation: "current", sites: [site] }));
  return (await world.say(member, intentOf(member.id, intentFor(site)))).statementHash;
}

export const intentFor = (site: string): Omit<IntentClaims, "anyway"> => {
  const [from, until] = [30, 60].map((days) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10));
  if (!from || !until) throw new Error("no window");
  return { site, schemes: ["house-scheme"], topics: ["water"], from, until, kind: "full", mayJoin: false };
};

/** As the projection holds the key of an ERP's tokens. */
async function admitConnector({ id }: Org): Promise<void> {
  const { publicKey } = await connectorKey();
  await env.DB.prepare("INSERT INTO keys (kid, x, org, use, statement, from_index) VALUES (?, ?, ?, 'connector', ?, 0)")
    .bind(thumbprint(publicKey), base64url(publicKey), id, someHash())
    .run();
}

/** Gives fir's grant, which stands; the suspended one has such a grant too. */
async function grantAll(
  world: World,
  mill: Org,
  site: string,
  { fir, strangers }: { readonly fir: Org; readonly strangers: Street["strangers"] },
): Promise<string> {
  const give = async (to: Org, from: number, until: number) =>
    world.grant(mill, {
      grantee: to.id,
      site,
      grantSections: ["existence", "scores", "findings"],
      purposes: ["due-diligence"],
      notBefore: Date.now() + from,
      notAfter: Date.now() + until,
    });
  await give(strangers["lapsed grantee"], -2 * DAY, -1);
  await give(strangers.suspended, -DAY, DAY);
  const revoked = await give(strangers["revoked grantee"], -DAY, DAY);
  await world.revoke(mill, revoked.statementHash);
  return (await give(fir, -DAY, DAY)).statementHash;
}
