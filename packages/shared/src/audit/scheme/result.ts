import type { Scale, Scheme } from "./scheme.ts";

/** As in section `scores`: the scheme's own scale, and the value on it. */
export interface Result {
  readonly scale: string;
  readonly value: string | number;
}

/** Of a value on its own scale; null for a value that the scale does not have. */
const placeOn = (scale: Scale, value: string | number): number | null => {
  if (scale.kind === "grades") {
    const at = scale.worstFirst.findIndex((grade) => grade.toLowerCase() === String(value).toLowerCase());
    return at === -1 ? null : at;
  }
  const number = typeof value === "number" ? value : Number(value);
  return Number.isFinite(number) && number >= scale.least && number <= scale.most ? number : null;
};

/** Is `got` at least `minimum`? Null where they cannot be compared: another scale, or a value that is not on it. */
export function atLeast(scheme: Scheme | null, got: Result, minimum: Result): boolean | null {
  if (got.scale !== minimum.scale) return null;
  const scale = scheme?.scales.find(({ id }) => id === got.scale);
  if (!scale) return null;
  const [own, least] = [placeOn(scale, got.value), placeOn(scale, minimum.value)];
  return own === null || least === null ? null : own >= least;
}

/** For a message that says what would be allowed; null where the value is on one of the scheme's scales. */
export function offScale(scheme: Scheme, result: Result): string | null {
  if (scheme.scales.length === 0) return `${scheme.name} has no overall result`;
  const scale = scheme.scales.find(({ id }) => id === result.scale);
  if (!scale) return `the scales of ${scheme.name} are ${scheme.scales.map(({ id }) => id).join(", ")}`;
  if (placeOn(scale, result.value) !== null) return null;
  return scale.kind === "grades"
    ? `the grades of ${scheme.name} are ${scale.worstFirst.join(", ")}, the worst first`
    : `the results of ${scheme.name} lie between ${scale.least} and ${scale.most}`;
}
