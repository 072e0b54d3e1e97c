// Schema fields for durations and sizes between bounds.
import { type Check, checkedTextOr, WRITTEN } from './fields.ts';
import { durationMs, parseDuration, parseSize, rangeOf } from './quantities.ts';

interface Quantity {
  readonly parse: (text: string) => number | undefined;
  readonly wrong: string;
}

const DURATION: Quantity = {
  parse: parseDuration,
  wrong: `${WRITTEN} is not a duration; write a whole number and a unit, for example 90s, 20m, 1h or 7d`,
};

const SIZE: Quantity = {
  parse: parseSize,
  wrong: `${WRITTEN} is not a size; write a whole number and a unit, for example 500KB or 10MB`,
};

const NOT_A_RANGE = `${WRITTEN} is no range; write the shorter interval first, for example 15m..24h`;

/** Text such as `30m`, between two durations. */
export function duration(least: string, most: string) {
  return checkedTextOr(DURATION.wrong, isBetween(DURATION, least, most));
}

/** How often: a duration, or two as in `15m..24h`, the shorter first. */
export function interval(least: string, most: string) {
  const isEnd = isBetween(DURATION, least, most);
  return checkedTextOr(DURATION.wrong, (text) => {
    const ends = rangeOf(text);
    if (ends === undefined) return isEnd(text);
    const [shorter, longer] = ends;
    const complaint = isEnd(shorter) ?? isEnd(longer);
    if (complaint !== undefined) return complaint;
    return durationMs(shorter) < durationMs(longer) ? undefined : NOT_A_RANGE;
  });
}

/** Text such as `10MB`, between two sizes. */
export function size(least: string, most: string) {
  return checkedTextOr(SIZE.wrong, isBetween(SIZE, least, most));
}

function isBetween({ parse, wrong }: Quantity, least: string, most: string): Check {
  const atLeast = parse(least) ?? 0;
  const atMost = parse(most) ?? Number.POSITIVE_INFINITY;
  return (text) => {
    const quantity = parse(text);
    if (quantity === undefined) return wrong;
    if (quantity < atLeast) return `${WRITTEN} is too small; at least ${least}`;
    return quantity > atMost ? `${WRITTEN} is too large; at most ${most}` : undefined;
  };
}
