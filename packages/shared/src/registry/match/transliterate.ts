/** Each row: the letters of a script in order, and what each is written as; `-` is nothing. */
const ROWS: readonly (readonly [string, string])[] = [
  ["абвгдежзийклмнопрстуфх", "a b v g d e zh z i i k l m n o p r s t u f kh"],
  ["цчшщъыьэюяёєіїґўђјљњћџѓќѕ", "ts ch sh shch - y - e yu ya e ye i i g u dj j lj nj c dz gj kj dz"],
  ["αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o"],
  ["ßæøœđðłþıħŋŧəĸ", "ss ae o oe d d l th i h n t a k"],
];

const LETTERS: ReadonlyMap<string, string> = new Map(
  ROWS.flatMap(([letters, written]) => {
    const each = written.split(" ");
    return [...letters].map((letter, i) => [letter, each[i] === "-" ? "" : (each[i] ?? "")] as const);
  }),
);

/** The zero of each script whose digits are met in addresses. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0x1040, 0x17e0];

function digit(character: string): string | null {
  const code = character.charCodeAt(0);
  const zero = ZEROS.find((it) => code >= it && code < it + 10);
  return zero === undefined ? null : String(code - zero);
}

const OTHER = /[^\x20-\x7e\u3000-\u9fff\uac00-\ud7af]/gu;

/** Lower-case text with Latin, Cyrillic and Greek letters as plain a to z, and digits as 0 to 9; other scripts as they are. */
export const transliterate = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(OTHER, (character) => LETTERS.get(character) ?? digit(character) ?? character)
    .normalize("NFC");
