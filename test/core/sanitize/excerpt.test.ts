import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { cutPlace } from '../../../src/core/sanitize/cut-at-word.ts';
import { type Excerpt, excerptHtml } from '../../../src/core/sanitize/excerpt.ts';
import { plainText } from '../../../src/core/sanitize/plain-text.ts';
import { sanitizeHtml } from '../../../src/core/sanitize/sanitize.ts';

const PAGE = 'https://harbour.example/ferry?a=1&b=2';
const LINK =
  '<a href="https://harbour.example/ferry?a=1&amp;b=2" rel="noopener nofollow">harbour.example</a>';
const MORE = `… ${LINK}`;

function excerpt(html: string, charsMax = 30, language: string | undefined = 'en'): Excerpt {
  return excerptHtml(html, { charsMax, language, permalink: PAGE });
}

describe('excerpts of HTML', () => {
  it.each([
    [
      'cut after a word',
      '<p>The night ferry leaves the old harbour at nine.</p>',
      `<p>The night ferry leaves the${MORE}</p>`,
    ],
    ['whole where it fits', '<p>The ferry leaves.</p>', '<p>The ferry leaves.</p>'],
    [
      'keep links and emphasis, closed',
      '<p>The <a href="https://a.example/?x=1&amp;y=2" title="t">night <em>ferry leaves the old</em></a> harbour</p>',
      `<p>The <a href="https://a.example/?x=1&amp;y=2" title="t">night <em>ferry leaves the</em></a>${MORE}</p>`,
    ],
    [
      'cut within emphasis',
      '<p><b>The night ferry leaves the old harbour</b></p>',
      `<p><b>The night ferry leaves the</b>${MORE}</p>`,
    ],
    [
      'keep paragraphs and lists',
      '<p>One two.</p><ul><li>Three</li><li>Four five six seven</li></ul>',
      `<p>One two.</p><ul><li>Three</li><li>Four five six${MORE}</li></ul>`,
    ],
    [
      'end at a paragraph',
      '<p>The night ferry leaves at one.</p><p>Two</p>',
      `<p>The night ferry leaves at one${MORE}</p>`,
    ],
    [
      'open nothing for nothing',
      '<p>The night ferry leaves at 9.</p><blockquote><p><b>More and more</b></p></blockquote>',
      `<p>The night ferry leaves at 9.${MORE}</p>`,
    ],
    [
      'leave pictures and tables out',
      '<p>One <img src="https://a.example/1.png" alt="alt" />two</p><table><tr><td>cell</td></tr></table>',
      `<p>One two${MORE}</p>`,
    ],
    [
      'leave figures out with their captions',
      '<figure><img src="https://a.example/1.png" /><figcaption>cap</figcaption></figure><p>One</p>',
      `<p>One${MORE}</p>`,
    ],
    ['of pictures alone are the link', '<img src="https://a.example/1.png" />', `<p>${LINK}</p>`],
    [
      'keep characters that markup uses',
      '<p>a &lt; b &amp;&amp; c &gt; d, "e" and so on and on</p>',
      `<p>a &lt; b &amp;&amp; c &gt; d, "e" and so on${MORE}</p>`,
    ],
    ['never cut an entity', `<p>${'&amp;'.repeat(40)}</p>`, `<p>${'&amp;'.repeat(29)}${MORE}</p>`],
    ['keep line breaks between words only', '<p>One<br />two<br /></p>', '<p>One<br />two</p>'],
    ['of nothing are nothing', '<p> </p>', ''],
    ['of bare text', 'The night ferry leaves the old harbour', `The night ferry leaves the${MORE}`],
    [
      'drop what joins or opens at the end',
      '<p>The night ferry (leaves the, “harbour” at nine</p>',
      `<p>The night ferry (leaves the${MORE}</p>`,
    ],
  ])('%s', (_, html, expected) => {
    expect(excerpt(html).html).toBe(expected);
  });

  it('say that there is more where told so', () => {
    const part = excerptHtml('<p>Summary.</p>', {
      charsMax: 30,
      language: 'en',
      permalink: PAGE,
      isPart: true,
    });
    expect(part.html).toBe(`<p>Summary.${MORE}</p>`);
  });

  it('without a page end in an ellipsis', () => {
    const cut = excerptHtml('<p>One two three four five</p>', {
      charsMax: 20,
      language: 'en',
      permalink: undefined,
    });
    expect(cut.html).toBe('<p>One two three four…</p>');
  });

  it.each([
    [
      'Thai',
      'th',
      'ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำแน่นอนหรือวรรณยุกต์',
      30,
      ['ภาษา', 'ไทย', 'เป็น', 'ที่', 'มี', 'ระดับ'],
    ],
    [
      'Chinese',
      'zh',
      '我喜欢学习编程语言和计算机科学因为它们非常有趣',
      20,
      ['我', '喜欢', '学习', '编程', '语言', '和', '计算机', '科学', '因为', '它们', '非常'],
    ],
    [
      'Japanese',
      'ja',
      '今日は港でフェリーの新しい時刻表が発表されました',
      20,
      ['今日', 'は', '港', 'で', 'フェリー', 'の', '新しい', '時刻', '表', 'が', '発表'],
    ],
  ])('in %s, which has no spaces, end after a word', (_, language, text, charsMax, words) => {
    const { text: cut } = excerpt(`<p>${text}</p>`, charsMax, language);
    const kept = cut.slice(0, -1);
    expect(cut.endsWith('…')).toBe(true);
    expect(cut.length).toBeLessThanOrEqual(charsMax);
    expect(text.startsWith(kept)).toBe(true);
    expect(kept.length).toBeGreaterThan(charsMax / 2);
    expect(words.some((word) => kept.endsWith(word))).toBe(true);
  });

  it.each([
    ['a family', '👩‍👩‍👧‍👦'.repeat(10)],
    ['a flag', '🇩🇪'.repeat(20)],
    ['letters with marks', 'a\u0301\u0302\u0303'.repeat(20)],
    ['Hangul in pieces', '\u1112\u1161\u11ab'.repeat(20)],
    ['Devanagari', 'क्षि'.repeat(20)],
  ])('never cut within a character: %s', (_, text) => {
    const graphemes = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)].map(
      (one) => one.segment,
    );
    const place = cutPlace(text, 25, 'und');
    const starts = new Set(graphemes.map((_one, at) => graphemes.slice(0, at).join('').length));
    expect(place).toBeGreaterThan(0);
    expect(starts.has(place)).toBe(true);
  });

  it('cut a word without end, and one that no language has', () => {
    expect(excerpt(`<p>${'x'.repeat(5000)}</p>`).text).toBe(`${'x'.repeat(29)}…`);
    expect(excerpt(`<p>See https://a.example/${'x'.repeat(500)}</p>`, 40, 'not a language').text.length).toBe(
      40,
    );
  });
});

