import { type Bar, type Chart, chartSays } from "./chart.ts";
import { wrapped } from "./chart-text.ts";

const TOP = 40;
const BAR = 24;
const LINE = 18;
const LABELS = 190;
const BARS = 300;
const TABLE = LABELS + BARS + 30;
const WIDTH = TABLE + 150 + 410;
const NOTE_LETTERS = 130;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Another's words as text of XML; characters that XML has no place for are shown as missing. */
const xml = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "\ufffd").replace(/[&<>"]/g, (found) => ENTITIES[found] as string);

const text = (x: number, y: number, says: string, more = ""): string =>
  `<text x="${x}" y="${y}"${more}>${xml(says)}</text>`;

/** The share in full, the margin as a line across its end: told apart without colour. */
function barSvg({ label, share, low, high }: Bar, y: number): string {
  const at = (percent: number): number => LABELS + Math.round((BARS * percent) / 100);
  const middle = y + 8;
  const ends = `M${at(low)} ${middle - 5}v10M${at(high)} ${middle - 5}v10`;
  return [
    text(LABELS - 8, y + 12, label, ' text-anchor="end"'),
    `<rect x="${LABELS}" y="${y}" width="${at(share.percent) - LABELS}" height="16" fill="#5b7c99"/>`,
    `<path d="M${at(low)} ${middle}H${at(high)}${ends}" stroke="#111" stroke-width="1.5" fill="none"/>`,
  ].join("");
}

/**
 * The chart with its table beside it, in one drawing that needs no script, font or style sheet from elsewhere. For who does not
 * see it, the description says every figure. `id` tells the charts of one page apart.
 */
export function chartSvg(chart: Chart, id = "chart"): string {
  const bars = chart.bars.map((bar, i) => barSvg(bar, TOP + i * BAR));
  const rows = chart.rows.map(([name, says], i) => {
    const y = TOP + i * LINE + 12;
    return text(TABLE, y, name) + text(TABLE + 150, y, says);
  });
  const notes = chart.notes.flatMap((note) => wrapped(note, NOTE_LETTERS));
  const under = TOP + Math.max(chart.bars.length * BAR, chart.rows.length * LINE) + 24;
  const height = under + notes.length * LINE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-desc" font-family="sans-serif" font-size="12">`,
    `<title id="${id}-title">${xml(chart.title)}</title>`,
    `<desc id="${id}-desc">${xml([chartSays(chart), ...chart.notes].join(" "))}</desc>`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    text(8, 22, chart.title, ' font-size="15" font-weight="bold"'),
    ...bars,
    ...rows,
    ...notes.map((note, i) => text(8, under + i * LINE, note, ' font-size="11"')),
    "</svg>",
    "",
  ].join("\n");
}
