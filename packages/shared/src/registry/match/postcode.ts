/** How postcodes are written where they are more than one group of digits, in `plain` text. */
const FORMS: { readonly [country: string]: RegExp } = {
  BR: /\b(\d{5})-(\d{3})\b/,
  CA: /\b([a-z]\d[a-z])[ -]?(\d[a-z]\d)\b/,
  GB: /\b([a-z]{1,2}\d[a-z\d]?) ?(\d[a-z]{2})\b/,
  IN: /\b([1-9]\d{2})[ -]?(\d{3})\b(?!.*\d{6})/,
  JP: /\b(\d{3})-(\d{4})\b/,
  NL: /\b(\d{4}) ?([a-z]{2})\b/,
  PL: /\b(\d{2})-(\d{3})\b/,
  PT: /\b(\d{4})-(\d{3})\b/,
  US: /\b(\d{5})-\d{4}\b/,
};

export interface WithoutPostcode {
  readonly text: string;
  readonly postcode: string | null;
}

/** Takes a postcode in its country's own form out of an address in `plain` text. */
export function cutPostcode(text: string, country: string | null): WithoutPostcode {
  const found = country === null ? null : (FORMS[country]?.exec(text) ?? null);
  if (!found || found.index < 6) return { text, postcode: null };
  const rest = `${text.slice(0, found.index)} , ${text.slice(found.index + found[0].length)}`;
  return { text: rest, postcode: `${found[1] ?? ""}${found[2] ?? ""}` };
}

/** A postcode cell: letters and digits only; of the US the first five. */
export function postcodeOf(text: string): string | null {
  const bare = text.toLowerCase().replace(/[^a-z0-9]/g, "");
  return bare === "" ? null : /^\d{9}$/.test(bare) ? bare.slice(0, 5) : bare;
}
