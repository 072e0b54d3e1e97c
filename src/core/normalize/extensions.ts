// RawExtension to ExtensionElement: the URLs in it absolute, and nothing in it that a browser would run. A value that may
// not stay goes; an element that was nothing but that value goes with it.
import type { ExtensionElement } from '../../model/extension.ts';
import type { RawExtension } from '../../model/raw-feed.ts';
import { isKnownVocabulary } from '../../model/vocabularies.ts';
import { isUrlAttribute, isUrlList, isUrlText, otherSchemes } from './extension-urls.ts';
import { type BaseResolver, publishableUrl } from './urls.ts';

/** Undefined where there are none. */
export function normalizeExtensions(
  raw: readonly RawExtension[] | undefined,
  bases: BaseResolver,
): readonly ExtensionElement[] | undefined {
  if (raw === undefined) return undefined;
  const elements = normalizeAll(raw, bases);
  return elements.length === 0 ? undefined : elements;
}

function normalizeAll(raw: readonly RawExtension[], bases: BaseResolver): ExtensionElement[] {
  const elements: ExtensionElement[] = [];
  for (const element of raw) {
    const normalized = normalizeElement(element, bases);
    if (normalized !== undefined) elements.push(normalized);
  }
  return elements;
}

function normalizeElement(raw: RawExtension, bases: BaseResolver): ExtensionElement | undefined {
  const base = bases.baseOf(raw.base);
  const attributes: [string, string][] = [];
  for (const [name, value] of raw.attributes) {
    const safe = attributeValue(raw, name, value, base);
    if (safe !== undefined) attributes.push([name, safe]);
  }
  const text = isUrlText(raw.name) ? urlIn(raw, raw.text, base) : isScript(raw.text) ? undefined : raw.text;
  const children = raw.children.length === 0 ? [] : normalizeAll(raw.children, bases);
  const lost = (raw.text !== '' && text === undefined) || attributes.length < raw.attributes.length;
  if (lost && attributes.length === 0 && children.length === 0 && !text) return undefined;
  return { name: raw.name, namespace: raw.namespace, attributes, text: text ?? '', children };
}

function attributeValue(
  element: RawExtension,
  name: string,
  value: string,
  base: string | undefined,
): string | undefined {
  if (isUrlAttribute(element.name, name)) return urlIn(element, value, base);
  if (isUrlList(element.name, name)) return urlListIn(value, base);
  return isScript(value) ? undefined : value;
}

/** http and https, what else the vocabulary needs, and in a vocabulary that nobody knows whatever no browser runs. */
function urlIn(element: RawExtension, value: string, base: string | undefined): string | undefined {
  const url = publishableUrl(value, base);
  if (url !== undefined || value === '') return url;
  const isOther = isKnownVocabulary(element.namespace)
    ? otherSchemes(element.name)?.test(value) === true
    : /^[a-z][a-z0-9+.-]*:/i.test(value) && !/^https?:/i.test(value);
  return isOther && !SCRIPT.test(value) && !/[\s<>"]/.test(value) ? value : undefined;
}

/** Addresses with a width or a density behind each, as in HTML's `srcset`. */
function urlListIn(value: string, base: string | undefined): string | undefined {
  const list = value
    .split(',')
    .map((candidate) => candidate.trim().split(/\s+/))
    .map(([url = '', ...rest]) => [publishableUrl(url, base), ...rest])
    .filter(([url]) => url !== undefined)
    .map((parts) => parts.join(' '));
  return list.length === 0 ? undefined : list.join(', ');
}

const SCRIPT = /^(?:(?:java|vb|live)script:|mocha:|data:(?:[\w.+-]+\/|[;,]))/i;

/** For values that are no URLs by their vocabulary. What has spaces in it is prose, as in "JavaScript: the good parts". */
function isScript(value: string): boolean {
  if (!value.includes(':')) return false;
  const start = value
    .slice(0, 256)
    .replace(/[\0-\x1f]/g, '')
    .trim();
  return SCRIPT.test(start) && !start.includes(' ');
}
