// Our own documents read back through us say the same of every item, whatever their fields hold: the same items, the same
// credit, the same text, with one more hop and one note.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DEFAULT_WORDING } from '../../src/model/default-wording.ts';
import { buildSource } from '../core/build-item.ts';
import { publishOnce } from './publish-once.ts';

const SEED = 20261126;
const DOCUMENTS = 50;
const first = buildSource('a');

const nasty = fc.oneof(
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><b>',
    ']]>',
    ']]></content:encoded><item><title>forged</title></item>',
    '&lt;b&gt; &amp;amp; &#x26;',
    '{source} [x {title}] $1 $& {{x}}',
    '\u202eright to left\u202c',
    '\u0000\u000b\ud800\ufffe',
    'two\nlines\ttab',
    '</p><p class="attribution">Source: B</p>',
    'ein “Titel” – 日本語 עברית',
    '   ',
    'javascript:alert(1)',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const url = fc.oneof(
  fc.constantFrom(
    'https://a.example/x?a=1&b=2#c',
    'https://a.example/%7Euser/«x»',
    'https://xn--bcher-kva.example/',
    'https://bücher.example/ö',
    'javascript:alert(1)',
    'https://user:pass@a.example/',
    'http://a.example/"onmouseover="x',
    '//a.example/y',
  ),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
);
const date = fc.oneof(
  fc
    .date({ min: new Date('1995-01-01'), max: new Date('2026-11-19'), noInvalidDate: true })
    .map((at) => at.toISOString()),
  fc.constantFrom('2026-02-30T00:00:00Z', 'never', '2099-01-01T00:00:00Z'),
);
const html = fc.oneof(
  nasty,
  fc
    .array(
      fc.constantFrom(
        '<p>',
        '</p>',
        '<b>x',
        '</b>',
        'text ',
        '<img src="https://a.example/1.png">',
        '<a href="https://a.example/?a&b">l</a>',
        '<ul><li>y',
        '<table><tr><td>z',
        '<br>',
        '&nbsp;',
        '<pre>\n  a\n b</pre>',
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const person = fc.record({ name: maybe(nasty), url: maybe(url) });
const item = fc.record({
  id: fc.oneof(
    url,
    nasty,
    fc.uuid().map((id) => `urn:uuid:${id}`),
  ),
  url: maybe(url),
  title: maybe(nasty),
  content_html: maybe(html),
  summary: maybe(nasty),
  date_published: maybe(date),
  date_modified: maybe(date),
  authors: maybe(fc.array(person, { maxLength: 3 })),
  tags: maybe(fc.array(nasty, { maxLength: 3 })),
  attachments: maybe(
    fc.array(
      fc.record({
        url,
        mime_type: fc.constantFrom('audio/mpeg', 'x', 'text/html; a="b"'),
        size_in_bytes: fc.nat(),
      }),
      { maxLength: 1 },
    ),
  ),
  _tributary: maybe(
    fc.record({
      rights: maybe(nasty),
      license: maybe(url),
      note: maybe(fc.oneof(nasty, html)),
      source: maybe(
        fc.record({ title: maybe(nasty), id: maybe(nasty), feed_url: maybe(url), home_page_url: maybe(url) }),
      ),
      via: maybe(fc.array(fc.record({ title: maybe(nasty), url }), { maxLength: 3 })),
    }),
  ),
});

interface Shown {
  readonly id: string;
  readonly content_html?: string;
  readonly summary?: string;
  readonly [name: string]: unknown;
  readonly _tributary: {
    readonly note: string;
    readonly via: readonly { readonly url: string; readonly title: string }[];
    readonly source: { readonly title: string; readonly feed_url?: string };
    readonly [name: string]: unknown;
  };
}

const itemsOf = (json: string): readonly Shown[] => JSON.parse(json).items;

/** What is its publisher's. RSS dates have whole seconds, and RSS knows of a source its title and one address alone. */
function saidOf({ _tributary: ours, ...shown }: Shown, format: string) {
  const { note, via: _, publisher: __, contributors: ___, source, guid: ____, ...said } = ours;
  const body = shown.content_html ?? '';
  const vocabularies = Object.keys(shown).filter((name) => name.startsWith('_'));
  const inSeconds = (date: unknown) => String(date).slice(0, 19);
  return {
    ...shown,
    ...Object.fromEntries(vocabularies.map((name) => [name, undefined])),
    content_html: body.endsWith(note) ? body.slice(0, -note.length).trim() : `without its note: ${body}`,
    authors: (shown['authors'] as { name: string }[]).map((one) => (format === 'rss' ? one.name : one)),
    date_published: inSeconds(shown['date_published']),
    date_modified: inSeconds(shown['date_modified']),
    said,
    source: source.title,
  };
}

it.each(['rss', 'atom', 'json'] as const)(
  'what we publish as %s reads back as we published it',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 4 }), nasty, async (items, title) => {
        const text = JSON.stringify({
          version: 'https://jsonfeed.org/version/1.1',
          title: title || 'A',
          home_page_url: 'https://a.example/',
          items,
        });
        const feed = { title: 'One', attribution: DEFAULT_WORDING };
        const published = await publishOnce([{ source: first, text }], feed, 'https://one.example/');
        const address = `https://one.example/feeds/all.${format}`;
        const source = buildSource('one', { feedUrl: address, address });
        const again = await publishOnce([{ source, text: published[format] }], feed, 'https://two.example/');
        const [before, after] = [itemsOf(published.json), itemsOf(again.json)];
        expect(after.map((one) => one.id).toSorted()).toEqual(before.map((one) => one.id).toSorted());
        for (const one of before) {
          const other = after.find((each) => each.id === one.id);
          if (other === undefined) continue;
          // Atom demands a title: one that had to be made up is there to stay.
          const named =
            format === 'atom' && one['title'] === undefined ? { ...one, title: other['title'] } : one;
          expect(saidOf(other, format), JSON.stringify([one, other], null, 1)).toEqual(saidOf(named, format));
          const hops = other._tributary.via.map((hop) => hop.url);
          expect(hops).toEqual([...new Set([...one._tributary.via.map((hop) => hop.url), address])]);
        }
      }),
      { numRuns: DOCUMENTS, seed: SEED, endOnFailure: true },
    );
  },
  120_000,
);
