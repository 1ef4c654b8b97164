import type { Place } from "./small-world.ts";

type Axes = readonly (readonly [name: string, values: readonly string[]])[];

/** Every place of the product of all axes. */
export function* places(axes: Axes, so: Place = {}): Generator<Place> {
  const [axis, ...rest] = axes;
  if (!axis) {
    yield so;
    return;
  }
  for (const value of axis[1]) yield* places(rest, { ...so, [axis[0]]: value });
}

/**
 * What is said at each place, without loss: values of an axis under which all is the same share a branch, and an axis
 * that makes no difference is not asked. One line says `axis value, value: leaf`, or its branches stand indented below.
 */
export function mergedTree(axes: Axes, saidAt: (place: Place) => string, so: Place = {}): readonly string[] {
  const [axis, ...rest] = axes;
  if (!axis) return [saidAt(so)];
  const [name, values] = axis;
  const branches = Map.groupBy(values, (value) => mergedTree(rest, saidAt, { ...so, [name]: value }).join("\n"));
  if (branches.size === 1) return [...branches.keys()].join().split("\n");
  const largest = [...branches.values()].reduce((most, shared) => (shared.length > most.length ? shared : most));
  const others = largest.length > 2 ? largest : null;
  // The rest comes last.
  const ordered = [...branches].sort(([, a], [, b]) => Number(a === others) - Number(b === others));
  return ordered.flatMap(([below, shared]) => {
    const line = `${name}: ${shared === others ? "any other" : shared.join(" | ")}`;
    const lines = below.split("\n");
    return lines.length === 1 ? [`${line} -> ${below}`] : [line, ...lines.map((text) => `  ${text}`)];
  });
}
