// Trees of other vocabularies for property tests: whatever names, namespaces, attributes and texts a hostile source may send.
import fc from 'fast-check';
import type { ExtensionElement } from '../../../src/model/extension.ts';
import * as ns from '../../../src/model/namespaces.ts';

const namespaces = fc.constantFrom(
  ...Object.values(ns),
  'http://www.itunes.com/DTDs/PodCast-1.0.dtd',
  'http://search.yahoo.com/mrss',
  'http://backend.userland.com/rss',
  'http://backend.userland.com/rss2#x',
  'http://my.netscape.com/rdf/simple/0.9/',
  'http://purl.org/atom/ns#',
  'http://www.w3.org/2000/svg',
  'http://www.w3.org/2001/XInclude',
  'http://www.w3.org/1999/XSL/Transform',
  'http://purl.org/rss/1.0/modules/slash/',
  'http://www.georss.org/georss',
  'http://www.opengis.net/gml',
  'http://podlove.org/simple-chapters',
  'http://webns.net/mvcb/',
  'http://rssnamespace.org/feedburner/ext/1.0',
  'urn:evil',
  'https://evil.example/ns',
  'urn:evil"><item/>',
  '__proto__',
  '',
);
const prefixes = fc.constantFrom(
  ...'dc atom a10 itunes media content rss rdf xml xmlns xhtml svg tributary author published updated source evil ns1 x __proto__'.split(
    ' ',
  ),
  '',
  '"><item>',
);
const locals = fc.constantFrom(
  ...'item entry guid id title link author creator source rights license published updated pubDate date description encoded summary'.split(
    ' ',
  ),
  ...'content script html note name email uri category enclosure thumbnail group image duration explicit person chapters where pos'.split(
    ' ',
  ),
  ...'credit detail parsed modified issued created language publisher contributor owner keywords subtitle new-feed-url deleted-entry'.split(
    ' ',
  ),
  'constructor',
  '__proto__',
  'a b',
  '><item/>',
  '1',
  'ä',
);
const values = fc.oneof(
  fc.constantFrom(
    'Forged',
    ']]></item><item><guid>forged</guid></item>',
    '"/></item><item><guid>forged</guid></item>',
    '<script>alert(1)</script>',
    '&lt;script&gt;',
    '<!DOCTYPE a [&</b>',
    'javascript:alert(1)',
    'https://evil.example/',
    'https://u:p@evil.example/',
    'yes',
    '2001-01-01T00:00:00Z',
    '\u0000\u0008\ufffe\ud800',
    '\u202e\u2066',
    ' ',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const attributeNames = fc.oneof(
  fc.constantFrom(
    ...'xmlns xmlns:dc xmlns:atom xml:base xml:lang xml:id xlink:href rdf:about rdf:resource href url type rel isPermaLink evil:x dc:x'.split(
      ' ',
    ),
    '__proto__',
    'a b',
    'a="',
    'onload',
  ),
  fc.string({ maxLength: 4 }),
);

const { tree } = fc.letrec<{ tree: ExtensionElement }>((tie) => ({
  tree: fc.record({
    name: fc.tuple(prefixes, locals).map(([prefix, local]) => (prefix === '' ? local : `${prefix}:${local}`)),
    namespace: namespaces,
    attributes: fc.array(fc.tuple(attributeNames, values), { maxLength: 3 }),
    text: values,
    children: fc.oneof(
      { depthSize: 'small', maxDepth: 3 },
      fc.constant([]),
      fc.array(tie('tree'), { maxLength: 3 }),
    ),
  }),
}));

export const hostileExtensions: fc.Arbitrary<readonly ExtensionElement[]> = fc.array(tree, {
  minLength: 1,
  maxLength: 6,
});
