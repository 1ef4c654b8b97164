import type { Action } from "../policy/action.ts";

/** One place in the input: a JSON Pointer, and for bulk input the line it stands on (from 1). */
export interface Place {
  readonly pointer: string;
  readonly message: string;
}

/** Everything the API refuses, closed: the reason is for our log, `problemOf` says what the caller hears. */
export type Failure =
  | { readonly reason: "unauthenticated"; readonly why: string }
  /** `target`: what the caller named, for the operator's log of denied attempts. */
  | { readonly reason: "not-permitted"; readonly action: Action; readonly why: string; readonly target?: string }
  | { readonly reason: "unknown-route" }
  | { readonly reason: "media-type" }
  | { readonly reason: "invalid-input"; readonly places: readonly Place[] }
  | { readonly reason: "invalid-statement"; readonly step: string; readonly why: string; readonly at?: string }
  | { readonly reason: "jti-reused"; readonly first: string }
  | { readonly reason: "seen-unknown"; readonly size: number }
  | { readonly reason: "seen-missing" }
  | { readonly reason: "subject-opened"; readonly subject: string }
  | {
      readonly reason: "already-granted";
      readonly grants: readonly string[];
      readonly site: string;
      readonly audit: string | null;
      readonly purpose: string;
    }
  | { readonly reason: "already-asked"; readonly first: string }
  | { readonly reason: "not-on-your-list"; readonly site: string }
  /** `scheme` and `age` (in months) null: among few members no more than that there is one. */
  | {
      readonly reason: "already-covered";
      readonly site: string;
      readonly usable: { readonly scheme: string | null; readonly age: string | null } | null;
    }
  | { readonly reason: "too-large"; readonly limit: number }
  | { readonly reason: "too-many-lines"; readonly limit: number }
  | { readonly reason: "already-founded" }
  /** Of a quarter that ends at `until` (Unix ms), `retryAfter` seconds from now; `says` what is allowed. */
  | { readonly reason: "limit-reached"; readonly says: string; readonly until: number; readonly retryAfter: number }
  /** `says`: what is missing for a release plan. */
  | { readonly reason: "no-plan"; readonly says: string }
  | { readonly reason: "precondition-missing" }
  | { readonly reason: "precondition-failed" }
  | { readonly reason: "changed-meanwhile" }
  | { readonly reason: "overloaded"; readonly retryAfter: number }
  | { readonly reason: "log-refuses"; readonly why: string }
  | { readonly reason: "not-yet"; readonly retryAfter: number };
