// Texts of other vocabularies without markup. Nothing says whether they are plain text or HTML: publishers put either into
// `itunes:summary` or `media:description`, and readers show them as either. Without tags both mean the same.
import type { ExtensionElement } from '../../model/extension.ts';
import { plainText } from './plain-text.ts';

const TAG = /<[a-z/!?]/i;
/** Tags within references within tags: more rounds than any publisher needs. */
const ROUNDS_MAX = 3;

/** The elements with the text of what markup stands in them; as they are where none does. */
export function plainExtensions(elements: readonly ExtensionElement[]): readonly ExtensionElement[] {
  return elements.some(hasMarkup) ? elements.map(plainElement) : elements;
}

function hasMarkup({ text, children }: ExtensionElement): boolean {
  return TAG.test(text) || children.some(hasMarkup);
}

function plainElement(element: ExtensionElement): ExtensionElement {
  return { ...element, text: withoutTags(element.text), children: plainExtensions(element.children) };
}

function withoutTags(text: string): string {
  let plain = text;
  for (let round = 0; round < ROUNDS_MAX && TAG.test(plain); round++) plain = plainText(plain);
  return TAG.test(plain) ? '' : plain;
}
