import type { MatchPlace } from "./place.ts";

const EARTH = 6_371_000;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Metres between two places on a sphere, whole; null where either has no coordinates, or the 0, 0 of an empty cell. */
export function metresBetween(a: MatchPlace, b: MatchPlace): number | null {
  const [from, to] = [pointOf(a), pointOf(b)];
  if (!from || !to) return null;
  const [lat, lon] = [radians(to[0] - from[0]), radians(to[1] - from[1])];
  const half = Math.sin(lat / 2) ** 2 + Math.cos(radians(from[0])) * Math.cos(radians(to[0])) * Math.sin(lon / 2) ** 2;
  return Math.round(2 * EARTH * Math.asin(Math.min(1, Math.sqrt(half))));
}

function pointOf({ lat, lon }: MatchPlace): readonly [number, number] | null {
  if (lat === undefined || lon === undefined || !Number.isFinite(lat + lon)) return null;
  return lat === 0 && lon === 0 ? null : [lat, lon];
}
