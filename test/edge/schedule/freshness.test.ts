import { describe, expect, it } from 'vitest';
import { freshForMs } from '../../../src/edge/schedule/freshness.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const seconds = (headers: Readonly<Record<string, string>>) => freshForMs(headers, NOW) / 1000;

describe('an answer stays fresh', () => {
  it.each([
    ['for max-age', { 'cache-control': 'public, max-age=300' }, 300],
    ['for a quoted max-age', { 'cache-control': 'Max-Age="300"' }, 300],
    ['not by s-maxage, which is for shared caches', { 'cache-control': 's-maxage=900' }, 0],
    ['for max-age beside s-maxage', { 'cache-control': 's-maxage=900, max-age=60' }, 60],
    ['for the first of two', { 'cache-control': 'max-age=60, max-age=900' }, 60],
    ['not under no-cache', { 'cache-control': 'no-cache, max-age=900' }, 0],
    ['not under no-store', { 'cache-control': 'max-age=900, no-store' }, 0],
    ['not by what is no number', { 'cache-control': 'max-age=-5' }, 0],
    ['not by a fraction', { 'cache-control': 'max-age=1.5' }, 0],
    [
      'under other directives, known or not',
      { 'cache-control': 'private,max-age=10,foo="a, max-age=5"' },
      10,
    ],
    ['less what it spent in caches', { 'cache-control': 'max-age=300', age: '250' }, 50],
    ['not when it spent more there', { 'cache-control': 'max-age=300', age: '900' }, 0],
    ['whatever an Age of nonsense says', { 'cache-control': 'max-age=300', age: 'old' }, 300],
    ['until Expires', { expires: 'Fri, 20 Nov 2026 13:00:00 GMT' }, 3600],
    [
      "until Expires by the server's own clock",
      { expires: 'Fri, 20 Nov 2026 13:00:00 GMT', date: 'Fri, 20 Nov 2026 12:50:00 GMT' },
      600,
    ],
    [
      'not by Expires beside max-age',
      { 'cache-control': 'max-age=0', expires: 'Fri, 20 Nov 2099 13:00:00 GMT' },
      0,
    ],
    ['not until an Expires of 0', { expires: '0' }, 0],
    ['not where it is past', { expires: 'Fri, 20 Nov 2020 13:00:00 GMT' }, 0],
    ['not by guessing', { 'last-modified': 'Fri, 20 Nov 2020 13:00:00 GMT' }, 0],
  ] as const)('%s', (_how, headers, expected) => {
    expect(seconds(headers)).toBe(expected);
  });
});
