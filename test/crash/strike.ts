import { plantFault as plantInSequencer } from "../../workers/sequencer/fault.ts";
import { type Pause, plantFault } from "../../workers/store/fault.ts";

export const planted = () => Promise.reject(new Error("planted"));

/** Nothing strikes any more. */
export function spare(): void {
  plantFault(null);
  plantInSequencer(null);
}

/** Strikes at the first time this pause is reached, and never again. */
export function strike(name: Pause, disaster: () => Promise<void>): { readonly reached: () => boolean } {
  let isReached = false;
  plantFault({
    pause: async (at) => {
      if (at !== name || isReached) return;
      isReached = true;
      await disaster();
    },
  });
  // Only a reply that decides nothing leads to a second append.
  if (name === "append-again") {
    let isStale = false;
    plantInSequencer({
      pause: async (at) => {
        if (at !== "commit" || isStale) return;
        isStale = true;
        await planted();
      },
    });
  }
  return { reached: () => isReached };
}
