/** What each letter from a to z sounds like where nothing follows that changes it. */
const LETTERS = "abkdefghiiklmnopkrstuvvsis";
const VOWELS = "aeiou";
const DIGIT = /[0-9]/;

function letterAt(word: string, i: number): string {
  const letter = word.charAt(i);
  const next = word.charAt(i + 1);
  if (letter === "p" && next === "h") return "f";
  if (letter === "c" && (next === "h" || next === "i")) return "c";
  if (DIGIT.test(letter)) return letter;
  return LETTERS.charAt(letter.charCodeAt(0) - 97);
}

/** A word as it sounds when spelt in haste: one spelling for `mueller`, `muller` and `muler`; vowels count at its beginning only. */
export function soundOf(word: string): string {
  let sound = "";
  for (let i = 0; i < word.length; i++) {
    const letter = letterAt(word, i);
    const silent = sound !== "" && (letter === "h" || VOWELS.includes(letter));
    if (letter !== "" && !silent && !sound.endsWith(letter)) sound += letter;
  }
  return sound;
}

/** Could two words sound alike, by how they begin? */
export const beginAlike = (a: string, b: string): boolean => a[0] === b[0] || letterAt(a, 0) === letterAt(b, 0);
