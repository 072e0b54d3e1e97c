import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { type NoteSubject, noteFor } from '../../../src/core/attribute/note-for.ts';
import type { Attribution, Note } from '../../../src/model/edition.ts';
import type { Timestamp } from '../../../src/model/timestamp.ts';
import { AT, attribute, WORDING } from './samples.ts';

const SUBJECT: NoteSubject = {
  title: 'Ferry',
  permalink: 'https://harbour.example/ferry?a=1&b=2',
  publishedAt: AT,
  updatedAt: AT,
  categories: [],
};

function note(
  template: string,
  attribution: Partial<Attribution> = {},
  subject: Partial<NoteSubject> = {},
): Note {
  return noteFor(
    { ...attribute(), ...attribution },
    { ...SUBJECT, ...subject },
    { ...WORDING, template, copyright: '©' },
  );
}

describe('the default note', () => {
  it('names source, page, author, date, rights and copyright', () => {
    const attribution = attribute({
      authors: [{ name: 'Mara' }, { name: 'Jon & Co' }],
      rights: { text: '© Mara', licenses: [] },
    });
    const categories = [{ term: 'ferry', label: 'Ferries' }, { term: 'News' }];
    expect(noteFor(attribution, { ...SUBJECT, categories }, WORDING)).toEqual({
      position: 'after',
      html:
        '<p class="attribution">Ferries, News · Source: <a href="https://harbour.example/ferry?a=1&amp;b=2">Harbour News</a>' +
        ' · Author: Mara, Jon &amp; Co · Published: November 23, 2026<br>© Mara' +
        '<br>Copyright for syndicated content belongs to the linked source.</p>',
      text:
        'Ferries, News · Source: Harbour News (https://harbour.example/ferry?a=1&b=2)' +
        ' · Author: Mara, Jon & Co · Published: November 23, 2026\n© Mara\n' +
        'Copyright for syndicated content belongs to the linked source.',
    });
  });

  it('leaves out what is missing, the link but not its text among it', () => {
    expect(
      noteFor(attribute(), { ...SUBJECT, permalink: undefined }, { ...WORDING, copyright: '' }).html,
    ).toBe('<p class="attribution">Source: Harbour News · Published: November 23, 2026</p>');
  });

  it('names a received source together with the polled one', () => {
    const source = {
      title: 'The First',
      authors: [],
      contributors: [],
      categories: [],
      rights: { licenses: [] },
    };
    expect(noteFor(attribute({ source }), SUBJECT, WORDING).text).toContain(
      'Source: The First, via Harbour News',
    );
  });

  it('adds where the same story stands, within its block', () => {
    const also = [
      { title: 'Tram <Times>', url: 'https://tram.example/?a&b', authors: ['Lee'] },
      { title: 'Quay', url: 'https://quay.example/', authors: [] },
      { title: 'Bad', url: 'javascript:x', authors: [] },
    ];
    const { html, text } = noteFor({ ...attribute(), also }, SUBJECT, {
      ...WORDING,
      template: '<p>Source: {source}</p>',
    });
    expect(html).toBe(
      '<p>Source: Harbour News<br>Also: <a href="https://tram.example/?a&amp;b">Tram &lt;Times&gt;</a> (Lee), ' +
        '<a href="https://quay.example/">Quay</a></p>',
    );
    expect(text).toBe(
      'Source: Harbour News\nAlso: Tram <Times> (https://tram.example/?a&b) (Lee), Quay (https://quay.example/)',
    );
  });
});

