import type { Statement } from "../statement/statement.ts";
import type { Failure } from "../wire/failure.ts";
import type { AuthorFacts, OrgFacts } from "./author-facts.ts";

/** One row of FORMATS 1.1: null where this author may say this about this subject. */
export type Rule = (statement: Statement, author: OrgFacts, facts: AuthorFacts) => Failure | null;

export const refused = (why: string, at?: string): Failure =>
  at === undefined
    ? { reason: "invalid-statement", step: "admission", why }
    : { reason: "invalid-statement", step: "admission", why, at };

export const notAllowed = (why: string): Failure => ({ reason: "not-permitted", action: "statement:add", why });
