/** What is known of a site when two are compared: `SitePlace`, or a row of anybody's list. */
export interface MatchPlace {
  readonly name: string;
  readonly address?: string | undefined;
  readonly city?: string | undefined;
  readonly region?: string | undefined;
  readonly postcode?: string | undefined;
  /** ISO 3166-1 alpha-2, or the country's name. */
  readonly country?: string | undefined;
  /** Degrees, WGS 84; both or neither. */
  readonly lat?: number | undefined;
  readonly lon?: number | undefined;
  readonly identifiers?: readonly { readonly scheme: string; readonly value: string }[] | undefined;
}
