// Every payload, made safe and shown by a parser that is not the sanitizer's: after one round and after two, since what goes
// out may be parsed and written again by whoever receives it.
import { type DefaultTreeAdapterTypes, parseFragment, serialize } from 'parse5';
import { describe, expect, it } from 'vitest';
import { ALLOWED_ATTRIBUTES } from '../../../src/core/sanitize/allowed.ts';
import { sanitizeHtml } from '../../../src/core/sanitize/sanitize.ts';
import { PAYLOADS } from './payloads.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;

const HTML = 'http://www.w3.org/1999/xhtml';
const ADDRESS = /^https?:\/\/[^/@\s]+(?:\/[^\s"<>]*)?$|^mailto:[^\s@]+@/;
const INNER = /\/\/(?:127\.|10\.|192\.168\.|169\.254\.|localhost|router|\[)/;

/** What is wrong with each element and attribute; empty where all is harmless. */
function dangersIn(nodes: readonly Node[]): string[] {
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

describe('payloads', () => {
  it('are at least 300, each its own', () => {
    expect(new Set(PAYLOADS.map(({ html }) => html)).size).toBeGreaterThanOrEqual(300);
  });

  it.each([...new Set(PAYLOADS.map(({ kind }) => kind))])(
    '%s: nothing dangerous after one round and two',
    (kind) => {
      for (const { html } of PAYLOADS.filter((payload) => payload.kind === kind)) {
        const safe = sanitizeHtml(html);
        expect(sanitizeHtml(safe), html).toBe(safe);
        const once = parseFragment(safe);
        expect(dangersIn(once.childNodes), html).toEqual([]);
        expect(dangersIn(parseFragment(serialize(once)).childNodes), html).toEqual([]);
      }
    },
  );

  it('are dangerous as they are, which the walk sees', () => {
    const harmless = PAYLOADS.filter(({ html }) => dangersIn(parseFragment(html).childNodes).length === 0);
    expect(harmless.length / PAYLOADS.length).toBeLessThan(0.1);
  });
});
