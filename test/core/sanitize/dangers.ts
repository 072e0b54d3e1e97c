// What of a tree of HTML may do harm: everything that is not on our list, by a walk that knows no more of it than the list.
import type { DefaultTreeAdapterTypes } from 'parse5';
import { ALLOWED_ATTRIBUTES } from '../../../src/core/sanitize/allowed.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;

const HTML = 'http://www.w3.org/1999/xhtml';
const ADDRESS = /^https?:\/\/[^/@\s]+(?:\/[^\s"<>]*)?$|^mailto:[^\s@]+@/i;
const INNER = /\/\/(?:(?:127|10|192\.168|169\.254)\.[\d.]+|localhost\.?|router\.?|\[[^\]]*\])(?=[/:?#]|$)/;

/** What is wrong with each element and attribute; empty where all is harmless. */
export function dangersIn(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node) => {
    if (!('tagName' in node)) return node.nodeName === '#text' ? [] : [`a node ${node.nodeName}`];
    const allowed = ALLOWED_ATTRIBUTES.get(node.tagName);
    const own = node.namespaceURI !== HTML || allowed === undefined ? [`an element ${node.tagName}`] : [];
    const attributes = node.attrs.flatMap(({ name, value }) => dangersOf(node.tagName, name, value));
    return [...own, ...attributes, ...dangersIn(node.childNodes)];
  });
}

function dangersOf(tag: string, name: string, value: string): string[] {
  if (!ALLOWED_ATTRIBUTES.get(tag)?.includes(name)) return [`an attribute ${name} of ${tag}`];
  if (['href', 'src', 'poster', 'cite'].includes(name) && !ADDRESS.test(value)) return [`${name}="${value}"`];
  if (name === 'srcset' && value.split(', ').some((one) => !ADDRESS.test(one.split(' ')[0] ?? '')))
    return [`${name}="${value}"`];
  return ['src', 'srcset', 'poster'].includes(name) && INNER.test(value) ? [`${name}="${value}"`] : [];
}
