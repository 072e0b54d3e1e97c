import { expect, test } from 'vitest';
import { parseDuration, parseSize } from '../../../src/edge/config/quantities.ts';

test.each([
  ['500ms', 500],
  ['90s', 90_000],
  ['20m', 1_200_000],
  ['1h', 3_600_000],
  ['7d', 604_800_000],
  ['0s', 0],
  [' 1h ', 3_600_000],
  ['1.5h', undefined],
  ['-1h', undefined],
  ['1 h', undefined],
  ['1H', undefined],
  ['1h30m', undefined],
  ['60', undefined],
  ['h', undefined],
  ['', undefined],
  ['1'.repeat(13).concat('h'), undefined],
])('reads the duration "%s" as %s ms', (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});

test.each([
  ['512B', 512],
  ['500KB', 500_000],
  ['10MB', 10_000_000],
  ['1GB', 1_000_000_000],
  ['1KiB', 1_024],
  ['2MiB', 2_097_152],
  ['10mb', undefined],
  ['10', undefined],
  ['1.5MB', undefined],
])('reads the size "%s" as %s bytes', (text, expected) => {
  expect(parseSize(text)).toBe(expected);
});
