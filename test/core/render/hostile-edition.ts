// Editions for property tests: hostile text in every field that takes text.
import fc from 'fast-check';
import { sanitizeHtml } from '../../../src/core/sanitize/sanitize.ts';
import type { EditionItem } from '../../../src/model/edition.ts';
import type { PublishedId } from '../../../src/model/ids.ts';
import { BARE, editionOf, FULL } from './sample-editions.ts';

export const hostileText = fc.oneof(
  fc.constantFrom(
    ']]>]]>',
    ']]></title></item><item><guid>forged</guid></item>',
    '</content></entry><entry><id>forged</id></entry>',
    '<script>alert(1)</script>',
    '"><b>',
    "' onload='x",
    'a < b & c',
    '&#0;&#xD800;&lt;',
    '\u0000\u0008\u001f\ufffe\uffff',
    '\ud800 \udfff',
    '\r\n\t ',
    '<!--',
    '<![CDATA[',
    '<?xml version="1.0"?>',
    '<!DOCTYPE a [<!ENTITY x "y">]>&x;',
    '{title}[{x}]$1',
    '__proto__',
    '<!DOCTYPE a [&</b>',
    '</b>',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const text = hostileText;
/** Editions hold no blank names: what is left of one without characters that XML forbids is something. */
const name = text.map((part) =>
  part
    .toWellFormed()
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .trim() === ''
    ? `x${part}`
    : part,
);
const maybe = fc.option(text, { nil: undefined });
const url = text.map((part) => `https://evil.example/${encodeURI(part.toWellFormed())}`);
const category = fc.record({ term: text, scheme: maybe, label: maybe });
const person = fc.record({ name, email: maybe, uri: fc.option(url, { nil: undefined }) });
const people = fc.array(person, { minLength: 1, maxLength: 2 });
const link = fc.record({
  rel: fc.constantFrom('related', 'replies', 'alternate', 'self', 'via', 'enclosure', 'license', ']]>'),
  url,
  type: maybe,
  title: maybe,
  hreflang: maybe,
});

const hostileItem: fc.Arbitrary<EditionItem> = fc
  .record({
    guid: maybe,
    title: text,
    // What comes out of the sanitizer, and what would if it failed.
    contentHtml: fc.option(
      text.map((part) => `<p>${part}</p>`),
      { nil: undefined },
    ),
    summary: maybe,
    categories: fc.array(category, { maxLength: 2 }),
    enclosures: fc.array(fc.record({ url, type: maybe, title: maybe, length: fc.double() }), {
      maxLength: 2,
    }),
    links: fc.array(link, { maxLength: 3 }),
    language: maybe,
    permalink: fc.option(url, { nil: undefined }),
    authors: people,
    rights: maybe,
    sourceTitle: name,
    note: text,
    position: fc.constantFrom('before', 'after', 'both', 'none'),
  })
  .map(({ authors, rights, sourceTitle, note, position, ...fields }) => ({
    ...FULL,
    extensions: undefined,
    ...fields,
    attribution: {
      ...FULL.attribution,
      authors,
      contributors: authors,
      rights,
      publisher: sourceTitle,
      source: {
        ...FULL.attribution.source,
        title: sourceTitle,
        authors,
        rights,
        categories: fields.categories,
      },
      via: [{ title: sourceTitle, url: 'https://evil.example/via' }],
      also: [{ title: sourceTitle, url: 'https://evil.example/also', authors: [sourceTitle] }],
    },
    note: { position, html: `<p>${note}</p>`, text: note },
  }));

/** As the pipeline hands items over. */
export function withSafeHtml(item: EditionItem): EditionItem {
  const contentHtml = item.contentHtml === undefined ? undefined : sanitizeHtml(item.contentHtml);
  return { ...item, contentHtml, note: { ...item.note, html: sanitizeHtml(item.note.html) } };
}

/** Up to three items with hostile text in every field, and a bare one. */
export const hostileEdition = fc
  .array(hostileItem, { minLength: 1, maxLength: 3 })
  .map((items) =>
    editionOf(...items.map((item, place) => ({ ...item, id: `urn:x:${place}` as PublishedId })), BARE),
  );
