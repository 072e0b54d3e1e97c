// How much work one hub may make us do for one source: what is beyond it is left to a poll, which brings it all. Pure.

/** A burst of 60 small documents, or of one of 10 MB and a few small ones; then one small one every two seconds. */
const UNITS_MAX = 60;
const UNITS_PER_MS = 1 / 2000;
const BYTES_PER_UNIT = 256 * 1024;

export interface Allowance {
  readonly units: number;
  readonly atMs: number;
}

/** The allowance after a document of so many bytes; undefined where it does not suffice. */
export function afterWork(
  before: Allowance | undefined,
  bytes: number,
  nowMs: number,
): Allowance | undefined {
  const sinceMs = Math.max(0, nowMs - (before?.atMs ?? nowMs));
  const units = Math.min(UNITS_MAX, (before?.units ?? UNITS_MAX) + sinceMs * UNITS_PER_MS);
  const left = units - Math.min(1 + bytes / BYTES_PER_UNIT, UNITS_MAX);
  return left < 0 ? undefined : { units: left, atMs: nowMs };
}
