// RSL 1.0 in feeds (https://rslstandard.org/rsl): `rsl:content` with its licences, and links to documents that have them.
import type { RawLink, RawRsl, RawRslLicense, RawRslUse } from '../../../model/raw-feed.ts';
import { childNamed, childrenNamed, textOf, type XmlElement } from '../xml/element.ts';
import { givenAttribute, urlOf, urlsNamed } from './links.ts';

/** A licence of more alternatives, or more uses in one, is nothing that anybody reads. */
const PARTS_MAX = 20;

export function readRsl(element: XmlElement, max: number): RawRsl[] {
  const holders = [element, ...childrenNamed(element, ['rsl:rsl'], max)];
  return holders
    .flatMap((holder) => childrenNamed(holder, ['rsl:content'], PARTS_MAX))
    .slice(0, PARTS_MAX)
    .map(readContent);
}

export function rslLinks(links: readonly RawLink[]): RawRsl[] {
  return links.slice(0, PARTS_MAX).map(({ href, base }) => ({ document: { href, base }, licenses: [] }));
}

function readContent(content: XmlElement): RawRsl {
  return {
    url: urlOf(content, givenAttribute(content, 'url')),
    server: urlOf(content, givenAttribute(content, 'server')),
    copyright: textOf(childNamed(content, 'rsl:copyright')),
    terms: urlsNamed(content, ['rsl:terms'], 1)[0],
    licenses: childrenNamed(content, ['rsl:license'], PARTS_MAX).map(readLicense),
  };
}

function readLicense(license: XmlElement): RawRslLicense {
  const payment = childNamed(license, 'rsl:payment');
  return {
    permits: childrenNamed(license, ['rsl:permits'], PARTS_MAX).map(readUse),
    prohibits: childrenNamed(license, ['rsl:prohibits'], PARTS_MAX).map(readUse),
    payment: payment && readPayment(payment),
  };
}

function readUse(use: XmlElement): RawRslUse {
  return { type: givenAttribute(use, 'type'), values: (textOf(use) ?? '').split(/[,\s]+/, PARTS_MAX) };
}

function readPayment(payment: XmlElement): RawRslLicense['payment'] {
  const amount = childNamed(payment, 'rsl:amount');
  const currency = amount && givenAttribute(amount, 'currency');
  return {
    type: givenAttribute(payment, 'type'),
    url: urlsNamed(payment, ['rsl:standard', 'rsl:custom'], 1)[0],
    amount: [textOf(amount), currency].filter((part) => part !== undefined).join(' ') || undefined,
  };
}
