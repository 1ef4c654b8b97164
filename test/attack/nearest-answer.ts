import { solver as loading } from "./solver.ts";

/** A number that was published or answered, and which of the unknowns it is the sum of. */
export interface Answer {
  readonly over: readonly number[];
  readonly says: number;
}

/** Yes or no for each unknown: shares between 0 and 1 whose sums miss the answers by least in total, rounded (L1, by HiGHS). */
export async function nearestAnswer(unknowns: number, answers: readonly Answer[]): Promise<boolean[]> {
  const solver = await loading;
  return solver.withModel((model) => {
    model.options.set({ output_flag: false });
    for (let at = 0; at < unknowns; at++) model.addVar(0, 1);
    for (const [at, { over, says }] of answers.entries()) {
      const [above, under] = [unknowns + 2 * at, unknowns + 2 * at + 1];
      model.addVar(0, solver.infinity);
      model.addVar(0, solver.infinity);
      model.changeColCost(above, 1);
      model.changeColCost(under, 1);
      model.addRow(says, says, { indices: [...over, above, under], values: [...over.map(() => 1), -1, 1] });
    }
    model.changeObjectiveSense(solver.constants.objectiveSense.minimize);
    model.run();
    if (model.getModelStatus() !== solver.constants.modelStatus.optimal) throw new Error("HiGHS found no answer");
    const values = model.getSolution().colValue;
    return Array.from({ length: unknowns }, (_, at) => (values[at] ?? 0) > 0.5);
  });
}
