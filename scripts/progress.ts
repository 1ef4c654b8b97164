import { terminal } from "@quasarix/client/cli/terminal.ts";
import type { Progress } from "@quasarix/client/whole-log.ts";

export interface Steps {
  readonly progress: Progress;
  end(): void;
}

/** The command line's bar where there is a terminal; elsewhere a line when a step begins and one when it is done. */
export function steps(err: NodeJS.WriteStream): Steps {
  if (err.isTTY) {
    const { progress, endProgress } = terminal(false, err);
    return { progress, end: endProgress };
  }
  let last = "";
  return {
    progress(step, done, of) {
      const line = `${step} ${done < of ? "..." : `${done}/${of}`}`;
      if (line !== last) err.write(`${line}\n`);
      last = line;
    },
    end: () => {},
  };
}
