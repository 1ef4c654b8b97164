import { withoutMojibake } from "./mojibake.ts";
import { transliterate } from "./transliterate.ts";

const PLAIN = /^[\x20-\x7e]*$/;
const MARK_IN_WORD = /(?<=\p{L})[?\ufffd](?=\p{L})/gu;
const APOSTROPHE = /['`\u2018\u2019\u02bc\u00b4\u2032]/g;
const SPACED = /(?<![\p{L}\p{N}])\p{L}(?:[ .]\p{L}(?![\p{L}\p{N}])){2,}/gu;
const INITIALS = /(?<![\p{L}\p{N}])(?:\p{L}\.)+\p{L}(?![\p{L}\p{N}])/gu;
const FORM_AT_END = /^(.{2,}?)(pvtltd|coltd|ltd|llc|inc|gmbh|corp|limited|sdnbhd|ptyltd)$/;

/** Letters that stood apart, together: a legal form at their end is a word of its own. */
const together = (run: string): string => run.replace(/[ .]/g, "").replace(FORM_AT_END, "$1 $2");

/** Lower case, unspoilt, in plain letters; punctuation stays. */
export function plain(text: string): string {
  const whole = PLAIN.test(text) ? text : withoutMojibake(text.normalize("NFC")).normalize("NFKC");
  const marked = whole
    .replace(MARK_IN_WORD, "")
    .replace(APOSTROPHE, "")
    .replace(/n[°º](?!\p{L})/giu, "no ");
  // By way of capitals, since some letters become two there and none may depend on how it was written.
  const lower = PLAIN.test(marked) ? marked.toLowerCase() : marked.toUpperCase().toLowerCase();
  return PLAIN.test(lower) ? lower : transliterate(lower);
}

/**
 * Text as it is compared: `plain`, letters that were spaced out or had points between them joined ("S.A." is "sa",
 * "A B C  L T D" is "abc ltd"), everything that is neither letter nor digit a single space.
 */
export const fold = (text: string): string =>
  plain(text)
    .replace(INITIALS, (run) => run.replaceAll(".", ""))
    .replace(SPACED, together)
    .replaceAll("&", " and ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** The words of folded text. */
export const wordsOf = (folded: string): readonly string[] => (folded === "" ? [] : folded.split(" "));
