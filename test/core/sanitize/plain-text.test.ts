import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptText, plainText } from '../../../src/core/sanitize/plain-text.ts';
import { hostileHtml } from './hostile-html.ts';

describe('the text of HTML', () => {
  it.each([
    ['<p>One<p>two <b>th</b>ree</p>', 'One two three'],
    ['a<br>b<script>x</script><style>y</style>', 'a b'],
    ['1 &lt; 2 &amp;amp; &eacute;\n\t x', '1 < 2 &amp; é x'],
    ['<ul><li>a</li><li>b</li></ul>', 'a b'],
    ['a < b', 'a < b'],
    ['', ''],
  ])('of %j is %j', (html, text) => {
    expect(plainText(html)).toBe(text);
  });

  it('is cut after a word', () => {
    expect(excerptText('<p>The ferry to the <b>is</b>land</p> leaves at nine', 22)).toBe('The ferry to the…');
    expect(excerptText('<p>The ferry</p>', 9)).toBe('The ferry');
    expect(excerptText('<p>The ferry leaves</p>', 10)).toBe('The ferry…');
    expect(excerptText('x'.repeat(50), 10)).toBe(`${'x'.repeat(9)}…`);
  });

  it('is cut on a code point', () => {
    expect(excerptText('😀'.repeat(20), 10)).toBe('😀😀😀😀…');
  });

  it('is the same whether its beginning or all of it was read', () => {
    const html = `<p>${'word &amp; <i>word</i>\n'.repeat(3000)}</p>`;
    expect(plainText(html).startsWith(excerptText(html, 9000).slice(0, -1))).toBe(true);
  });

  it('never holds more than asked, nor what a format forbids', () => {
    fc.assert(
      fc.property(hostileHtml, fc.integer({ min: 1, max: 40 }), (html, max) => {
        const text = excerptText(html, max);
        expect(text.length).toBeLessThanOrEqual(max);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\s\s|^\s/);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });
});
