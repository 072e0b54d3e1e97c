import { describe, expect, it } from 'vitest';
import { absoluteHtml } from '../../../src/core/normalize/absolute-html.ts';

const base = 'https://h.example/a/b';

describe('absoluteHtml', () => {
  it.each([
    ['<a href=x>x</a>', '<a href=https://h.example/a/x>x</a>'],
    ["<a href = 'x'>x</a>", "<a href = 'https://h.example/a/x'>x</a>"],
    ['<a href="?q&amp;r">x</a>', '<a href="https://h.example/a/b?q&amp;r">x</a>'],
    ['<a href="x&quot;y">x</a>', '<a href="https://h.example/a/x&#34;y">x</a>'],
    ['<A HREF="x">x</A>', '<A HREF="https://h.example/a/x">x</A>'],
    ['<img src="\n /p.png \t">', '<img src="https://h.example/p.png">'],
    [
      '<img srcset="a.png, b.png 2x,c.png 3x">',
      '<img srcset="https://h.example/a/a.png, https://h.example/a/b.png 2x, https://h.example/a/c.png 3x">',
    ],
    [
      '<q cite="x"><del cite="/y">z</del></q>',
      '<q cite="https://h.example/a/x"><del cite="https://h.example/y">z</del></q>',
    ],
    [
      '<form action="x"><button formaction="y">',
      '<form action="https://h.example/a/x"><button formaction="https://h.example/a/y">',
    ],
    ['<a href="//o.example/x">x</a>', '<a href="https://o.example/x">x</a>'],
    ['<a href="#f">x</a>', '<a href="https://h.example/a/b#f">x</a>'],
  ])('%s', (html, expected) => {
    expect(absoluteHtml(html, { base })).toBe(expected);
  });

  it.each([
    '<a href="https://o.example/a b?x=1&y=2">x</a>',
    '<a href="mailto:ada@h.example">x</a>',
    '<a href="javascript:x">x</a>',
    'href="x" outside of any tag',
    '<p title="src=x">x</p>',
    '<a name="x">a < b && c > d</a',
    '',
  ])('leaves %s as it is', (html) => {
    expect(absoluteHtml(html, { base })).toBe(html);
  });

  it('takes a bare fragment for a part of the item page', () => {
    expect(absoluteHtml('<a href="#f">x</a>', { base, page: 'https://h.example/1' })).toBe(
      '<a href="https://h.example/1#f">x</a>',
    );
  });

  it('keeps to nested bases in XHTML, before and after them, and takes their attributes off', () => {
    const html =
      '<p xml:base="c/"><a href="1"></a><p xml:base="/d/" id="i"><a href="2"></a></p><a href="3"></a></p><a href="4"></a>';
    expect(absoluteHtml(html, { base })).toBe(
      '<p><a href="https://h.example/a/c/1"></a><p id="i"><a href="https://h.example/d/2"></a></p><a href="https://h.example/a/c/3"></a></p><a href="https://h.example/a/4"></a>',
    );
  });

  it('leaves relative URLs alone where nothing says what they are relative to', () => {
    expect(absoluteHtml('<a href="x">x</a>', { base: undefined })).toBe('<a href="x">x</a>');
  });

  it.each([
    ['<d xml:base="e/"">x</d>', '<d ">x</d>'],
    ['<d xml:base="e/"2>x</d>', '<d 2>x</d>'],
    ['<d xml:base="e/"\u00a0>x</d>', '<d \u00a0>x</d>'],
    ['<i b=v xml:base="e/"/c>x</i>', '<i b=v /c>x</i>'],
    ['<svg/xml:base="e/">x</svg>', '<svg/ >x</svg>'],
    ['<d a xml:base="e/" ="x">x</d>', '<d a xml:base="e/" ="x">x</d>'],
    ['<a title=x\u00a0 xml:base="e/">x</a>', '<a title=x\u00a0>x</a>'],
    ['<i srcset=, p>x</i>', '<i srcset="" p>x</i>'],
  ])('makes no other tag of %s', (html, expected) => {
    expect(absoluteHtml(html, { base })).toBe(expected);
  });

  it('takes no control character for white space', () => {
    for (const html of ['<o\u0003poster=h>', '<d\0xml:base=>', '<d a=b\u0001href=c>'])
      expect(absoluteHtml(html, { base })).toBe(html);
  });
});
