import type { Sequencing } from "@quasarix/shared/log/append.ts";
import type { ApiSlice } from "../env.ts";

/** The log's one sequencer. */
export const sequencerOf = ({ SEQUENCER, ORIGIN }: Pick<ApiSlice, "SEQUENCER" | "ORIGIN">): Sequencing =>
  SEQUENCER.getByName(ORIGIN);
