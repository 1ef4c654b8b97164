import * as z from "zod";
import { fail, ok, type Result } from "../result.ts";

export type IdentifierRefusal = "unknown-scheme" | "form" | "check-digit";

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The last character of an OS ID, from its first fourteen; null where one of them is outside Crockford's alphabet. */
function osIdCheck(id: string): string | null {
  let sum = id.charCodeAt(0) + id.charCodeAt(1);
  for (const symbol of id.slice(2, 14)) {
    const value = CROCKFORD.indexOf(symbol);
    if (value < 0) return null;
    sum += value;
  }
  return CROCKFORD.charAt(sum % 32);
}

/** ISO 7064 mod 97-10 over the LEI with letters as 10 to 35: the remainder is 1. */
function leiFits(lei: string): boolean {
  let remainder = 0;
  for (const symbol of lei) {
    const value = Number.parseInt(symbol, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** GS1 mod 10: weights 1 and 3 from the left over thirteen digits. */
function glnFits(gln: string): boolean {
  let sum = 0;
  for (let i = 0; i < 13; i++) sum += Number(gln[i]) * (i % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}

interface Scheme {
  readonly form: RegExp;
  readonly says: string;
  readonly fits?: (value: string) => boolean;
}

const SCHEMES = {
  osid: {
    form: /^[A-Z]{2}[0-9]{7}[A-Z0-9]{6}$/,
    says: "15 characters: two letters, seven digits, six letters or digits",
    fits: (id) => osIdCheck(id) === id[14],
  },
  lei: { form: /^[0-9A-Z]{18}[0-9]{2}$/, says: "18 capitals or digits and two check digits", fits: leiFits },
  gln: { form: /^[0-9]{13}$/, says: "13 digits", fits: glnFits },
  duns: { form: /^[0-9]{9}$/, says: "9 digits" },
  amfori: { form: /^[0-9]{3}-[0-9]{6}-[0-9]{3}$/, says: "`NNN-NNNNNN-NNN`" },
  sedex: { form: /^Z[CS][0-9]{1,15}$/, says: "`ZC` or `ZS` and digits" },
  bpnl: { form: /^BPNL[0-9A-Z]{12}$/, says: "`BPNL` and 12 capitals or digits" },
} as const satisfies Record<string, Scheme>;

export type IdentifierScheme = keyof typeof SCHEMES;
const IDENTIFIER_SCHEMES = Object.keys(SCHEMES) as readonly IdentifierScheme[];

/** An identifier that only one list or authority gives out: kept as it came, never checked. */
const LOCAL = /^local:[a-z0-9][a-z0-9-]{0,63}$/;
const LOCAL_VALUE = /^[\x21-\x7e][\x20-\x7e]{0,62}$/;

const knownScheme = (scheme: string): Scheme | null =>
  Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme as IdentifierScheme] : null;

/** The value as given when its form and check digits hold (FIELD 3). Nothing is repaired: a spelling is the writer's to mend. */
export function checkIdentifier(scheme: string, value: string): Result<string, IdentifierRefusal> {
  if (LOCAL.test(scheme)) return LOCAL_VALUE.test(value) ? ok(value) : fail("form");
  const known = knownScheme(scheme);
  if (!known) return fail("unknown-scheme");
  if (!known.form.test(value)) return fail("form");
  return !known.fits || known.fits(value) ? ok(value) : fail("check-digit");
}

/** One sentence for the person who typed it. */
export function identifierProblem(scheme: string, value: string, refusal: IdentifierRefusal): string {
  switch (refusal) {
    case "unknown-scheme":
      return `\`${scheme}\` is not one of ${IDENTIFIER_SCHEMES.join(", ")} or local:<name>`;
    case "form":
      return `\`${value}\` is not a ${scheme} identifier: ${knownScheme(scheme)?.says ?? "up to 63 printable ASCII characters"}`;
    case "check-digit":
      return `\`${value}\` has the form of a ${scheme} identifier but its check digit does not fit`;
  }
}

export const identifier = z.strictObject({ scheme: z.string().max(80), value: z.string().max(80) }).check((context) => {
  const { scheme, value } = context.value;
  const checked = checkIdentifier(scheme, value);
  if (checked.ok) return;
  const message = identifierProblem(scheme, value, checked.failure);
  context.issues.push({ code: "custom", input: context.value, path: ["value"], message });
});
