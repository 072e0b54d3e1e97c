// Templates of notes, random, with hostile values: whatever the values, the elements and attributes are those of the template.
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { noteFor } from '../../../src/core/attribute/note-for.ts';
import { isNoteTemplate } from '../../../src/edge/config/templates.ts';
import { DEFAULT_WORDING } from '../../../src/model/default-wording.ts';
import { NOTE_PLACEHOLDERS } from '../../../src/model/note-template.ts';
import { AT, attribute } from '../../core/attribute/samples.ts';
import { mutate, pick, upTo } from '../mutate.ts';
import { HTML_TOKENS } from '../seeds.ts';
import { holds, type Input, type Target } from '../target.ts';

const PIECES = [
  ...NOTE_PLACEHOLDERS.map((name) => `{${name}}`),
  ...NOTE_PLACEHOLDERS.map((name) => `[ ${name}: {${name}}]`),
  ...[
    '<p>',
    '</p>',
    '<b>',
    '</b>',
    '<a href="{permalink}">',
    "<a href='{sourceUrl}'>",
    '</a>',
    '<br>',
    '<div>',
    '</div>',
  ],
  ...[
    '<img src="https://h.example/x.png" alt="{title}">',
    '<i title="{source}">',
    "<i title='{rights}'>",
    '</i>',
    '<li>',
  ],
  ...[
    '<a href="https://h.example/?q={title}&amp;s={author}">',
    '[1]',
    '&#91;',
    '&lt;',
    '&',
    ' · ',
    '<b>{title}</b>',
  ],
];
/** What only a value has: it shows where one was read again as a template. */
const TITLE = 'T0K3N';
/** A note that grows too long is worded by the default instead, so that its elements are others. */
const TEMPLATE_CHARS_MAX = 500;
const HOSTILE = [
  '{title}',
  '[{title}]',
  '$1$&',
  '"><script>x</script>',
  "' onclick='x",
  '</p></a>',
  '<!--',
  ']]>',
  '&lt;b&gt;',
];

export const notes: Target = {
  name: 'notes',
  make(random) {
    const template = Array.from({ length: upTo(random, 9) }, () => pick(random, PIECES)).join('');
    const value = () => mutate(pick(random, HOSTILE), random, HTML_TOKENS).slice(0, 120);
    return {
      template: random.next() < 0.3 ? mutate(template, random, [...PIECES, ...HTML_TOKENS]) : template,
      a: value(),
      b: value(),
      c: value(),
    };
  },
  check(input) {
    const { template = '' } = input;
    // A quarter at least are accepted: pieces are whole, and order is what is at stake.
    if (template.length > TEMPLATE_CHARS_MAX || isNoteTemplate(template) !== undefined) return;
    const plain = noteOf(template, {});
    const hostile = noteOf(template, input);
    holds(hostile.html.isWellFormed(), 'no text has halves of pairs');
    holds(shapeOf(hostile.html) === shapeOf(plain.html), `values change no element: ${hostile.html}`);
    holds(countOf(hostile.html) === countOf(plain.html), `values are read no further: ${hostile.html}`);
    holds(dangers(hostile.html), `addresses are of the web: ${hostile.html}`);
  },
};

function noteOf(template: string, { a = '', b = '', c = '' }: Input) {
  const attribution = attribute(
    { authors: [{ name: `n${a}` }], rights: { text: `r${b}`, licenses: ['https://h.example/license'] } },
    { title: `s${c}` },
    { name: `s${c}` },
  );
  const subject = {
    title: TITLE,
    permalink: 'https://h.example/?a=1&b="',
    publishedAt: AT,
    updatedAt: AT,
    categories: [{ term: `k${a}` }],
  };
  return noteFor(attribution, subject, { ...DEFAULT_WORDING, template });
}

function countOf(html: string): number {
  return html.split(TITLE).length;
}

type Node = DefaultTreeAdapterTypes.ChildNode;

function elementsIn(nodes: readonly Node[]): readonly DefaultTreeAdapterTypes.Element[] {
  return nodes.flatMap((node) => ('tagName' in node ? [node, ...elementsIn(node.childNodes)] : []));
}

function shapeOf(html: string): string {
  const elements = elementsIn(parseFragment(html).childNodes);
  return elements.map(({ tagName, attrs }) => [tagName, ...attrs.map(({ name }) => name)].join(' ')).join();
}

function dangers(html: string): boolean {
  return elementsIn(parseFragment(html).childNodes).every(({ attrs }) =>
    attrs.every(
      ({ name, value }) =>
        !/^on/.test(name) &&
        (!['href', 'src', 'cite'].includes(name) || /^(?:https?:\/\/|mailto:)/i.test(value)),
    ),
  );
}
