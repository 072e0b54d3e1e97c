// Documents that are well-formed, compared element by element with what a strict parser that is not ours (saxes) makes of
// them: names by namespace, attributes, texts, and what stands in text fields in its order.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type SaxesAttributeNS, SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/core/parse/limits.ts';
import { parseFeed } from '../../../src/core/parse/parse-feed.ts';
import type { XmlElement } from '../../../src/core/parse/xml/element.ts';
import { readTree } from '../../../src/core/parse/xml/read-tree.ts';

interface Node {
  name: string;
  attributes: string[];
  /** Texts and markup of a text field, the text of any other; containers have none. */
  content: string;
  children: Node[];
  hasMarkup?: boolean;
  hasCdata?: boolean;
}

const ATOM = 'http://www.w3.org/2005/Atom';
const DC = 'http://purl.org/dc/elements/1.1/';
const MEDIA = 'http://search.yahoo.com/mrss/';
const XHTML = 'http://www.w3.org/1999/xhtml';
const PREFIXES: Readonly<Record<string, string>> = {
  '': '',
  [ATOM]: 'atom:',
  [XHTML]: 'xhtml:',
  [DC]: 'dc:',
  [MEDIA]: 'media:',
  'http://www.w3.org/XML/1998/namespace': 'xml:',
};
const CONTAINERS = new Set(['rss', 'channel', 'item', 'atom:feed', 'atom:entry']);
const TEXT_FIELDS = new Set(['title', 'description', 'atom:content', 'atom:title']);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The document as saxes reads it; throws where it is not well-formed. */
function strictly(document: string): Node[] {
  const parser = new SaxesParser({ xmlns: true });
  const open: Node[] = [];
  const items: Node[] = [];
  let markupDepth = 0;
  const text = (data: string, isCdata: boolean): void => {
    const top = open.at(-1);
    if (top === undefined || CONTAINERS.has(top.name)) return;
    if (isCdata) top.hasCdata = true;
    if (top.hasMarkup !== true) top.content += data;
    else top.content += isCdata && !top.name.startsWith('atom:') ? data : escaped(data);
  };
  const withPrefix = (uri: string, local: string): string => `${PREFIXES[uri]}${local}`;
  const attributesOf = (attributes: Record<string, SaxesAttributeNS>): string[] =>
    Object.values(attributes)
      .filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
      .flatMap(({ uri, local, value }) => [withPrefix(uri, local), value]);
  parser.on('opentag', ({ uri, local, attributes }) => {
    const node: Node = {
      name: withPrefix(uri, local),
      attributes: attributesOf(attributes),
      content: '',
      children: [],
    };
    const top = open.at(-1);
    if (markupDepth > 0 || (top !== undefined && TEXT_FIELDS.has(top.name))) {
      if (top === undefined) return;
      if (top.hasMarkup !== true)
        top.content =
          top.hasCdata === true && !top.name.startsWith('atom:') ? top.content : escaped(top.content);
      top.hasMarkup = true;
      markupDepth += 1;
      const written = node.attributes.map((part, index) =>
        index % 2 === 0
          ? ` ${part === 'xml:lang' ? 'lang' : part}=`
          : `"${escaped(part).replaceAll('"', '&quot;')}"`,
      );
      top.content += `<${local}${written.join('')}>`;
      return;
    }
    if (node.name === 'item' || node.name === 'atom:entry') items.push(node);
    else top?.children.push(node);
    open.push(node);
  });
  parser.on('closetag', ({ local }) => {
    if (markupDepth === 0) open.pop();
    else {
      markupDepth -= 1;
      const top = open.at(-1);
      if (top !== undefined && local !== 'br') top.content += `</${local}>`;
    }
  });
  parser.on('text', (data) => text(data, false));
  parser.on('cdata', (data) => text(data, true));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(document).close();
  return items;
}

function ours({ name, attributes, html, text, children }: XmlElement): Node {
  return {
    name,
    attributes: [...attributes],
    content: html ?? text,
    children: children.map(ours),
  };
}

function plain({ name, attributes, content, children }: Node): Node {
  return { name, attributes, content, children: children.map(plain) };
}

const AWKWARD =
  '< > & " \' = / ]]> ] <!-- --> <item> </item> </title> <![CDATA[ <?x ?> <title> &amp; &#10; a b'.split(' ');
