// Every payload, made safe and shown by a parser that is not the sanitizer's: after one round and after two, since what goes
// out may be parsed and written again by whoever receives it.
import { parseFragment, serialize } from 'parse5';
import { describe, expect, it } from 'vitest';
import { sanitizeHtml } from '../../../src/core/sanitize/sanitize.ts';
import { dangersIn } from './dangers.ts';
import { PAYLOADS } from './payloads.ts';

describe('payloads', () => {
  it('are at least 300, each its own', () => {
    expect(new Set(PAYLOADS.map(({ html }) => html)).size).toBeGreaterThanOrEqual(300);
  });

  it.each([...new Set(PAYLOADS.map(({ kind }) => kind))])(
    '%s: nothing dangerous after one round and two',
    (kind) => {
      for (const { html } of PAYLOADS.filter((payload) => payload.kind === kind)) {
        const safe = sanitizeHtml(html);
        expect(sanitizeHtml(safe), html).toBe(safe);
        const once = parseFragment(safe);
        expect(dangersIn(once.childNodes), html).toEqual([]);
        expect(dangersIn(parseFragment(serialize(once)).childNodes), html).toEqual([]);
      }
    },
  );

  it('are dangerous as they are, which the walk sees', () => {
    const harmless = PAYLOADS.filter(({ html }) => dangersIn(parseFragment(html).childNodes).length === 0);
    expect(harmless.length / PAYLOADS.length).toBeLessThan(0.1);
  });
});
