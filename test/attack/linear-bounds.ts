import { solver as loading } from "./solver.ts";

/** Whole numbers of which sums are published: `rows` name the ones that a sum holds, `least` what is known to be in each. */
export interface Sums {
  readonly least: readonly number[];
  readonly rows: readonly { readonly over: readonly number[]; readonly total: number }[];
}

export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** What the sums leave open for each number asked for: whole numbers, from linear programs solved by HiGHS. */
export async function boundsOf({ least, rows }: Sums, asked: readonly number[]): Promise<Bounds[]> {
  const solver = await loading;
  const { minimize, maximize } = solver.constants.objectiveSense;
  return solver.withModel((model) => {
    model.options.set({ output_flag: false });
    for (const known of least) model.addVar(known, solver.infinity);
    for (const { over, total } of rows) model.addRow(total, total, { indices: over, values: over.map(() => 1) });
    const solve = (sense: typeof minimize): number => {
      model.changeObjectiveSense(sense);
      model.run();
      const status = model.getModelStatus();
      if (status === solver.constants.modelStatus.optimal) return model.getObjectiveValue();
      if (sense === maximize) return Number.POSITIVE_INFINITY;
      throw new Error(`the sums contradict one another (HiGHS: ${status})`);
    };
    return asked.map((column) => {
      model.changeColCost(column, 1);
      const bounds = {
        least: whole(Math.ceil(solve(minimize) - 1e-6)),
        most: whole(Math.floor(solve(maximize) + 1e-6)),
      };
      model.changeColCost(column, 0);
      return bounds;
    });
  });
}

/** Without the sign of a zero. */
const whole = (value: number): number => value + 0;
