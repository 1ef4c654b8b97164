import type { Statement } from "./statement.ts";

/** The serialisation of RFC 9901: the JWT, then each disclosure, a tilde after each. */
export const present = (parts: { readonly jwt: string; readonly disclosures: readonly string[] }): string =>
  [parts.jwt, ...parts.disclosures, ""].join("~");

/** The statement with some of its sections, in the statement's own order; "" names the top-level disclosures. */
export function presentSections(statement: Statement, names: readonly string[]): string {
  const disclosures = names.includes("") ? statement.top.map(({ text }) => text) : [];
  for (const [name, section] of statement.sections) if (names.includes(name)) disclosures.push(...section.disclosures);
  return present({ jwt: statement.jwt, disclosures });
}
