import * as z from "zod";

// A control byte in a record is never meant: it breaks terminals, CSV exports and the signed notes that quote it.
const CONTROL = /[^\P{Cc}\t\n\r]|\ufeff/u;
const LINE = /[\p{Cc}\p{Zl}\p{Zp}\ufeff]/u;

const wellFormed = (text: string) => text.isWellFormed();

/** One line of text for people: not empty, no control characters, at most `limit` UTF-16 units. */
export const lineText = (limit: number) =>
  z
    .string()
    .min(1)
    .max(limit)
    .refine((text) => wellFormed(text) && !LINE.test(text), { error: "must be one line without control characters" });

/** Text for people that may hold line breaks and tabs, at most `limit` UTF-16 units. */
export const plainText = (limit: number) =>
  z
    .string()
    .min(1)
    .max(limit)
    .refine((text) => wellFormed(text) && !CONTROL.test(text), { error: "must hold no control characters" });

/** A code of ours or of a scheme's: letters, digits and `. _ : / -`, no spaces. */
export const codeText = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$/, {
  error: "must be a code of letters, digits and `. _ : / -`",
});
