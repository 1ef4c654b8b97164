import { type Cell, type Condition, type Dimension, TREE } from "./plan.ts";
import type { Participant } from "./site-record.ts";

/** What a cell has to hold (BENCHMARKS 1.2): with no sponsor above K, at least W counted of at least so many sponsors. */
export interface CellRule {
  readonly K: number;
  readonly W: number;
  readonly sponsors: number;
  /** A quarterly series: each of these quarters has to hold it alone. Absent: all audits as one look. */
  readonly quarters?: readonly string[];
}

export interface Counted {
  readonly counted: number;
  readonly sponsors: number;
}

export function countedOf(participants: readonly Participant[], K: number): Counted {
  const perSponsor = new Map<string, number>();
  for (const { sponsor } of participants) perSponsor.set(sponsor, (perSponsor.get(sponsor) ?? 0) + 1);
  let counted = 0;
  for (const own of perSponsor.values()) counted += Math.min(K, own);
  return { counted, sponsors: perSponsor.size };
}

/** What the thinnest release of a cell would have counted, had it been planned a year ago. */
export function thinnestOf(participants: readonly Participant[], { K, quarters }: CellRule): Counted {
  if (!quarters) return countedOf(participants, K);
  const each = quarters.map((quarter) =>
    countedOf(
      participants.filter((one) => one.quarters.includes(quarter)),
      K,
    ),
  );
  return {
    counted: Math.min(...each.map(({ counted }) => counted)),
    sponsors: Math.min(...each.map(({ sponsors }) => sponsors)),
  };
}

export const passes = (participants: readonly Participant[], rule: CellRule): boolean => {
  const { counted, sponsors } = thinnestOf(participants, rule);
  return counted >= rule.W && sponsors >= rule.sponsors;
};

interface Node {
  readonly path: readonly string[];
  readonly where: readonly Condition[];
  readonly participants: readonly Participant[];
}

/** BENCHMARKS 1.2, top-down. Empty when all peers together do not pass. The same whatever order the participants come in. */
export function buildCells(participants: readonly Participant[], rule: CellRule): Cell[] {
  if (!passes(participants, rule)) return [];
  return cellsOf({ path: [], where: [], participants }, 0, rule);
}

/** The one cell of a pool that has no others. */
export const ALL_PEERS: Cell = { path: "all", where: [] };

function cellsOf(node: Node, depth: number, rule: CellRule): Cell[] {
  for (const [i, by] of TREE.entries()) {
    const parts = i < depth ? [] : partsOf(node, by, rule);
    if (parts.length > 0) return parts.flatMap((part) => cellsOf(part, i + 1, rule));
  }
  return node.path.length === 0 ? [ALL_PEERS] : [{ path: node.path.join("/"), where: [...node.where] }];
}

interface Child {
  readonly name: string;
  readonly participants: readonly Participant[];
}

/** The parts that pass, by name, and what is left as `other`; none when that is not at least two. */
function partsOf(node: Node, by: Dimension, rule: CellRule): Node[] {
  const children = childrenOf(node.participants, by);
  const { named, rest } = settled(children, rule);
  if (named.length + (rest.length > 0 ? 1 : 0) < 2) return [];
  const names = named.map(({ name }) => name);
  const part = (name: string, where: Condition, participants: readonly Participant[]): Node => ({
    path: [...node.path, `${by}=${name}`],
    where: [...node.where, where],
    participants,
  });
  const parts = named.map(({ name, participants }) => part(shown(name), { by, in: [name] }, participants));
  return rest.length > 0 ? [...parts, part(OTHER, { by, notIn: names }, rest)] : parts;
}

const OTHER = "other";
/** A code of that very name stays apart from the rest: no code begins with a full stop. */
const shown = (name: string): string => (name === OTHER ? `.${OTHER}` : name);

function childrenOf(participants: readonly Participant[], by: Dimension): Child[] {
  const byName = Map.groupBy(participants, ({ leaf }) => leaf[by]);
  return [...byName].map(([name, own]) => ({ name, participants: own })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Those that fail go together; while they fail together they take in the smallest that passes, of equals the first by name. */
function settled(children: readonly Child[], rule: CellRule): { named: Child[]; rest: Participant[] } {
  const named = children.filter(({ participants }) => passes(participants, rule));
  const rest = children.filter((child) => !named.includes(child)).flatMap(({ participants }) => [...participants]);
  const size = new Map(named.map((child) => [child, thinnestOf(child.participants, rule).counted]));
  const bySize = named.toSorted((a, b) => (size.get(a) as number) - (size.get(b) as number));
  while (rest.length > 0 && !passes(rest, rule)) {
    const smallest = bySize.shift() as Child;
    rest.push(...smallest.participants);
    named.splice(named.indexOf(smallest), 1);
  }
  return { named, rest };
}
