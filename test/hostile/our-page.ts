// A page of ours taken apart into what publishers may fill and what is ours alone.
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { ALLOWED_TAGS } from '../../src/core/sanitize/allowed.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** Ours, in places where no text of a publisher's becomes an element. */
const OWN_SCRIPT = /<script src="(?:\.\.\/)*page\.js" defer><\/script>/;
const OWN_READER_LINK = /<a href="feed:https?:\/\/[^"]*">/;
const OUTSIDE_ITEMS = [
  ...['html', 'head', 'meta', 'title', 'link', 'body', 'main', 'nav', 'header', 'footer', 'article'],
  ...['label', 'input', 'button', 'select', 'option', 'output'],
];
const IN_ITEMS = ['article', 'header', 'footer'];

/** The page without its one script and its link for feed readers, which point at nothing but ourselves. */
export function withoutOurOwn(page: string): string {
  return page.replace(OWN_SCRIPT, '').replace(OWN_READER_LINK, '<a>');
}

/** Elements that are none of ours, the more so within an item, and attributes that run something. */
export function dangersIn(page: string): string[] {
  return dangersOf(parse(withoutOurOwn(page)).childNodes, false);
}

function dangersOf(nodes: readonly Node[], isInItem: boolean): string[] {
  return nodes.flatMap((node) => {
    if (!('tagName' in node)) return [];
    const within = isInItem || node.tagName === 'article';
    return [...dangersOfElement(node, within), ...dangersOf(node.childNodes, within)];
  });
}

function dangersOfElement({ tagName, attrs }: Element, isInItem: boolean): string[] {
  const ours = isInItem ? IN_ITEMS : OUTSIDE_ITEMS;
  return [
    ...(ours.includes(tagName) || ALLOWED_TAGS.includes(tagName) ? [] : [tagName]),
    ...attrs.flatMap(({ name, value }) =>
      /^on|^style$|^srcdoc$/.test(name) || /^\s*(?:javascript|data|vbscript):/i.test(value)
        ? [`${tagName} ${name}`]
        : [],
    ),
  ];
}
