// Elements of other vocabularies as JSON Feed has extensions (https://www.jsonfeed.org/version/1.1/, section Extensions): one
// object for each vocabulary, `_itunes` for `itunes:`, its namespace in `about`.
import type { CarriedElement } from './carried-elements.ts';
import { namespaceOfPrefix } from './vocabularies.ts';

/** By the object's name. Members are local names; an element that comes more than once is a list. */
export function jsonExtensions(elements: readonly CarriedElement[]): ReadonlyMap<string, object> {
  const byPrefix = new Map<string, { readonly namespace: string; readonly elements: CarriedElement[] }>();
  for (const element of elements) {
    const { prefix } = element;
    const namespace = element.namespace ?? namespaceOfPrefix(prefix) ?? '';
    const known = byPrefix.get(prefix);
    if (known === undefined) byPrefix.set(prefix, { namespace, elements: [element] });
    else known.elements.push(element);
  }
  return new Map(
    [...byPrefix].map(([prefix, { namespace, elements: ofOne }]) => [
      `_${prefix}`,
      objectOf(membersOf([['about', namespace]], ofOne, prefix)),
    ]),
  );
}

type Value = string | object;

/** A text where an element has nothing else; else an object of its attributes and children, its text as `text`. */
function jsonOf({ attributes, text, children, prefix }: CarriedElement): Value {
  if (attributes.length === 0 && children.length === 0) return text;
  const own: readonly (readonly [string, Value])[] =
    text === '' ? attributes : [...attributes, ['text', text]];
  return objectOf(membersOf(own, children, prefix));
}

function membersOf(
  own: readonly (readonly [name: string, value: Value])[],
  children: readonly CarriedElement[],
  prefix: string,
): ReadonlyMap<string, readonly Value[]> {
  const members = new Map<string, Value[]>(own.map(([name, value]) => [name, [value]]));
  for (const child of children) {
    const name = child.prefix === prefix ? child.local : `${child.prefix}:${child.local}`;
    const known = members.get(name);
    if (known === undefined) members.set(name, [jsonOf(child)]);
    else known.push(jsonOf(child));
  }
  return members;
}

/** Own members whatever their names: `__proto__` among them. */
function objectOf(members: ReadonlyMap<string, readonly Value[]>): object {
  return Object.fromEntries(
    [...members].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}
