/** What the specification says of the noise, for the attacker's reckoning: discrete Laplace of scale b (BENCHMARKS 1.3). */
export function noiseChance(b: number): (noise: number) => number {
  const fall = Math.exp(-1 / b);
  const atZero = (1 - fall) / (1 + fall);
  return (noise) => atZero * fall ** Math.abs(noise);
}
