/** A size or index in text (FORMATS, head): ASCII decimal without leading zeros, at most 2^53-1; else null. */
export function parseCount(text: string): number | null {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}
