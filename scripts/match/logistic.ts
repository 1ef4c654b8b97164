/** One example: what is known of it, whether it is so, and how much it counts. */
export interface Example {
  readonly x: readonly number[];
  readonly y: 0 | 1;
  readonly weight: number;
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** The intercept comes first. */
export const logOdds = (weights: readonly number[], x: readonly number[]): number =>
  x.reduce((sum, value, i) => sum + value * (weights[i + 1] ?? 0), weights[0] ?? 0);

/** Solves a symmetric positive definite system in place, by Cholesky. */
function solve(matrix: number[][], right: number[]): number[] {
  const n = right.length;
  const at = (i: number, j: number) => matrix[i]?.[j] ?? 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      (matrix[i] as number[])[j] = i === j ? Math.sqrt(sum) : sum / at(j, j);
    }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) right[i] = (right[i] ?? 0) - at(i, k) * (right[k] ?? 0);
    right[i] = (right[i] ?? 0) / at(i, i);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) right[i] = (right[i] ?? 0) - at(k, i) * (right[k] ?? 0);
    right[i] = (right[i] ?? 0) / at(i, i);
  }
  return right;
}

/** Logistic regression with a penalty on the squares of the weights, by Newton's steps from zero: the same weights each time. */
export function train(examples: readonly Example[], penalty: number, steps = 14): readonly number[] {
  const size = (examples[0]?.x.length ?? 0) + 1;
  let weights: number[] = Array.from({ length: size }, () => 0);
  for (let step = 0; step < steps; step++) {
    const hessian = weights.map((_, i) => weights.map((__, j) => (i === j ? (i === 0 ? 1e-9 : penalty) : 0)));
    const gradient = weights.map((weight, i) => (i === 0 ? 0 : -penalty * weight));
    for (const { x, y, weight } of examples) {
      const p = sigmoid(logOdds(weights, x));
      const spread = weight * Math.max(p * (1 - p), 1e-6);
      const one = [1, ...x];
      for (let i = 0; i < size; i++) {
        const xi = one[i] as number;
        if (xi === 0) continue;
        gradient[i] = (gradient[i] as number) + weight * (y - p) * xi;
        const row = hessian[i] as number[];
        for (let j = 0; j <= i; j++) row[j] = (row[j] as number) + spread * xi * (one[j] as number);
      }
    }
    const change = solve(hessian, gradient);
    weights = weights.map((weight, i) => weight + (change[i] ?? 0));
  }
  return weights;
}
