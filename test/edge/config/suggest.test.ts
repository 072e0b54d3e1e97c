import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../../src/edge/config/suggest.ts';

const KEYS = ['every', 'schedule', 'timezone', 'categories', 'publicUrl', 'id', 'url', 'limit', 'language'];

test.each([
  ['evry', 'every'],
  ['eevry', 'every'],
  ['public_url', 'publicUrl'],
  ['PUBLIC-URL', 'publicUrl'],
  ['shedule', 'schedule'],
  ['lang', 'language'],
  ['category', 'categories'],
  ['uri', 'url'],
  ['frobnicate', undefined],
  ['x', undefined],
  ['', undefined],
  ['e'.repeat(100_000), undefined],
])('takes "%s" for %s', (given, meant) => {
  expect(nearest(given, KEYS)).toBe(meant);
});

test('says nothing where nothing is near', () => {
  expect(didYouMean('evry', KEYS)).toBe('; did you mean "every"?');
  expect(didYouMean('zzz', KEYS)).toBe('');
});
