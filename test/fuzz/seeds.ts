// What inputs are made from: the documents among our fixtures and samples, and the tokens of the languages they are in.
import { readdirSync, readFileSync } from 'node:fs';
import { bytesAsText } from './target.ts';

/** Larger fixtures are about size, which has tests of its own. */
const BYTES_MAX = 40_000;

function documentsIn(pattern: RegExp, folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => {
    const url = new URL(folder, import.meta.url);
    return readdirSync(url)
      .sort()
      .filter((name) => pattern.test(name) && !name.endsWith('.expected.json'))
      .map((name) => readFileSync(new URL(name, url)))
      .filter((bytes) => bytes.length <= BYTES_MAX)
      .map(bytesAsText);
  });
}

const FEED_FOLDERS = ['../fixtures/parse/', '../fixtures/damage/', '../../config/samples/'];

/** One character a byte. */
export const FEEDS = documentsIn(/\.(?:xml|rss|atom|rdf|json|bin)$/, FEED_FOLDERS);
export const JSON_FEEDS = documentsIn(/\.json$/, FEED_FOLDERS);
export const CONFIGURATIONS = documentsIn(/\.yaml$/, ['../fixtures/config/', '../../config/']);

export const XML_TOKENS = [
  ...[
    '<',
    '>',
    '&',
    '"',
    "'",
    '/>',
    '</',
    '<!--',
    '-->',
    '--!>',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    '<!DOCTYPE',
    ']>',
  ],
  ...[
    '<!ENTITY a "&a;&a;">',
    '&a;',
    '&amp;amp;lt;',
    '&#0;',
    '&#xD800;',
    '&#x110000;',
    '&nbsp;',
    '&lt;script&gt;',
  ],
  ...[
    '<item>',
    '</item>',
    '<entry>',
    '</entry>',
    '<channel>',
    '</channel>',
    '<feed>',
    '<rss version="2.0">',
    '</rss>',
  ],
  ...[
    '<title>',
    '</title>',
    '<link>',
    '<guid>',
    '</guid>',
    '<id>',
    '<description>',
    '<content:encoded>',
    '<author>',
  ],
  ...[
    '<content type="xhtml">',
    '<summary type="html">',
    '<div xmlns="http://www.w3.org/1999/xhtml">',
    '<source>',
  ],
  ...[
    ' xmlns="',
    ' xmlns:a="b"',
    ' xml:base="javascript:x"',
    ' xml:base="//a@b"',
    ' xml:lang="',
    ' type="xhtml"',
  ],
  ...[
    '<itunes:duration>1e999</itunes:duration>',
    ' length="-1"',
    ' length="99999999999999999999"',
    '<media:group>',
  ],
  ...[
    '<georss:point>',
    '<podcast:value ',
    '<tributary:note>',
    '<atom:link rel="self" href="',
    '<dc:creator>',
  ],
  ...[
    '__proto__',
    'constructor',
    ' encoding="utf-7"',
    ' encoding="ebcdic"',
    '\x1b$B',
    '\x1b(J',
    '+ADw-',
    '\0',
    '\xef\xbb\xbf',
  ],
  ...[
    '\xff\xfe',
    '\xfe\xff',
    '\xed\xa0\x80',
    '\xc0\xbc',
    '\xf4\x90\x80\x80',
    '<x>',
    '</x>',
    '<p><b><i>',
    '<svg>',
    '<plaintext>',
  ],
] as const;

export const HTML_TOKENS = [
  ...'a b i p div table tr td th caption colgroup ul li dl dt details summary img video source pre blockquote br'
    .split(' ')
    .flatMap((name) => [`<${name}>`, `</${name}>`, `<${name} `]),
  ...'script style svg math iframe form select option textarea template title noscript xmp plaintext object base mtext'
    .split(' ')
    .flatMap((name) => [`<${name}>`, `</${name}>`, `<${name}/>`]),
  ...[
    ' href="javascript:x"',
    ' src=x',
    " title='",
    ' onerror=x',
    ' srcset="a 1x, b 2x"',
    ' style="',
    ' xml:base="',
  ],
  ...[
    ' href="//u:p@h/"',
    ' href="https://h.example/?a&b"',
    ' cite=`',
    '="',
    '"',
    "'",
    '`',
    '>',
    '<',
    '</',
    '/>',
    '/',
  ],
  ...[
    '<!--',
    '-->',
    '--!>',
    '<!',
    '<?',
    '<![CDATA[',
    ']]>',
    '&',
    '&lt;',
    '&#',
    '&#x0;',
    '&Tab;',
    '&colon;',
    '&notin',
  ],
  ...[
    '\0',
    '\ud800',
    '\ufffe',
    '\u202e',
    '\u2028',
    '\u00a0',
    '\n',
    'text',
    '{title}',
    '<annotation-xml encoding="text/html">',
  ],
] as const;

export const YAML_TOKENS = [
  ...[
    ': ',
    '- ',
    '\n',
    '  ',
    '\t',
    '#',
    '&a ',
    '*a',
    '<<: *a',
    '!!js/function',
    '!!binary',
    '|',
    '>',
    '---\n',
    '...\n',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    "'",
    '\\',
    '~',
    'null',
    'true',
    'no',
    '0x10',
    '1e999',
    '-1',
    '99999999999999999999',
  ],
  ...[
    '${HOME}',
    '${',
    '}',
    '$',
    '${X:-y}',
    '__proto__: ',
    'constructor: ',
    'id: ',
    'url: ',
    'sources:',
    'feeds:',
  ],
  ...[
    'https://',
    'file:',
    'cron: "* * * * *"',
    'every: 1s',
    '1h',
    '10MB',
    '{title}',
    '[{rights}]',
    '<p>',
    '\0',
    '\ufeff',
  ],
] as const;