const HTML = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<p>',
        '</p>',
        '<b>',
        '</b>',
        '<a href="https://a.example/">',
        '</a>',
        '<ul><li>',
        '</li></ul>',
        '<br>',
      ),
      fc.constantFrom(
        '<img src="https://a.example/1.png">',
        '<table><tr><td>',
        '</table>',
        '<blockquote>',
        '</blockquote>',
        '<pre>',
        '</pre>',
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(' word ', '\n\n', '&amp;', '&lt;b&gt;', '…', 'ภาษาไทย', '漢字', '👩‍👩‍👧‍👦'),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => sanitizeHtml(pieces.join('')));

describe('any excerpt', () => {
  it('is balanced, safe, within its length, and says what its HTML says', () => {
    fc.assert(
      fc.property(HTML, fc.integer({ min: 20, max: 60 }), (html, charsMax) => {
        const { html: cut, text } = excerptHtml(html, { charsMax, language: 'en', permalink: undefined });
        expect(sanitizeHtml(cut)).toBe(cut);
        expect(text.length).toBeLessThanOrEqual(charsMax);
        expect(cut).not.toMatch(/<(?:img|table|td|picture|video|audio)/);
        const bare = text.replace(/…$/, '');
        expect(squeezed(plainText(cut)).startsWith(squeezed(bare))).toBe(true);
        expect(squeezed(plainText(withoutTables(html))).startsWith(squeezed(bare))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is read by a browser as it stands', () => {
    fc.assert(
      fc.property(HTML, (html) => {
        const { html: cut } = excerpt(html);
        const opened = (cut.match(/<(?!\/)(?!br|wbr)[a-z]/g) ?? []).length;
        const closed = (cut.match(/<\//g) ?? []).length;
        expect(opened).toBe(closed);
        expect(parseFragment(cut).childNodes.length).toBeGreaterThanOrEqual(cut === '' ? 0 : 1);
      }),
      { numRuns: 300 },
    );
  });
});

function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}

/** The innermost first: they may stand within each other. */
function withoutTables(html: string): string {
  const less = html.replace(/<table\b(?:(?!<table\b)[\s\S])*?<\/table>/g, ' ');
  return less === html ? html : withoutTables(less);
}
