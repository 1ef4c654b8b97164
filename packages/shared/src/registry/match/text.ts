import { withoutMojibake } from "./mojibake.ts";
import { transliterate } from "./transliterate.ts";

const PLAIN = /^[\x20-\x7e]*$/;
const MARK_IN_WORD = /(?<=\p{L})[?\ufffd](?=\p{L})/gu;
const APOSTROPHE = /['`\u2018\u2019\u02bc\u00b4\u2032]/g;
const SPACED = /(?<![\p{L}\p{N}])\p{L}(?:[ .]\p{L}(?![\p{L}\p{N}])){2,}/gu;
const MAY_BE_SPACED = /\w[ .]\w[ .]\w|[^\x20-\x7e]/;
const INITIALS = /(?<![\p{L}\p{N}])(?:\p{L}\.)+\p{L}(?![\p{L}\p{N}])/gu;
const NUMBER_SIGN = /n[°º](?!\p{L})/giu;
const FORM_AT_END = /^(.{2,}?)(pvtltd|coltd|ltd|llc|inc|gmbh|corp|limited|sdnbhd|ptyltd)$/;

/** Letters that stood apart, together: a legal form at their end is a word of its own. */
const together = (run: string): string => run.replace(/[ .]/g, "").replace(FORM_AT_END, "$1 $2");

/** Lower case, unspoilt, in plain letters; punctuation stays. */
export function plain(text: string): string {
  const marked = text.includes("?") || text.includes("\ufffd") ? text.replace(MARK_IN_WORD, "") : text;
  if (PLAIN.test(marked)) return marked.replace(APOSTROPHE, "").toLowerCase();
  const whole = withoutMojibake(marked.normalize("NFC")).normalize("NFKC");
  // By way of capitals, since some letters become two there and none may depend on how it was written.
  const lower = whole.replace(APOSTROPHE, "").replace(NUMBER_SIGN, "no ").toUpperCase().toLowerCase();
  return transliterate(lower);
}

/** "s.a." as "sa". */
export const withoutPoints = (text: string): string =>
  text.includes(".") ? text.replace(INITIALS, (run) => run.replaceAll(".", "")) : text;

/**
 * Text as it is compared: `plain`, letters that were spaced out or had points between them joined ("S.A." is "sa",
 * "A B C  L T D" is "abc ltd"), everything that is neither letter nor digit a single space.
 */
export function fold(text: string): string {
  const pointless = withoutPoints(plain(text));
  const joined = MAY_BE_SPACED.test(pointless) ? pointless.replace(SPACED, together) : pointless;
  const words = joined.includes("&") ? joined.replaceAll("&", " and ") : joined;
  return words.replace(PLAIN.test(words) ? /[^a-z0-9]+/g : /[^\p{L}\p{N}]+/gu, " ").trim();
}

/** The words of folded text. */
export const wordsOf = (folded: string): readonly string[] => (folded === "" ? [] : folded.split(" "));
