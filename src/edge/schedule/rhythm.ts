// When a source is likely to have something new, by when it had before (ADR 0011). Pure.
//
// How often it publishes is a rate that forgets: a source that falls silent is soon asked less. When in the week, in the
// day and in the hour it does are three profiles over that rate. The next poll comes when the items that are likely to
// wait for it have together waited long enough: a little after the expected hour, rarely at night, often in a burst.

/** Arrivals are kept in slots of this length: what comes in one slot is one event. */
export const SLOT_MS = 300_000;
/** More are forgotten, the oldest first. */
export const ARRIVALS_MAX = 160;

export interface IntervalBounds {
  readonly minMs: number;
  readonly maxMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SLOTS_AN_HOUR = HOUR_MS / SLOT_MS;
const DAY_HOURS = 24;

/** Item-hours that may wait before a request is worth its price. Measured: ADR 0011. */
const WAITING_ITEM_HOURS = 0.25;
/** Who says little is asked a little more than its share: each of its items is waited for more. 0: all items alike. */
const RARITY = 0.3;
/** Before anything is known: one item in ten days, or in as many as it has been silent for; a twentieth of one seen. */
const PRIOR_GAP_HOURS = 240;
const PRIOR_WEIGHT = 0.05;
/** The rate forgets half in so many median gaps, within bounds. */
const HALF_LIFE_GAPS = 8;
const RATE_HALF_LIFE_MS = { min: 2 * DAY_MS, max: 60 * DAY_MS } as const;
const PROFILE_HALF_LIFE_MS = 45 * DAY_MS;

/** The wait until the next poll, within the bounds. `arrivals`: slots since 1970, in ascending order. */
export function rhythmicWaitMs(arrivals: readonly number[], nowMs: number, bounds: IntervalBounds): number {
  const seen = arrivals.filter((slot) => slot * SLOT_MS <= nowMs);
  const ratePerHour = rateOf(seen, nowMs) ** (1 - RARITY);
  const profile = profileOf(seen, nowMs);
  let expected = 0;
  let waited = 0;
  const firstSlot = Math.floor(nowMs / SLOT_MS);
  for (let step = 1; step * SLOT_MS < bounds.maxMs; step++) {
    expected += (ratePerHour / SLOTS_AN_HOUR) * profile(firstSlot + step - 1);
    waited += expected / SLOTS_AN_HOUR;
    if (waited >= WAITING_ITEM_HOURS && step * SLOT_MS >= bounds.minMs) return step * SLOT_MS;
  }
  return bounds.maxMs;
}

/** Items an hour, lately. */
function rateOf(seen: readonly number[], nowMs: number): number {
  const first = seen[0];
  const last = seen.at(-1);
  if (first === undefined || last === undefined) return 1 / PRIOR_GAP_HOURS;
  const halfLifeMs = clamp(HALF_LIFE_GAPS * medianGapMs(seen), RATE_HALF_LIFE_MS.min, RATE_HALF_LIFE_MS.max);
  // The first only opens the time that was watched.
  const weight = seen.slice(1).reduce((sum, slot) => sum + weightAt(nowMs - slot * SLOT_MS, halfLifeMs), 0);
  const watchedHours =
    (halfLifeMs / HOUR_MS / Math.LN2) * (1 - weightAt(nowMs - first * SLOT_MS, halfLifeMs));
  const silentHours = (nowMs - last * SLOT_MS) / HOUR_MS;
  const priorHours = PRIOR_WEIGHT * Math.max(PRIOR_GAP_HOURS, silentHours);
  return (weight + PRIOR_WEIGHT) / (watchedHours + priorHours);
}

function medianGapMs(seen: readonly number[]): number {
  const gaps = seen.slice(1).map((slot, index) => slot - (seen[index] ?? slot));
  const sorted = gaps.toSorted((a, b) => a - b);
  return (sorted[Math.floor(sorted.length / 2)] ?? 0) * SLOT_MS;
}

/** How much likelier than on average something comes in a slot: 1 where nothing is known. */
function profileOf(seen: readonly number[], nowMs: number): (slot: number) => number {
  const watchedMs = nowMs - (seen[0] ?? 0) * SLOT_MS;
  const weights = seen.map((slot) => weightAt(nowMs - slot * SLOT_MS, PROFILE_HALF_LIFE_MS));
  const week = histogram(seen.map(dayOfWeek), weights, 7, { prior: 4, spread: 0 });
  const day = histogram(seen.map(hourOfDay), weights, DAY_HOURS, { prior: 4, spread: 0.2 });
  const hour = histogram(seen.map(slotOfHour), weights, SLOTS_AN_HOUR, { prior: 6, spread: 0.2 });
  const knowsDays = watchedMs >= 14 * DAY_MS;
  const knowsHours = watchedMs >= 2 * DAY_MS;
  return (slot) =>
    (knowsDays ? (week[dayOfWeek(slot)] ?? 1) : 1) *
    (knowsHours ? (day[hourOfDay(slot)] ?? 1) * (hour[slotOfHour(slot)] ?? 1) : 1);
}

/** Shares of `size` bins, their mean 1. `prior`: weight of an even spread; `spread`: what each neighbour gets of a hit. */
function histogram(
  bins: readonly number[],
  weights: readonly number[],
  size: number,
  { prior, spread }: { readonly prior: number; readonly spread: number },
): readonly number[] {
  const sums = new Array<number>(size).fill(prior / size);
  let total = prior;
  for (const [index, bin] of bins.entries()) {
    const weight = weights[index] ?? 0;
    total += weight;
    for (const [at, share] of [
      [bin, 1 - 2 * spread],
      [(bin + 1) % size, spread],
      [(bin + size - 1) % size, spread],
    ] as const) {
      sums[at] = (sums[at] ?? 0) + weight * share;
    }
  }
  return sums.map((sum) => (sum * size) / total);
}

const slotOfHour = (slot: number): number => slot % SLOTS_AN_HOUR;
const hourOfDay = (slot: number): number => Math.floor(slot / SLOTS_AN_HOUR) % DAY_HOURS;
const dayOfWeek = (slot: number): number => Math.floor(slot / SLOTS_AN_HOUR / DAY_HOURS) % 7;

function weightAt(ageMs: number, halfLifeMs: number): number {
  return 0.5 ** (ageMs / halfLifeMs);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
