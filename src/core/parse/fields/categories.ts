// What an item is about: RSS `category`, Atom `category` (RFC 4287, section 4.2.2), `dc:subject`, media and iTunes.
import type { Category } from '../../../model/item.ts';
import { childrenNamed, textOf, textsNamed, type XmlElement } from '../xml/element.ts';
import { givenAttribute } from './links.ts';

export function readCategories(element: XmlElement, max: number): Category[] {
  const categories: Category[] = [];
  const add = (term: string | undefined, scheme?: string | undefined, label?: string | undefined): void => {
    if (term === undefined || categories.length >= max) return;
    const name = label === term ? undefined : label;
    const isKnown = categories.some(
      (known) =>
        known.term === term && known.scheme === scheme && (name === undefined || known.label === name),
    );
    if (!isKnown) categories.push({ term, scheme, label: name });
  };
  for (const child of childrenNamed(element, ['category', 'atom:category', 'dc:subject'], max)) {
    const text = textOf(child);
    add(
      givenAttribute(child, 'term') ?? text ?? givenAttribute(child, 'label'),
      givenAttribute(child, 'domain') ?? givenAttribute(child, 'scheme'),
      givenAttribute(child, 'label'),
    );
  }
  for (const child of childrenNamed(element, ['itunes:category'], max)) {
    add(givenAttribute(child, 'text'));
    for (const inner of childrenNamed(child, ['itunes:category'], max)) add(givenAttribute(inner, 'text'));
  }
  for (const child of childrenNamed(element, ['media:category'], max)) {
    add(textOf(child), givenAttribute(child, 'scheme'), givenAttribute(child, 'label'));
  }
  for (const text of textsNamed(element, ['itunes:keywords', 'media:keywords', 'keywords'], max)) {
    for (const keyword of text.split(',', max)) add(keyword.trim() || undefined);
  }
  return categories;
}