const words = fc
  .array(fc.oneof(fc.constantFrom(...AWKWARD, ' ', '\n', '\t', '😀', 'é', '’'), fc.string()), {
    maxLength: 8,
  })
  .map((parts) => parts.join('').replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]/g, ''));

const asText = words.map(escaped);
const asCdata = words.map((text) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`);
const asComment = words.map((text) => `<!--${text.replaceAll('-', '')}-->`);
const asInstruction = words.map((text) => `<?x ${text.replaceAll('?>', '')}?>`);
const asValue = fc.tuple(words, fc.boolean()).map(([text, isDouble]) => {
  const plain = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return isDouble ? `"${plain.replaceAll('"', '&#34;')}"` : `'${plain.replaceAll("'", '&apos;')}'`;
});
const space = fc.constantFrom('', '', '', ' ', '\n  ');

/** Elements of the names, and what `content` gives in them. */
function elements(
  names: readonly string[],
  content: fc.Arbitrary<string>,
  declare = '',
): fc.Arbitrary<string> {
  const attributes = fc.uniqueArray(
    fc.tuple(
      fc.constantFrom('a', 'b', 'p:a', 'q:b', 'xml:lang'),
      asValue,
      space,
      fc.constantFrom(' ', ' ', '\n'),
    ),
    { selector: ([name]) => name, maxLength: 3 },
  );
  return fc
    .tuple(fc.constantFrom(...names), attributes, content, space, fc.boolean())
    .map(([name, list, inner, gap, isEmpty]) => {
      const written = list
        .map(([key, value, around, before]) => `${before}${key}${around}=${around}${value}`)
        .join('');
      return isEmpty && inner === ''
        ? `<${name}${declare}${written}${gap}/>`
        : `<${name}${declare}${written}${gap}>${inner}</${name}${gap}>`;
    });
}

const joined = (...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.array(fc.oneof(...parts), { maxLength: 5 }).map((list) => list.join(''));
const mixed = [asText, asCdata, asComment, asInstruction] as const;
const markup = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    joined(...mixed),
    joined(
      asText,
      asCdata,
      elements(['i', 'em', 'item', 'title', 'br'], tie('any'), ` xmlns="${XHTML}"`),
      elements(['i', 'b', 'br'], tie('any')),
    ),
  ),
})).any;
const other = elements(
  ['p:x', 'q:y', 'p:z'],
  joined(...mixed, elements(['p:inner', 'q:inner'], joined(...mixed))),
);
const rssItem = elements(
  ['item'],
  joined(
    elements(['title', 'description'], markup),
    elements(['guid', 'link'], joined(...mixed)),
    other,
    asComment,
    asInstruction,
  ),
);
const rss = joined(rssItem, asComment, asInstruction, other).map(
  (items) =>
    `<?xml version="1.0"?>\n<!-- < --><?y <rss> ?><rss xmlns:p="${DC}" xmlns:q="${MEDIA}" version="2.0"><channel>${items}</channel></rss>\n<!-- after -->`,
);
const entry = elements(
  ['f:entry'],
  joined(elements(['f:title', 'f:content'], markup), elements(['f:id'], joined(...mixed)), other),
);
const atom = joined(entry, asComment, other).map(
  (entries) =>
    `<f:feed xmlns:f="${ATOM}" xmlns:q="${DC}" xmlns:p="${MEDIA}" xmlns:x='${DC}'>${entries}</f:feed>`,
);

describe('well-formed documents', () => {
  it.each([
    ['RSS', rss],
    ['Atom under a prefix of its own', atom],
  ])('%s: is read as a strict parser reads it', (_, documents) => {
    fc.assert(
      fc.property(documents, (document) => {
        const tree = readTree(document, DEFAULT_LIMITS);
        expect(tree.isDamaged).toBe(false);
        expect(tree.items.map(ours)).toEqual(strictly(document).map(plain));
      }),
      { numRuns: 600 },
    );
  });
});

describe('every document of the fixtures', () => {
  const folder = new URL('../../fixtures/parse/', import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith('.xml'));
  const isWellFormed = (text: string): boolean => {
    try {
      strictly(text);
      return true;
    } catch {
      return false;
    }
  };

  it.each(files)('%s is damaged only where a strict parser refuses it', async (file) => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const notes = await parseFeed(text).then(
      (feed) => feed.notes.map(({ code }) => code),
      () => [],
    );
    // A page around a feed is well-formed, and no feed.
    if (isWellFormed(text) && !text.includes('<html')) expect(notes).not.toContain('repaired');
  });
});
