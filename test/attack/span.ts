import { byCell, type Counted, leafName } from "./counted.ts";
import { isUnimodular, RowSpace } from "./row-space.ts";

/** Fewer than this many counted, or sponsors, is a group that no figure may be had of. */
export interface Floor {
  readonly counted: number;
  readonly sponsors: number;
}

export interface Spanned {
  /** Groups below the floor whose exact figure follows from the published ones by adding and subtracting. */
  readonly found: readonly string[];
  readonly numbers: number;
  readonly groupsTried: number;
  /** Of each two partitions at most: the answer is exact (row-space.ts). */
  readonly isExact: boolean;
}

/** Records that were counted in the very same numbers: whatever is added and subtracted, they stay together. */
interface Kin {
  readonly cells: readonly string[];
  size: number;
}

/** S4 over the published numbers of one metric, noise left away. `partitionOf`: which series a number is of. */
export function spanned(
  counted: readonly Counted[],
  floor: Floor,
  partitionOf: (cell: string) => string = () => "",
): Spanned {
  const kin = new Map<string, Kin>();
  const kinOf = (one: Counted): string => one.cells.join("\n");
  for (const one of counted) {
    const known = kin.get(kinOf(one));
    if (known) known.size++;
    else kin.set(kinOf(one), { cells: one.cells, size: 1 });
  }
  const columns = new Map([...kin.keys()].map((name, i) => [name, i]));
  const rows = rowsOf([...kin.values()]);
  const space = new RowSpace(columns.size, [...rows.values()]);

  /** Null: the group parts records that nothing parts. */
  const columnsOf = (group: readonly Counted[]): number[] | null => {
    const sizes = Map.groupBy(group, kinOf);
    for (const [name, own] of sizes) if (own.length !== kin.get(name)?.size) return null;
    return [...sizes.keys()].map((name) => columns.get(name) as number);
  };
  const groups = [...smallGroups(counted, floor)];
  const found = groups.filter(({ of }) => {
    const ones = columnsOf(of);
    return ones !== null && space.holds(ones);
  });
  const partitions = Map.groupBy(rows.keys(), partitionOf);
  const parts = [...partitions.values()].map((cells) => cells.map((cell) => rows.get(cell) as number[]));
  return {
    found: found.map(({ name }) => name),
    numbers: rows.size,
    groupsTried: groups.length,
    isExact: isUnimodular(columns.size, ...parts),
  };
}

function rowsOf(kin: readonly Kin[]): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  for (const [column, { cells }] of kin.entries())
    for (const cell of cells) rows.set(cell, [...(rows.get(cell) ?? []), column]);
  return rows;
}

interface Group {
  readonly name: string;
  readonly of: readonly Counted[];
}

/** Every published number, leaf and sponsor, every leaf's records of one sponsor, and every difference of two numbers that is a group. */
function* smallGroups(counted: readonly Counted[], floor: Floor): Generator<Group> {
  const isSmall = (of: readonly Counted[]): boolean =>
    of.length < floor.counted || new Set(of.map(({ sponsor }) => sponsor)).size < floor.sponsors;
  const kinds: [string, (one: Counted) => string][] = [
    ["leaf", ({ leaf }) => leafName(leaf)],
    ["sponsor", ({ sponsor }) => sponsor],
    ["leaf and sponsor", ({ leaf, sponsor }) => `${leafName(leaf)} of ${sponsor}`],
  ];
  for (const [kind, nameOf] of kinds)
    for (const [name, of] of Map.groupBy(counted, nameOf)) if (isSmall(of)) yield { name: `${kind} ${name}`, of };
  for (const [name, of] of byCell(counted)) if (isSmall(of)) yield { name: `number ${name}`, of };
  for (const group of differences(counted)) if (isSmall(group.of)) yield group;
}

/** Only cells that share a record can lie one in the other. */
function* differences(counted: readonly Counted[]): Generator<Group> {
  const sizes = new Map<string, number>();
  const shared = new Map<string, number>();
  for (const { cells } of counted)
    for (const one of cells) {
      sizes.set(one, (sizes.get(one) ?? 0) + 1);
      for (const other of cells)
        if (other !== one) shared.set(`${one}\n${other}`, (shared.get(`${one}\n${other}`) ?? 0) + 1);
    }
  for (const [pair, both] of shared) {
    const [whole = "", part = ""] = pair.split("\n");
    if (both !== sizes.get(part) || both === sizes.get(whole)) continue;
    const of = counted.filter(({ cells }) => cells.includes(whole) && !cells.includes(part));
    yield { name: `${whole} less ${part}`, of };
  }
}
