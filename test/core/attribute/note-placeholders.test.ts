// Each placeholder, as HTML and as text, with a plain value, a hostile one and none.
import { describe, expect, it } from 'vitest';
import { noteFor } from '../../../src/core/attribute/note-for.ts';
import type { Attribution } from '../../../src/model/edition.ts';
import { NOTE_PLACEHOLDERS } from '../../../src/model/note-template.ts';
import type { Timestamp } from '../../../src/model/timestamp.ts';
import { AT, attribute, WORDING } from './samples.ts';

const PAGE = 'https://harbour.example/ferry?a=1&b=2';
const SITE = 'https://harbour.example/';
const FEED = 'https://harbour.example/feed.xml';
const SA = 'https://creativecommons.org/licenses/by-sa/4.0/';
const HOSTILE = `<script>x</script>"'[{source}] $1 $& {{title}} ]]> \u202e`;
const ESCAPED = '&lt;script&gt;x&lt;/script&gt;&quot;&#39;[{source}] $1 $&amp; {{title}} ]]&gt;';
const AS_TEXT = `<script>x</script>"'[{source}] $1 $& {{title}} ]]>`;

interface Values {
  readonly attribution: Partial<Attribution>;
  readonly subject: {
    title: string;
    permalink: string | undefined;
    updatedAt: Timestamp;
    categories: { term: string }[];
  };
  readonly copyright: string;
}

const source = attribute().source;
const PLAIN: Values = {
  attribution: {
    sourceName: 'Harbour News',
    source: { ...source, siteUrl: SITE, feedUrl: FEED },
    authors: [{ name: 'Mara' }, { email: 'jon@harbour.example' }],
    rights: '© Mara',
    licenses: [SA, 'https://harbour.example/terms'],
    via: [{ title: 'Planet', url: 'https://planet.example/' }],
  },
  subject: {
    title: 'Ferry',
    permalink: PAGE,
    updatedAt: '2026-11-24T00:00:00.000Z' as Timestamp,
    categories: [{ term: 'News' }, { term: 'Sea' }],
  },
  copyright: '© theirs',
};
const NASTY: Values = {
  attribution: {
    sourceName: HOSTILE,
    source: { ...source, siteUrl: `javascript:${HOSTILE}`, feedUrl: `https://x.example/"onclick="x` },
    // Twice: one alone that is called as its source would only stand in for it.
    authors: [{ name: HOSTILE }, { name: HOSTILE }],
    rights: HOSTILE,
    licenses: ['javascript:alert(1)'],
    via: [{ title: HOSTILE, url: 'https://planet.example/' }],
  },
  subject: { title: HOSTILE, permalink: 'data:text/html,x', updatedAt: AT, categories: [{ term: HOSTILE }] },
  copyright: HOSTILE,
};
const MISSING: Values = {
  attribution: {
    sourceName: ' ',
    source: { ...source, siteUrl: undefined, feedUrl: undefined },
    authors: [],
    rights: undefined,
    licenses: [],
    via: [],
  },
  subject: { title: '', permalink: undefined, updatedAt: AT, categories: [] },
  copyright: '',
};

function noteOf(template: string, { attribution, subject, copyright }: Values) {
  return noteFor(
    { ...attribute(), ...attribution },
    { publishedAt: AT, ...subject },
    { ...WORDING, template, copyright },
  );
}

