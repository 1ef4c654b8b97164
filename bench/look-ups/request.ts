/** Opens the sites of these numbers (synthetic.ts). */
export interface FillRequest {
  readonly do: "fill";
  readonly from: number;
  readonly count: number;
}

/** Looks up `count` sites of a registry of `size`, spelled again, all in one go. */
export interface LookUpRequest {
  readonly do: "look-up";
  readonly size: number;
  readonly seed: number;
  readonly count: number;
}

export type LookUpsRequest = FillRequest | LookUpRequest;

export interface LookUpReply {
  /** Rows of the index that were read, over all. */
  readonly rows: number;
  /** Sites that were compared, of each place. */
  readonly sites: readonly number[];
  /** Of how many the site was among the answers, and of how many it was the first, as `same`. */
  readonly found: number;
  readonly same: number;
  /** Another site, as `same`. */
  readonly wrong: number;
}
