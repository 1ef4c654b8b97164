import { INITIALS, LEGAL_FORMS, nameWord, SMALL_WORDS, TRADE_WORDS } from "./name-words.ts";
import { fold, wordsOf } from "./text.ts";

/** Legal forms of scripts without spaces; they stand at either end of a name. */
const EAST =
  /股份有限公司|有限责任公司|有限責任公司|有限公司|株式会社|株式會社|有限会社|合同会社|주식회사|유한회사|公司|\(주\)/gu;
const EAST_WORD = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{3,}/u;

/** A word without spaces inside stands for its pairs of letters, so that two spellings can share some. */
function pairsOf(word: string): string[] {
  const letters = [...word];
  return letters.slice(1).map((letter, i) => `${letters[i]}${letter}`);
}

const COMMON: ReadonlySet<string> = new Set([...TRADE_WORDS].map(nameWord));

/** Does the word (as `nameTokens` gives it) name a trade or a region rather than a company? */
export const isTradeWord = (token: string): boolean => COMMON.has(token);

/**
 * What tells one name from another: its words in order, each once, without legal forms and small words, in their
 * plainest spelling. A name that is nothing but such words keeps all of them.
 */
export function nameTokens(name: string): readonly string[] {
  const words = wordsOf(fold(name.replace(EAST, " ")));
  const telling = words.filter((word) => !LEGAL_FORMS.has(word) && !SMALL_WORDS.has(word));
  const own = telling.some((word) => !isTradeWord(nameWord(word)));
  const more = own ? telling : words.filter((word) => telling.includes(word) || INITIALS.has(word));
  const kept = more.length > 0 ? more : words;
  const tokens = kept.flatMap((word) => (EAST_WORD.test(word) ? pairsOf(word) : [nameWord(word)]));
  return [...new Set(tokens)];
}
