// Durations for people: `90 s`, `15 min`, `6 h`, `3 d`.

const UNITS = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
] as const;

/** Rounded to the largest unit of which there are at least two, seconds where there are fewer than two minutes. */
export function durationWords(ms: number): string {
  const unit = UNITS.find((each) => ms >= 2 * each.ms) ?? { name: 's', ms: 1000 };
  return `${Math.round(ms / unit.ms)} ${unit.name}`;
}
