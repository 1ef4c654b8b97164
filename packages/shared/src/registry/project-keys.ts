import { utf8 } from "../bytes.ts";
import { sha256 } from "../sha256.ts";
import type { Logged } from "../statement/logged.ts";
import { siteKeys } from "./match/keys.ts";
import type { MatchPlace } from "./match/place.ts";
import type { SiteClaims } from "./site.ts";

export interface SiteKeyRow {
  readonly key: number;
  /** Log index of the site's opening: the registry's number for it. */
  readonly site: number;
}

const KEY_BYTES = 6;

/**
 * The first 48 bits of a key's hash, which every number of JavaScript and SQLite holds exactly. Two keys under one number
 * bring a candidate too many, and candidates are judged anyway.
 */
export const keyNumber = (key: string): number =>
  sha256(utf8(key))
    .subarray(0, KEY_BYTES)
    .reduce((sum, byte) => sum * 256 + byte, 0);

/** Raised with every change to what `siteKeys` gives: sites that were opened before are then entered under the new keys too. */
export const KEYS_VERSION = 1;

/** `site`: the log index of its opening. */
export const siteKeyRows = (place: MatchPlace, site: number): readonly SiteKeyRow[] =>
  [...new Set(siteKeys(place).map(keyNumber))].map((key) => ({ key, site }));

/** Where a site may be found by, as its opening describes it. */
export const projectSiteKeys = ({ claims, index }: Logged): readonly SiteKeyRow[] =>
  siteKeyRows(claims as unknown as SiteClaims, index);
