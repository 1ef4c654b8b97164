import { fromBase64url } from "../base64.ts";
import { thumbprint } from "../statement/key.ts";
import type { Logged } from "../statement/logged.ts";
import type { KeyClaims } from "./key.ts";
import type { OrganisationClaims } from "./organisation.ts";
import type { SiteClaims } from "./site.ts";

export interface OrganisationRow {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly country: string | null;
  readonly isOperator: 0 | 1;
  readonly admits: readonly string[];
  readonly statement: string;
  readonly logIndex: number;
}

export interface SiteRow {
  readonly id: string;
  readonly supplier: string | null;
  readonly name: string;
  readonly country: string;
  readonly address: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly postcode: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly sector: string | null;
  readonly tier: string | null;
  readonly identifiers: readonly { readonly scheme: string; readonly value: string }[];
  readonly statement: string;
  readonly logIndex: number;
}

export interface KeyRegistryRow {
  readonly kid: string;
  readonly x: string;
  readonly org: string;
  readonly use: string;
  readonly custody: string | null;
  readonly statement: string;
  readonly fromIndex: number;
}

/** Genesis names the operator's record key and the platform's by kid alone; the deployment knows them whole. */
export interface FoundingKeys {
  readonly operatorX: string;
  readonly platformX: string;
}

export function projectOrganisation({ claims, hash, index }: Logged): OrganisationRow {
  const own = claims as unknown as OrganisationClaims & { opens: string; admits: string[] };
  return {
    id: own.opens,
    kind: own.kind,
    name: own.name,
    country: own.country ?? null,
    // Founding alone lets anyone open itself: that one is the operator.
    isOperator: own.opens === claims.iss ? 1 : 0,
    admits: own.admits,
    statement: hash,
    logIndex: index,
  };
}

export function projectSite({ claims, hash, index }: Logged): SiteRow {
  const own = claims as unknown as SiteClaims & { opens: string };
  return {
    id: own.opens,
    supplier: own.supplier ?? null,
    name: own.name,
    country: own.country,
    address: own.address ?? null,
    city: own.city ?? null,
    region: own.region ?? null,
    postcode: own.postcode ?? null,
    latitude: own.lat ?? null,
    longitude: own.lon ?? null,
    sector: own.sector ?? null,
    tier: own.tier ?? null,
    identifiers: own.identifiers ?? [],
    statement: hash,
    logIndex: index,
  };
}

const kidOf = (x: string): string => thumbprint(fromBase64url(x) as NonNullable<ReturnType<typeof fromBase64url>>);

export function projectKey({ claims, hash, index }: Logged): KeyRegistryRow {
  const own = claims as unknown as KeyClaims;
  const { x, use, custody } = own;
  return { kid: kidOf(x), x, org: claims.iss, use, custody: custody ?? null, statement: hash, fromIndex: index };
}

/** The two keys that stand from genesis on. */
export function projectGenesis({ claims, hash, index }: Logged, known: FoundingKeys): readonly KeyRegistryRow[] {
  const row = (x: string, org: string, use: string): KeyRegistryRow => ({
    kid: kidOf(x),
    x,
    org,
    use,
    custody: null,
    statement: hash,
    fromIndex: index,
  });
  return [row(known.operatorX, claims.iss, "record"), row(known.platformX, claims.sub, "platform")];
}
