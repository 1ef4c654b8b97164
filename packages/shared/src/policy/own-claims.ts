import type { Json } from "../statement/json.ts";
import type { Statement } from "../statement/statement.ts";

const FRAME = ["iss", "iat", "jti", "vct", "sub", "seen", "re", "_sd_alg", "_sd", "sections"];

/** The claims of a statement's own type: without those of FORMATS 1, and without `known`. */
export function claimsOf(statement: Statement, known: readonly string[]): Record<string, Json> {
  const own: Record<string, Json> = {};
  for (const [name, value] of Object.entries(statement.claims)) {
    if (!FRAME.includes(name) && !known.includes(name)) own[name] = value as Json;
  }
  return own;
}
