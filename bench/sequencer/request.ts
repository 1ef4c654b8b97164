export interface SequencerRequest {
  /** Items one call appends. */
  readonly batch: number;
  /** Calls that wait for their receipts at the same time. */
  readonly callers: number;
  readonly seconds: number;
}

export interface SequencerReply {
  readonly appended: number;
  readonly seconds: number;
  /** Ascending. */
  readonly latenciesMs: readonly number[];
}
