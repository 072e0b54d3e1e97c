// HTML as hostile publishers write it, for property tests: pieces of markup in any order, whole and broken.
import fc from 'fast-check';

const NAMES = (
  'a b i p div table tr td th caption colgroup col ul li dl dt dd details summary img video audio source pre h1 blockquote br hr ' +
  'ruby rt span time q section script style svg math iframe form select option textarea template title noscript xmp plaintext ' +
  'noembed object embed base meta link foreignObject annotation-xml mtext font center button input frameset body html head nobr'
).split(' ');
const VALUES = [
  'javascript:alert(1)',
  ' jAvA\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'https://a.example/?a=1&b="2"',
  'http://user:pass@a.example/x',
  '//b.example/x',
  '/relative',
  'mailto:a@b.example',
  'https://a.example/1.png 1x, javascript:x 2x',
  '"><script>alert(1)</script>',
  "'>\u0000<b",
  'display:none',
  'attribution',
  '&#x0;&#1;&lt;&#xD800;',
];
const ATTRIBUTES = (
  'href src srcset poster cite style class id onclick onerror title lang dir rel width controls open alt formaction xlink:href ' +
  'datetime media'
).split(' ');

const attribute = fc
  .tuple(fc.constantFrom(...ATTRIBUTES), fc.constantFrom(...VALUES), fc.constantFrom('"', "'", ''))
  .map(([name, value, quote]) => ` ${name}=${quote}${value}${quote}`);
const openTag = fc
  .tuple(
    fc.constantFrom(...NAMES),
    fc.array(attribute, { maxLength: 3 }),
    fc.constantFrom('>', '/>', '', '\n>'),
  )
  .map(([name, attributes, end]) => `<${name}${attributes.join('')}${end}`);
const closeTag = fc.constantFrom(...NAMES).map((name) => `</${name}>`);
const text = fc.oneof(
  fc.constantFrom(
    'text',
    ']]>',
    '<!--',
    '-->',
    '<![CDATA[',
    '&',
    '&lt;script&gt;',
    '<',
    '>',
    '\ud800',
    '\u0000',
    '\ufffe',
    ' a < b ',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

export const hostileHtml = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: openTag },
      { weight: 3, arbitrary: closeTag },
      { weight: 2, arbitrary: text },
    ),
    {
      maxLength: 24,
    },
  )
  .map((pieces) => pieces.join(''));
