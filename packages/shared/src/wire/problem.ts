import * as z from "zod";
import { unreachable } from "../result.ts";
import type { Failure } from "./failure.ts";

/** RFC 9457, `application/problem+json`. */
export const problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    "request-id": z.string().optional(),
    errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).optional(),
    links: z.array(z.string()).optional().describe("Addresses of what you have already"),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details" });
export type Problem = z.infer<typeof problem>;

const named = (name: string, status: number, title: string, detail?: string): Problem =>
  detail === undefined
    ? { type: `/problems/${name}`, title, status }
    : { type: `/problems/${name}`, title, status, detail };

const NOT_FOUND = named("not-found", 404, "No such record");
const mebibytes = (bytes: number): string => `${bytes / 1_048_576} MiB`;

/** Another's data reads as 404: a refusal never confirms that a record exists (DESIGN 8). */
export function problemOf(failure: Failure): Problem {
  switch (failure.reason) {
    case "unauthenticated":
      return named("unauthenticated", 401, "The request is not signed by a key that is known here");
    case "not-permitted":
    case "unknown-route":
      return NOT_FOUND;
    case "media-type":
      return named("media-type", 415, "The content type is not one that this route takes");
    case "invalid-input":
      return {
        ...named("invalid-input", 422, "The input is not as the schema says"),
        errors: failure.places.map(({ pointer, message }) => ({ pointer, detail: message })),
      };
    case "invalid-statement": {
      const where = failure.at === undefined ? "" : ` at ${failure.at}`;
      return named("invalid-statement", 422, "The statement is refused", `${failure.step}: ${failure.why}${where}`);
    }
    case "jti-reused":
      return named(
        "jti-reused",
        409,
        "This id was used for another statement",
        `the first one is \`${failure.first}\``,
      );
    case "seen-unknown":
      return named("seen-unknown", 409, "`seen` names a checkpoint this log did not publish", `size ${failure.size}`);
    case "seen-missing":
      return named("seen-missing", 422, "`seen` is missing", "this log has published a statement of this author");
    case "subject-opened":
      return named("subject-opened", 409, "This subject has been opened before", `\`${failure.subject}\``);
    case "already-granted":
      return alreadyGranted(failure);
    case "already-asked":
      return {
        ...named(
          "already-asked",
          409,
          "You have asked this and wait for the answer",
          `the request is \`${failure.first}\``,
        ),
        links: [`/v1/requests/${failure.first}`],
      };
    case "not-on-your-list":
      return named("not-on-your-list", 422, "This site is not on your list", "sign a `listing` of it first");
    case "already-covered":
      return alreadyCovered(failure);
    case "too-large":
      return named("too-large", 413, "The request body is too large", `the limit is ${mebibytes(failure.limit)}`);
    case "too-many-lines":
      return named("too-many-lines", 413, "Too many lines in one request", `the limit is ${failure.limit}`);
    case "already-founded":
      return named("already-founded", 409, "This consortium has been founded");
    case "limit-reached": {
      const next = new Date(failure.until).toISOString().slice(0, 10);
      const detail = `${failure.says}; the next one begins on ${next}`;
      return named("limit-reached", 429, "This is more than your allowance of the quarter", detail);
    }
    case "no-plan":
      return named("no-plan", 422, "No release plan can be made", failure.says);
    case "precondition-missing":
      return named("precondition-missing", 428, "Say with If-Match which state you change, or with If-None-Match: *");
    case "precondition-failed":
      return named("precondition-failed", 412, "This changed since you read it; read it again");
    case "changed-meanwhile":
      return named("changed-meanwhile", 409, "Permissions changed while this was read; ask again");
    case "overloaded":
      return named("overloaded", 503, "The log is busy", `try again in ${failure.retryAfter} s`);
    case "log-refuses":
      return named("log-refuses", 503, "The log refuses to sign", failure.why);
    case "not-yet":
      return named("not-yet", 503, "Not yet: the log has not published what this answer needs", "try again shortly");
    default:
      return unreachable(failure);
  }
}

/** Where it is read, and the grants by which. */
function alreadyGranted(failure: Extract<Failure, { reason: "already-granted" }>): Problem {
  const { grants, site, audit, purpose } = failure;
  const ids = grants.map((id) => `\`${id}\``).join(", ");
  const query = audit === null ? `audits?purpose=${purpose}&site=${site}` : `audits/${audit}?purpose=${purpose}`;
  return {
    ...named("already-granted", 409, "You have been granted this already", `by ${ids}`),
    links: [`/v1/${query}`, "/v1/grants?side=received"],
  };
}

function alreadyCovered({ usable }: Extract<Failure, { reason: "already-covered" }>): Problem {
  const which = usable?.scheme && usable.age ? ` (${usable.scheme}, ${usable.age} months old)` : "";
  const detail = `a usable audit is on file${which}: ask its supplier for it, or order anyway with a reason`;
  return named("already-covered", 409, "An audit of this site covers the need", detail);
}

/** Seconds for `Retry-After`, where waiting helps. */
export const retryAfterOf = (failure: Failure): number | null => ("retryAfter" in failure ? failure.retryAfter : null);
