// A small seeded generator (xorshift32): the same year at every run.

export interface Random {
  /** From 0 up to 1. */
  next(): number;
  /** Exponentially distributed. */
  exponential(mean: number): number;
  /** About 0; two thirds within `deviation`. */
  normal(deviation: number): number;
}

export function createRandom(seed: number): Random {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
  for (let warm = 0; warm < 8; warm++) next();
  return {
    next,
    exponential: (mean) => -Math.log(1 - next()) * mean,
    normal: (deviation) => deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}
