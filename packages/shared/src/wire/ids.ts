import * as z from "zod";
import { base64url, fromBase64url } from "../base64.ts";
import type { RandomBytes } from "../ports.ts";

const bytesOf = (length: number) => (text: string) => fromBase64url(text)?.length === length;

/** A SHA-256 in b64url: statement hashes, kids, K, commitments. */
export const hashText = z.string().refine(bytesOf(32), { error: "must be 32 bytes of base64url without padding" });

const idOf = (prefix: string) =>
  z.string().refine((text) => text.startsWith(prefix) && bytesOf(16)(text.slice(prefix.length)), {
    error: `must be \`${prefix}\` and 22 characters of base64url`,
  });

export const orgId = idOf("org_");
export const siteId = idOf("site_");

export type OrgId = string;
export type SiteId = string;
/** `org_...`, `site_...`, or the log's origin: what `sub` names. */
export type SubjectId = string;
/** b64url of a statementHash: how the API names a statement. */
export type StatementId = string;

export type OpenedKind = "organisation" | "site";

/** 128 random bits behind the kind's prefix; never a name (FORMATS, Ids). */
export const newSubjectId = (kind: OpenedKind, random: RandomBytes): SubjectId =>
  `${kind === "site" ? "site_" : "org_"}${base64url(random(16))}`;
