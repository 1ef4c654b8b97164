import { describe, expect, test } from "vitest";
import { chance, shuffled } from "./chance.ts";
import { cohortOf, publishedRecords } from "./harness.ts";
import { withFilters } from "./lattice.ts";
import { planOf } from "./planning.ts";
import { verifiedLeaves } from "./reconstruct.ts";
import { sizeText, WORLDS } from "./sizes.ts";
import { worldOf } from "./world.ts";

const LEAVES = 120;
const COALITION = 8;

describe.each(WORLDS.map(([size, seed]) => ({ name: `${size.name}, ${seed}`, world: worldOf(size, seed) })))(
  `S5 linear programs, a coalition of ${COALITION}, $name (${sizeText(`up to ${LEAVES} leaves of ${WORLDS.length} worlds`)})`,
  ({ world }) => {
    const coalition = new Set(shuffled(chance(`coalition ${world.name}`), world.members).slice(0, COALITION));
    const counted = publishedRecords([cohortOf(planOf(world, ["year"]), "year")]);

    test("no leaf's histogram follows from the published cells, noise left away", async () => {
      const { found, leaves } = await verifiedLeaves(counted, coalition, LEAVES);
      expect({ found, leaves: leaves > 10 }).toEqual({ found: [], leaves: true });
    });

    test("and from tables by every filter some would: the attack bites", async () => {
      const { found, leaves, numbers } = await verifiedLeaves(
        withFilters(counted.map((one) => ({ ...one, cells: [] }))),
        coalition,
        LEAVES,
      );
      console.log(
        `S5 ${world.name}: tables by filter give ${found.length} of ${leaves} leaves away (${numbers} numbers)`,
      );
      expect(found.length).toBeGreaterThan(0);
    });
  },
);
