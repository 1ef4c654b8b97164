import type { SitePlace } from "../registry/site.ts";

const WORDS = ["name", "address", "city", "region", "postcode"] as const;

/**
 * A place as everyone will read it: without what tells one member's list from another's. In capitals, without a vendor number
 * in the name or a sector, coordinates to ten metres. None of it is anything that a match goes by.
 */
export function asOpened({ lat, lon, sector: _, ...place }: SitePlace): SitePlace {
  const words = WORDS.flatMap((name) => (place[name] === undefined ? [] : [[name, capitals(place[name])] as const]));
  const opened = { ...place, ...Object.fromEntries(words) };
  const named = { ...opened, name: withoutNumber(opened.name) };
  return lat === undefined || lon === undefined ? named : { ...named, lat: tenMetres(lat), lon: tenMetres(lon) };
}

/** One letter for one letter: of "ß" none is made, so that no text outgrows its field. */
function capitals(text: string): string {
  const letters = [...text.normalize("NFC").replace(/\s+/gu, " ").trim()].map((letter) => {
    const capital = letter.toUpperCase();
    return capital.length === letter.length ? capital : letter;
  });
  return letters.join("");
}

// Five digits, or three in brackets or after a sign: a short number may be the number of a unit or a mill.
const NUMBER_LAST = /[\s/_-]+(?:[A-Z]{1,2}[-_]?)?\d{5,}$|\s*(?:[([]\s*|#\s*)[A-Z]{0,4}[-_ ]?\d{3,}\s*[)\]]?$/u;
const NUMBER_FIRST = /^#?\d{5,}[\s:/_-]+/u;

function withoutNumber(name: string): string {
  const rest = name.replace(NUMBER_FIRST, "").replace(NUMBER_LAST, "").trim();
  return /\p{L}/u.test(rest) ? rest : name;
}

const tenMetres = (degrees: number): number => Math.round(degrees * 1e4) / 1e4;
