import type { Bar, Chart } from "./chart.ts";
import { percentText } from "./percent.ts";

const NARROWEST = 10;
const WIDEST = 60;

/** `=====##---`: `#` from the margin's lower end to the share, `-` from there to its upper end. No colour is needed. */
function barText({ low, high, share }: Bar, width: number): string {
  const at = (percent: number): number => Math.round((width * percent) / 100);
  const [sure, shown, most] = [at(low), at(share.percent), at(high)];
  return `${"=".repeat(sure)}${"#".repeat(shown - sure)}${"-".repeat(most - shown)}`;
}

/** The chart with its table beside it, no line wider than `columns` where its words allow. Ends in LF. */
export function chartText(chart: Chart, columns: number): string {
  const words = [...chart.bars.map(({ label }) => label), ...chart.rows.map(([name]) => name)];
  const left = Math.max(...words.map((word) => word.length));
  const right = Math.max(...chart.bars.map(({ share }) => percentText(share).length));
  const width = Math.min(WIDEST, Math.max(NARROWEST, columns - left - right - 6));
  const bars = chart.bars.map((bar) => {
    const figure = percentText(bar.share).padStart(right);
    return `  ${bar.label.padEnd(left)}  ${figure}  ${barText(bar, width)}`.trimEnd();
  });
  const rest = chart.rows.slice(chart.bars.length).map(([name, says]) => `  ${name.padEnd(left)}  ${says}`);
  return `${[chart.title, ...bars, ...rest].join("\n")}\n`;
}

/** Words at most `columns` wide, one line a part. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
