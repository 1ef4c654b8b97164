/** Columns for people, two spaces apart; a header that is empty throughout is left out. Ends in LF. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const shown = header.some((name) => name !== "") ? [header, ...rows] : rows;
  if (shown.length === 0) return "";
  const widths = header.map((_, column) => Math.max(...shown.map((row) => printable(row[column] ?? "").length)));
  const lines = shown.map((row) =>
    row
      .map((cell, column) => printable(cell).padEnd(widths[column] as number))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}

/** Another's text must not steer our terminal. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\u{fffd}");
