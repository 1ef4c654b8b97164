import { byCell, type Counted } from "./counted.ts";

const margins = ({ leaf }: Counted): string[] =>
  [leaf.industry, "*"].flatMap((industry) =>
    [leaf.country, "*"].flatMap((country) => [leaf.tier, "*"].map((tier) => `filter ${industry}/${country}/${tier}`)),
  );

/** Five contributors, none with more than a quarter: the withdrawn safety zone that tables by filter usually keep to. */
function isSafe(own: readonly Counted[]): boolean {
  const perSponsor = [...Map.groupBy(own, ({ sponsor }) => sponsor).values()].map(({ length }) => length);
  return perSponsor.length >= 5 && 4 * Math.max(...perSponsor) <= own.length;
}

/** The same records as a table for every filter by industry, country and tier would publish them, beside what they are in. */
export function withFilters(counted: readonly Counted[]): Counted[] {
  const tables = byCell(counted.map((one) => ({ ...one, cells: margins(one) })));
  const shown = new Set([...tables].filter(([, own]) => isSafe(own)).map(([name]) => name));
  return counted.map((one) => ({ ...one, cells: [...one.cells, ...margins(one).filter((name) => shown.has(name))] }));
}
