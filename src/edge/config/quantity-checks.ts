// Schema fields for durations and sizes between bounds.
import { type Check, checkedTextOr, NOT_AVAILABLE, WRITTEN } from './fields.ts';
import { parseDuration, parseSize } from './quantities.ts';

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

/** Text such as `30m`, between two durations. */
export function duration(least: string, most: string) {
  return checkedTextOr(DURATION.wrong, isBetween(DURATION, least, most));
}

/** How often: a duration; from `15m..24h` on, adapting between two, is still to come. */
export function interval(least: string, most: string) {
  return checkedTextOr(DURATION.wrong, isNotAdaptive, isBetween(DURATION, least, most));
}

/** Text such as `10MB`, between two sizes. */
export function size(least: string, most: string) {
  return checkedTextOr(SIZE.wrong, isBetween(SIZE, least, most));
}

const isNotAdaptive: Check = (text) => {
  const ends = text.split('..').map(parseDuration);
  return ends.length === 2 && !ends.includes(undefined)
    ? `an interval that adapts ("15m..24h") is ${NOT_AVAILABLE}; write one duration`
    : undefined;
};

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
