import type { Json } from "../statement/json.ts";
import type { Statement } from "../statement/statement.ts";

const FRAME = ["iss", "iat", "jti", "vct", "sub", "seen", "re", "_sd_alg", "_sd", "sections"];

/** The claims of a statement's own type: without those of FORMATS 1, and without `known`. */
export function claimsOf(statement: Statement, ...known: readonly string[]): Record<string, Json> {
  const own = Object.entries(statement.claims).filter(([name]) => !FRAME.includes(name) && !known.includes(name));
  // An assignment would make a claim named `__proto__` the prototype: read by a schema, and by nothing behind it.
  return Object.fromEntries(own as [string, Json][]);
}
