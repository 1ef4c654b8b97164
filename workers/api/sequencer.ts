import type { Sequencing } from "@quasarix/shared/log/append.ts";
import type { ApiSlice } from "../env.ts";

/** The log's one sequencer. */
export const sequencerOf = ({ SEQUENCER, ORIGIN }: Pick<ApiSlice, "SEQUENCER" | "ORIGIN">): Sequencing =>
  SEQUENCER.get(SEQUENCER.idFromName(ORIGIN)) as unknown as Sequencing;
