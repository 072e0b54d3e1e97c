// Addresses: resolved, judged, and made absolute in HTML.
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { absoluteHtml } from '../../../src/core/normalize/absolute-html.ts';
import { publishableUrl, resolveReference } from '../../../src/core/normalize/urls.ts';
import { mutate, pick } from '../mutate.ts';
import { HTML_TOKENS } from '../seeds.ts';
import { holds, type Target } from '../target.ts';

const REFERENCES = [
  ...[
    'https://h.example/a/b?c=d#e',
    '//h.example/x',
    '/a/../b',
    '../../x',
    '?q',
    '#f',
    '',
    'a:b',
    'http:x',
    'www.h.example/x',
  ],
  ...[
    'http://user:pass@h.example/',
    'https:\\\\h.example\\x',
    'javascript:x',
    ' https://h.example/ ',
    'http://[::1]/',
    'http://1.2',
  ],
];
const TOKENS = [
  ...': / // \\ @ ? # [ ] % %40 %2f . .. ; = & | ^ { } " < > ` 0x7f http:// https: javascript: data: user:pass@ xn-- www.'.split(
    ' ',
  ),
  ...[' ', '\t', '\n', '\0', '\u00a0', '\u200b', '\uff0f', '\u3002', '①', 'é', '\ud800', '\ufeff', '\u2028'],
];
const PAGES = [
  '<p><a href="x">a</a> <img src="/b.png" srcset="c 1x, d 2x"></p>',
  '<div xml:base="e/"><a href=f>g</a><video poster="h"><source src="?i"></video></div>',
  '<blockquote cite=\'j\'>k</blockquote><form action=l><input formaction="m"></form>',
];

export const urls: Target = {
  name: 'urls',
  make: (random) => ({
    reference: mutate(pick(random, REFERENCES), random, TOKENS, pick(random, REFERENCES)),
    base: mutate(pick(random, REFERENCES), random, TOKENS),
    html: mutate(pick(random, PAGES), random, [...HTML_TOKENS, ...TOKENS], pick(random, PAGES)).slice(
      0,
      4000,
    ),
  }),
  check({ reference = '', base = '', html = '' }) {
    resolveReference(reference, base);
    for (const url of [publishableUrl(reference, base), publishableUrl(reference, undefined)]) {
      if (url !== undefined) judge(url);
    }
    const absolute = absoluteHtml(html, { base });
    holds(
      JSON.stringify(shapeOf(absolute)) === JSON.stringify(shapeOf(html)),
      'only addresses change in HTML',
    );
  },
};

function judge(url: string): void {
  holds(/^https?:\/\/[^"<>\\^`{|}\0-\x20]+$/.test(url), `${url} is an address`);
  holds(publishableUrl(url, undefined) === url, `${url} is published as itself`);
  if (!URL.canParse(url)) return;
  const { username, password, protocol } = new URL(url);
  holds(username === '' && password === '', `${url} has nobody's name in it`);
  holds(/^https?:$/.test(protocol), `${url} is of the web`);
}

type Node = DefaultTreeAdapterTypes.ChildNode;

/** Elements and the names of their attributes; `xml:base` goes once it is applied. */
function shapeOf(html: string): readonly unknown[] {
  const walk = (nodes: readonly Node[]): readonly unknown[] =>
    nodes.flatMap((node) => {
      if (!('tagName' in node)) return [node.nodeName];
      const names = node.attrs.map(({ name, prefix }) => `${prefix ?? ''}:${name}`);
      return [
        node.tagName,
        names.filter((name) => !/^:xml:base$|^xml:base$/.test(name)),
        walk(node.childNodes),
      ];
    });
  return walk(parseFragment(html).childNodes);
}
