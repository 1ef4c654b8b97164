import { ok } from "@quasarix/shared/result.ts";
import { readSignedPart } from "@quasarix/shared/statement/statement.ts";
import { type Answer, broken } from "./refusal.ts";
import type { Routes } from "./routes.ts";

/** A statement that opens what was open already. `index` is its place in the log. */
export interface SecondOpening {
  readonly index: number;
  readonly subject: string;
}

const PAGE = 1000;

/** FORMATS 1.1: each is evidence of fraud, signed by whoever made it. Of the consortium's statements below `size`. */
export async function secondOpenings(routes: Routes, size: number): Promise<Answer<SecondOpening[]>> {
  const opened = new Set<string>();
  const found: SecondOpening[] = [];
  for (let after: number | null = -1; after !== null; ) {
    const page = await routes.consortium(after, PAGE);
    if (!page.ok) return page;
    for (const { index, statement } of page.value.statements) {
      const part = readSignedPart(statement);
      if (!part.ok) return broken("consortium", part.failure, index);
      const subject = part.value.claims["opens"];
      if (index >= size || typeof subject !== "string") continue;
      if (opened.has(subject)) found.push({ index, subject });
      opened.add(subject);
    }
    after = page.value.next;
  }
  return ok(found);
}
