import {
  AREA_ENDINGS,
  AREA_WORDS,
  DIRECTIONS,
  LABELS,
  LANDMARK_WORDS,
  NUMBER_WORDS,
  ORDINAL,
  ORDINAL_WORDS,
  STREET_AFTER,
  STREET_BEFORE,
} from "./address-words.ts";
import { withoutPoints } from "./text.ts";

export type Piece =
  /** A number as written, and what it is the number of; null where nothing says so, "no" where only that. */
  | { readonly is: "number"; readonly value: string; readonly label: string | null }
  | { readonly is: "street"; readonly code: string }
  | { readonly is: "direction"; readonly code: string }
  | { readonly is: "area"; readonly word: string }
  | { readonly is: "word"; readonly word: string }
  | { readonly is: "break" };

const TOKEN = /[\p{L}\p{N}]+|[,;()/&#-]/gu;
const GLUED = /^(\p{L}{2,})(\d[\p{L}\d]*)$/u;
const RUN_ON = /^(\d+)(?!st$|nd$|rd$|th$)(\p{L}{3,})$/u;
const COMPOUND = /^(.{3,}?)(strasse|strase|straat|str|gatan|gade)$/;
const LETTER = /^[a-z]$/;
const VALUE = /^(?=.*\d)[\p{L}\d]+$/u;
/** Labels that may be followed by a letter or a roman number instead of a number. */
const LETTERED = new Set([
  "block",
  "building",
  "unit",
  "phase",
  "zone",
  "gate",
  "wing",
  "tower",
  "section",
  "lot",
  "plot",
  "shed",
  "hall",
  "warehouse",
]);
const ROMAN: ReadonlyMap<string, string> = new Map(
  ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"].map((roman, i) => [roman, String(i + 1)]),
);
const BREAKS = new Set([",", ";", "(", ")"]);
const JOINS = new Set(["-", "/", "&", "and"]);

const EAST_PART = /([省市区區縣县镇鎮乡鄉村路街道巷弄楼樓栋棟室府町丁目])(?=[\p{L}\p{N}])/gu;
const EAST_NUMBER = /(\d+)\s*[号號番地]+/gu;

/** Spaces between the parts of an address in Chinese or Japanese. */
const spaced = (text: string): string =>
  /[\u3400-\u9fff]/.test(text)
    ? text
        .replace(EAST_NUMBER, " $1 ")
        .replace(EAST_PART, "$1 ")
        .replace(/(\p{L})(\d)/gu, "$1 $2")
    : text;

/** Letters and digits that belong together, and the marks between them. */
function tokensOf(text: string): string[] {
  const whole = spaced(withoutPoints(text)).replace(/(?<!\p{L})c\//gu, "calle ");
  const tokens: string[] = [];
  for (const token of whole.match(TOKEN) ?? []) {
    const glued = GLUED.exec(token);
    const runOn = RUN_ON.exec(token);
    const compound = COMPOUND.exec(token);
    if (glued) tokens.push(glued[1] as string, glued[2] as string);
    else if (runOn) tokens.push(runOn[1] as string, runOn[2] as string);
    else if (compound) tokens.push(compound[1] as string, "st");
    else tokens.push(ORDINAL_WORDS.get(token) ?? token);
  }
  return tokens;
}

const withoutZeros = (value: string): string => value.replace(/^0+(?=\d)/, "");

/** Reads tokens from left to right; `at` is the next. */
class Reader {
  readonly pieces: Piece[] = [];
  readonly #tokens: readonly string[];
  #at = 0;
  #landmark = false;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  #peek(ahead = 0): string {
    return this.#tokens[this.#at + ahead] ?? "";
  }

  /** The value that begins at the next token, "12", "a-12" or (where a label allows it) "b" or "iii"; its length in tokens. */
  #value(ahead: number, lettered: boolean): { readonly value: string; readonly length: number } | null {
    const first = this.#peek(ahead);
    if (LETTER.test(first) && this.#peek(ahead + 1) === "-" && /^\d/.test(this.#peek(ahead + 2)))
      return { value: first + this.#peek(ahead + 2), length: 3 };
    if (VALUE.test(first) && !ORDINAL.test(first)) return { value: withoutZeros(first), length: 1 };
    if (!lettered) return null;
    const roman = ROMAN.get(first);
    return roman || LETTER.test(first) ? { value: roman ?? first, length: 1 } : null;
  }

  /** Values joined by `-`, `/` or `&`, under one label. */
  #values(from: number, label: string | null): boolean {
    let ahead = from;
    const lettered = label !== null && LETTERED.has(label);
    let found = this.#value(ahead, lettered);
    if (!found) return false;
    while (found) {
      this.pieces.push({ is: "number", value: found.value, label });
      ahead += found.length;
      const join = JOINS.has(this.#peek(ahead)) ? 1 : 0;
      found = join > 0 ? this.#value(ahead + join, false) : null;
      if (found) ahead += join;
    }
    this.#at += ahead;
    return true;
  }

  #skipNumberWords(from: number): number {
    let ahead = from;
    while (NUMBER_WORDS.has(this.#peek(ahead)) || this.#peek(ahead) === "#" || this.#peek(ahead) === "-") ahead++;
    return ahead;
  }

  #labelled(): boolean {
    const token = this.#peek();
    const label = LABELS.get(token);
    if (label) return this.#values(this.#skipNumberWords(1), label);
    const numbered = this.#skipNumberWords(0);
    if (numbered > 0 && token !== "-") return this.#values(numbered, "no");
    const street = STREET_AFTER.get(token);
    const after = this.#skipNumberWords(1);
    return street !== undefined && after > 1 && this.#peek(1) !== "-" && this.#values(after, street);
  }

  /** "3rd floor", "2/F", "12F". */
  #floor(): boolean {
    const [first, second, third] = [this.#peek(), this.#peek(1), this.#peek(2)];
    const glued = /^(\d{1,2})f$/.exec(first);
    const number = /^(\d{1,3})(st|nd|rd|th)?$/.exec(first);
    const spelt = LABELS.get(second) === "floor" ? 2 : second === "/" && third === "f" ? 3 : 0;
    const value = glued?.[1] ?? (spelt > 0 ? number?.[1] : undefined);
    if (value === undefined) return false;
    this.pieces.push({ is: "number", value, label: "floor" });
    this.#at += glued ? 1 : spelt;
    return true;
  }

  #word(token: string): Piece | null {
    if (LANDMARK_WORDS.has(token) && this.pieces.length > 0) this.#landmark = true;
    if (BREAKS.has(token)) {
      this.#landmark = false;
      return { is: "break" };
    }
    if (!/[\p{L}\p{N}]/u.test(token)) return null;
    if (this.#landmark) return { is: "area", word: token };
    const street = STREET_AFTER.get(token) ?? STREET_BEFORE.get(token);
    if (street) return { is: "street", code: street };
    if (AREA_ENDINGS.has(token) && this.#peek(-1) === "-") return { is: "area", word: token };
    const direction = DIRECTIONS.get(token);
    if (direction) return { is: "direction", code: direction };
    return AREA_WORDS.has(token) || LABELS.has(token) ? { is: "area", word: token } : { is: "word", word: token };
  }

  read(): readonly Piece[] {
    while (this.#at < this.#tokens.length) {
      if (this.#floor() || this.#labelled() || this.#values(0, null)) continue;
      const piece = this.#word(this.#peek());
      if (piece) this.pieces.push(piece);
      this.#at++;
    }
    return this.pieces;
  }
}

/** An address in `plain` text, from left to right. */
export const addressPieces = (text: string): readonly Piece[] => new Reader(tokensOf(text)).read();
