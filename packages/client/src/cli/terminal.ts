import type { Progress } from "../whole-log.ts";

/** Where a command is typed. */
export interface Terminal {
  readonly isJson: boolean;
  /** A line on standard error, beside the answer: never part of it. */
  note(line: string): void;
  /** A bar on standard error, on a TTY only. */
  readonly progress: Progress;
  endProgress(): void;
}

const WIDTH = 30;
const EVERY_MS = 80;

export function terminal(isJson: boolean, err: NodeJS.WriteStream): Terminal {
  let shown = 0;
  let isOpen = false;
  const clear = (): void => {
    if (isOpen) err.write("\r\u001b[K");
    isOpen = false;
  };
  return {
    isJson,
    note: (line) => {
      clear();
      if (!isJson) err.write(`${line}\n`);
    },
    progress: (step, done, of) => {
      const now = Date.now();
      if (!err.isTTY || isJson || (done < of && now - shown < EVERY_MS)) return;
      shown = now;
      isOpen = true;
      const filled = of === 0 ? WIDTH : Math.round((WIDTH * Math.min(done, of)) / of);
      err.write(`\r${step.padEnd(12)} [${"#".repeat(filled)}${".".repeat(WIDTH - filled)}] ${done}/${of}\u001b[K`);
    },
    endProgress: clear,
  };
}
