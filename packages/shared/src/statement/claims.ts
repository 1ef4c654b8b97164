import { fromBase64 } from "../base64.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { CatalogueRow, Provenance } from "./catalogue.ts";
import { catalogueRow, PROVENANCES } from "./catalogue.ts";
import { isConsortiumId, isHashText, isOrganisationId, isRandom128, isSiteId } from "./id.ts";
import type { Json, JsonObject } from "./json.ts";
import { isArray, isObject } from "./json.ts";

/** The last published checkpoint the author verified; `root` and `sig` in b64 as on the note. */
export interface Seen {
  readonly size: number;
  readonly root: string;
  readonly sig: string;
}

/** The payload: what is always disclosed. A type's own claims are reached by name. */
export interface Claims {
  readonly iss: string;
  /** Seconds, said by the author; never trusted as time. */
  readonly iat: number;
  readonly jti: string;
  readonly vct: string;
  readonly sub: string;
  readonly seen?: Seen;
  readonly re?: string;
  readonly _sd_alg: "sha-256";
  readonly provenance?: Provenance;
  readonly [name: string]: unknown;
}

export type ClaimRefusal =
  | "claims-form"
  | "unknown-type"
  | "claim-iss"
  | "claim-iat"
  | "claim-jti"
  | "claim-sub"
  | "claim-seen"
  | "claim-re"
  | "claim-sd-alg"
  | "claim-provenance"
  | "claim-sections"
  | "claim-digests";

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const hasBytes = (value: unknown, length: number): boolean =>
  typeof value === "string" && fromBase64(value)?.length === length;

function isSeen(value: Json): boolean {
  if (!isObject(value) || Object.keys(value).length !== 3) return false;
  // A signature line of a note: key id and Ed25519 signature.
  return isCount(value["size"]) && hasBytes(value["root"], 32) && hasBytes(value["sig"], 4 + 64);
}

function isSubject(row: CatalogueRow, payload: JsonObject): boolean {
  const sub = payload["sub"];
  if (row.subject === "site") return isSiteId(sub);
  if (row.subject === "consortium") return isConsortiumId(sub);
  // An organisation's dossier is its own; what the platform states there names the consortium as its author.
  const isOfPlatform = row.authors.includes("platform") && isConsortiumId(payload["iss"]);
  return isOrganisationId(sub) && (sub === payload["iss"] || isOfPlatform);
}

function hasSections(row: CatalogueRow, sections: Json | undefined): boolean {
  if (row.sections.length === 0) return sections === undefined;
  if (!isObject(sections) || Object.keys(sections).length !== row.sections.length) return false;
  return row.sections.every((name) => Object.hasOwn(sections, name));
}

/** Digests have their places (FORMATS 1); anywhere else they would be members that no count covers. */
export function holdsDigests(value: Json): boolean {
  if (isArray(value)) return value.some(holdsDigests);
  if (!isObject(value)) return false;
  return Object.keys(value).some((name) => name === "_sd" || name === "..." || holdsDigests(value[name] as Json));
}

const hasStrayDigests = (payload: JsonObject): boolean =>
  Object.keys(payload).some((name) => name !== "_sd" && name !== "sections" && holdsDigests(payload[name] as Json)) ||
  "..." in payload;

/** The table of FORMATS 1, row by row. */
export function readClaims(payload: Json): Result<{ claims: Claims; row: CatalogueRow }, ClaimRefusal> {
  if (!isObject(payload)) return fail("claims-form");
  const { iss, iat, jti, vct, seen, re, provenance } = payload;
  const row = typeof vct === "string" ? catalogueRow(vct) : null;
  if (!row) return fail("unknown-type");
  if (!isOrganisationId(iss) && !isConsortiumId(iss)) return fail("claim-iss");
  if (!isCount(iat)) return fail("claim-iat");
  if (!isRandom128(jti)) return fail("claim-jti");
  if (!isSubject(row, payload)) return fail("claim-sub");
  if (seen !== undefined && !isSeen(seen)) return fail("claim-seen");
  if (re !== undefined && !isHashText(re)) return fail("claim-re");
  if (payload["_sd_alg"] !== "sha-256") return fail("claim-sd-alg");
  const isKnownProvenance = PROVENANCES.some((known) => known === provenance);
  if (row.type === "audit" ? !isKnownProvenance : provenance !== undefined) return fail("claim-provenance");
  if (!hasSections(row, payload["sections"])) return fail("claim-sections");
  if (hasStrayDigests(payload)) return fail("claim-digests");
  return ok({ claims: payload as unknown as Claims, row });
}