describe('a note template', () => {
  it.each([
    ['drops a part in which any value is missing', 'a[ {rights} {title}]b', 'ab'],
    ['keeps brackets around no value', 'a [1] b', 'a [1] b'],
    ['fills in nothing for a missing value elsewhere', 'a{rights}b', 'ab'],
    ['leaves no name that it does not know', 'a{nonsense}b[ {nonsense}]', 'ab'],
    [
      'takes the tags of a link without an address',
      '<a class="x" href="{license}"><b>L</b></a>!',
      '<b>L</b>!',
    ],
    ['links to no value that is no address', '<a href="{title}">t</a>', 't'],
    [
      'quotes an attribute that is not',
      '<a href={permalink}>t</a>',
      '<a href="https://harbour.example/ferry?a=1&amp;b=2">t</a>',
    ],
    [
      'encodes a value within an address',
      '<a href="https://find.example/?q={permalink}">t</a>',
      '<a href="https://find.example/?q=https%3A%2F%2Fharbour.example%2Fferry%3Fa%3D1%26b%3D2">t</a>',
    ],
    [
      'fills in nothing where text would be more than text',
      '<b onclick="x({title})" style="{title}">t</b>',
      '<b onclick="x()" style="">t</b>',
    ],
    ['writes no tag that does not end', 'a<a href="{permalink}"', 'a'],
    [
      'knows addresses, dates and chains',
      '{sourceUrl} {feedUrl}[ {updated}][ {via}]',
      'https://harbour.example/ https://harbour.example/feed.xml',
    ],
  ])('%s', (_, template, html) => {
    expect(note(template).html).toBe(html);
  });

  it('says when an item was updated only where that is another time', () => {
    expect(note('x[ {updated}]', {}, { updatedAt: '2026-11-24T00:00:00.000Z' as Timestamp }).html).toBe(
      'x November 24, 2026',
    );
  });

  it('never reads a value as a template', () => {
    const title = '[{rights}] {source} $1 $& {{title}} <b>';
    expect(note('{title}', {}, { title }).html).toBe('[{rights}] {source} $1 $&amp; {{title}} &lt;b&gt;');
    expect(note('{title}', {}, { title }).text).toBe(title);
  });

  it('as text has no markup, and entities read', () => {
    expect(
      note('<p>a &amp;&nbsp;&lt;b&gt; &#8212; &copy;<br>  {title}</p>', {}, { title: '&lt;' }).text,
    ).toBe('a &\u00a0<b> — ©\n&lt;');
  });

  it('bounds values and takes out what would turn the rest of the note around', () => {
    const { text } = note('{title} end', {}, { title: `\u202e\u2066x\n\n y\u0000\ud800${'z'.repeat(5000)}` });
    expect(text.startsWith('x y\ufffdzzz')).toBe(true);
    expect(text.endsWith('z… end')).toBe(true);
    expect(text.length).toBeLessThan(520);
  });
});

describe('notes of hostile values', () => {
  type Node = DefaultTreeAdapterTypes.ChildNode;
  const shapeOf = (nodes: readonly Node[]): readonly unknown[] =>
    nodes.flatMap((node) =>
      'tagName' in node
        ? [[node.tagName, node.attrs.map((attribute) => attribute.name), shapeOf(node.childNodes)]]
        : [],
    );
  const hostile = fc.oneof(
    fc.constantFrom(
      '<script>',
      '"><b>',
      "' onclick='x",
      '</p>',
      '<!--',
      '[x]',
      '{title}',
      ']]>',
      '&lt;b&gt;',
      'javascript:x',
      '\u0000<',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );

  it('have the elements and attributes of their template, whatever the values', () => {
    const expected = shapeOf(
      parseFragment(note(WORDING.template, { authors: [{ name: 'x' }], rights: 'x' }).html).childNodes,
    );
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 4, maxLength: 4 }), ([a = '', b = '', c = '', d = '']) => {
        const attribution = { sourceName: `s${a}`, authors: [{ name: `n${b}` }], rights: `r${c}` };
        const { html } = note(WORDING.template, attribution, { categories: [{ term: `c${d}` }] });
        expect(shapeOf(parseFragment(html).childNodes)).toEqual(expected);
        expect(html.isWellFormed()).toBe(true);
      }),
      { numRuns: 2000, seed: 20261123 },
    );
  });
});
