import { fromUtf8 } from "../../bytes.ts";

/** Windows-1252 0x80 to 0x9f, in order; a byte without a character there stands for itself. */
const WESTERN =
  "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f" +
  "\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178";
const BYTE: ReadonlyMap<string, number> = new Map([...WESTERN].map((character, i) => [character, 0x80 + i]));

const LEAD = /[\u00c2-\u00f4]/;
const RUN = /[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]+/g;

function repaired(run: string): string {
  const bytes: number[] = [];
  for (const character of run) {
    const byte = BYTE.get(character) ?? character.charCodeAt(0);
    if (byte > 0xff) return run;
    bytes.push(byte);
  }
  return fromUtf8(Uint8Array.from(bytes)) ?? run;
}

/** UTF-8 that was read as Latin-1 or Windows-1252, read again as what it was; all else as it came. */
export const withoutMojibake = (text: string): string =>
  LEAD.test(text) ? text.replace(RUN, (run) => (run.length > 1 && LEAD.test(run) ? repaired(run) : run)) : text;
