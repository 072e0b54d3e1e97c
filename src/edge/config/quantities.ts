// Durations (`90s`, `20m`, `1h`, `7d`) and sizes (`500KB`, `10MB`) as the configuration writes them.

const DURATION_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const SIZE_BYTES = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 } as const;

/** Milliseconds; undefined for anything but a whole number and a unit. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,12})(ms|s|m|h|d)$/.exec(text.trim()) ?? [];
  return digits === undefined ? undefined : Number(digits) * DURATION_MS[unit as keyof typeof DURATION_MS];
}

/** Bytes; KB, MB and GB are powers of 1,000, KiB, MiB and GiB powers of 1,024. */
export function parseSize(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,12})(B|KB|MB|GB|KiB|MiB|GiB)$/.exec(text.trim()) ?? [];
  return digits === undefined ? undefined : Number(digits) * SIZE_BYTES[unit as keyof typeof SIZE_BYTES];
}

/** The milliseconds of a duration that has been checked before. */
export function durationMs(text: string): number {
  return parseDuration(text) ?? Number.NaN;
}

/** The bytes of a size that has been checked before. */
export function sizeBytes(text: string): number {
  return parseSize(text) ?? Number.NaN;
}

/** The two ends of `15m..24h`, as written; undefined where it is no such text. */
export function rangeOf(text: string): readonly [string, string] | undefined {
  const [least, most, ...more] = text.split('..').map((end) => end.trim());
  return least === undefined || most === undefined || more.length > 0 ? undefined : [least, most];
}
