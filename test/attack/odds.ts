// The mathematics of a doubtful judge: what a count proves, at a stated confidence.

const LANCZOS = [
  76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155, 0.001208650973866179,
  -5.395239384953e-6,
];

function logGamma(x: number): number {
  const shifted = x + 5.5 - (x + 0.5) * Math.log(x + 5.5);
  const series = LANCZOS.reduce((sum, coefficient, at) => sum + coefficient / (x + at + 1), 1.000000000190015);
  return Math.log((2.5066282746310007 * series) / x) - shifted;
}

const TINY = 1e-300;
const far = (x: number): number => (Math.abs(x) < TINY ? TINY : x);

/** Lentz's evaluation of the continued fraction of the incomplete beta function. */
function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / far(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / far(1 + even * d);
    c = far(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / far(1 + odd * d);
    c = far(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) return fraction;
  }
  throw new Error("the fraction does not settle");
}

/** The regularised incomplete beta function I_x(a, b). */
function betaShare(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, 1 - x)) / b;
}

function solve(risingShare: (x: number) => number, wanted: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (risingShare(middle) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Of a one-sided Clopper-Pearson bound: how often a bound of ours is wrong. */
export const DOUBT = 0.001;

/** Below it the true share lies with a chance of at most `doubt`. */
export const lowerBound = (hits: number, of: number, doubt = DOUBT): number =>
  hits === 0 ? 0 : solve((x) => betaShare(hits, of - hits + 1, x), doubt);

/** Above it the true share lies with a chance of at most `doubt`. */
export const upperBound = (hits: number, of: number, doubt = DOUBT): number =>
  hits === of ? 1 : solve((x) => betaShare(hits + 1, of - hits, x), 1 - doubt);

/** The chance that a chi-square variable of `freedom` degrees is above `value`. */
export function chiSquareTail(value: number, freedom: number): number {
  const a = freedom / 2;
  const x = value / 2;
  const front = Math.exp(-x + a * Math.log(x) - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = a + 1; term > sum * 1e-15; n++) {
      term *= x / n;
      sum += term;
    }
    return 1 - sum * front;
  }
  return front * gammaFraction(a, x);
}

function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 10_000; n++) {
    const factor = -n * (n - a);
    b += 2;
    d = 1 / far(factor * d + b);
    c = far(b + factor / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) return fraction;
  }
  throw new Error("the fraction does not settle");
}