const LICENSES_HTML = `<a href="${SA}">CC BY-SA 4.0</a>, <a href="https://harbour.example/terms">https://harbour.example/terms</a>`;
const LICENSES_TEXT = `CC BY-SA 4.0 (${SA}), https://harbour.example/terms`;
const DAY = 'November 23, 2026';
/** Placeholder, HTML and text of the plain value, HTML and text of the hostile one; nothing: it is missing then. */
const CASES: readonly (readonly [string, string, string, string?, string?])[] = [
  ['source', 'Harbour News', 'Harbour News', ESCAPED, AS_TEXT],
  ['sourceUrl', SITE, SITE],
  ['feedUrl', FEED, FEED],
  ['permalink', PAGE.replace('&', '&amp;'), PAGE],
  ['title', 'Ferry', 'Ferry', ESCAPED, AS_TEXT],
  ['author', 'Mara, jon@harbour.example', 'Mara, jon@harbour.example', ESCAPED, AS_TEXT],
  ['authors', 'Mara, jon@harbour.example', 'Mara, jon@harbour.example', ESCAPED, AS_TEXT],
  ['published', DAY, DAY, DAY, DAY],
  ['updated', 'November 24, 2026', 'November 24, 2026'],
  ['rights', '© Mara', '© Mara', ESCAPED, AS_TEXT],
  ['license', LICENSES_HTML, LICENSES_TEXT],
  ['copyright', '© theirs', '© theirs', ESCAPED, AS_TEXT],
  ['via', 'Planet', 'Planet', ESCAPED, AS_TEXT],
  ['categories', 'News, Sea', 'News, Sea', ESCAPED, AS_TEXT],
];

describe.each(CASES)('{%s}', (name, html, text, hostileHtml = '', hostileText = '') => {
  it('is filled in as HTML and as text', () => {
    expect(noteOf(`<p>a {${name}} b</p>`, PLAIN)).toMatchObject({
      html: `<p>a ${html} b</p>`,
      text: `a ${text} b`,
    });
  });

  it('is text and no more where it is hostile', () => {
    const expected = [`<p>a${hostileHtml && ` ${hostileHtml}`}</p>`, `a${hostileText && ` ${hostileText}`}`];
    const note = noteOf(`<p>a[ {${name}}]</p>`, NASTY);
    expect([note.html, note.text]).toEqual(expected);
  });

  it('breaks out of no attribute', () => {
    const { html: link } = noteOf(`<a href="{${name}}" title="{${name}}">x</a>`, NASTY);
    const { html: title } = noteOf(`<b title='{${name}}'>x</b>`, NASTY);
    expect(link).toBe('x');
    expect(title).toBe(`<b title='${hostileHtml}'>x</b>`);
  });

  it('takes its optional part with it where it is missing, and no other', () => {
    const { html: left } = noteOf(`<p>a[ b {${name}}][ c {published}]</p>`, MISSING);
    expect(left).toBe(name === 'published' ? `<p>a b ${DAY} c ${DAY}</p>` : `<p>a c ${DAY}</p>`);
  });
});

it('no placeholder is without its case', () => {
  expect(CASES.map(([name]) => name)).toEqual([...NOTE_PLACEHOLDERS]);
});

describe('a licence', () => {
  it('links where it stands alone, and is the address of a link of the template’s own', () => {
    expect(noteOf('<a href="{license}">{license}</a>', PLAIN).html).toBe(
      `<a href="${SA}">CC BY-SA 4.0, https://harbour.example/terms</a>`,
    );
  });
});

describe('a note that would be too long', () => {
  it('goes without what takes the room, and is whole', () => {
    const authors = [{ name: '"'.repeat(400) }];
    const also = [{ title: 'x', url: `https://x.example/${'&'.repeat(2000)}`, authors: [] }];
    const long = { ...PLAIN, attribution: { ...PLAIN.attribution, authors, also: Array(20).fill(also[0]) } };
    const { html } = noteOf(`<p>${'{author} '.repeat(8)}</p>`, long);
    expect(html.length).toBeLessThanOrEqual(32 * 1024);
    expect(html).not.toContain('Also');
    const { html: longest } = noteOf(`<p>${'{author} '.repeat(500)}</p>`, long);
    expect(longest).toMatch(/^<p class="attribution">.*Harbour News<\/a>.*<\/p>$/);
  });

  it('names at most 20 authors and says that there are more', () => {
    const authors = Array.from({ length: 30 }, (_, n) => ({ name: `N${n}` }));
    const { text } = noteOf('{authors}', { ...PLAIN, attribution: { authors } });
    expect(text).toMatch(/^N0, .*N19, …$/);
  });
});
