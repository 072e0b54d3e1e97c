// RSS 2.0 (https://www.rssboard.org/rss-specification) as a list of what is wrong with a document.
import { childrenOf, linksOf, readXml, textsOf, type XmlElement } from './readers.ts';
import { checkExtensions } from './strict-extensions.ts';
import { htmlProblems } from './strict-html.ts';
import { linkProblems } from './strict-links.ts';
import { isEmail, isIri, isLanguage, isMediaType, isRfc822, isWebUrl, repeated } from './strict-values.ts';

type Complain = (what: string) => void;

const OF_CHANNEL =
  'title link description language managingEditor lastBuildDate generator docs ttl image item'.split(' ');
const OF_ITEM = 'title link description category comments enclosure guid pubDate source'.split(' ');

export function rssProblems(document: string): readonly string[] {
  const problems: string[] = [];
  const rss = readXml(document);
  const [channel] = childrenOf(rss, 'channel');
  if (rss.name !== 'rss' || rss.attributes['version'] !== '2.0' || channel === undefined)
    return ['not RSS 2.0'];
  const complainOf = (where: string) => (what: string) => void problems.push(`${where}: ${what}`);
  checkChannel(channel, complainOf('channel'));
  const items = childrenOf(channel, 'item');
  for (const [place, item] of items.entries()) checkItem(item, complainOf(`item ${place + 1}`));
  for (const id of repeated(items.flatMap((item) => textsOf(item, 'guid'))))
    problems.push(`guid twice: ${id}`);
  return problems;
}

function checkChannel(channel: XmlElement, complain: Complain): void {
  checkNames(channel, OF_CHANNEL, ['item'], complain);
  for (const name of ['title', 'link', 'description'])
    if (childrenOf(channel, name).length !== 1) complain(`${childrenOf(channel, name).length} × ${name}`);
  checkEach(channel, 'link', isWebUrl, complain);
  checkEach(channel, 'language', isLanguage, complain);
  checkEach(channel, 'lastBuildDate', isRfc822, complain);
  checkEach(channel, 'managingEditor', isEmail, complain);
  checkEach(channel, 'docs', isWebUrl, complain);
  for (const html of textsOf(channel, 'description')) htmlProblems(html).forEach(complain);
  linkProblems(childrenOf(channel, 'atom:link').map((link) => link.attributes)).forEach(complain);
  checkExtensions(channel, complain);
  checkEach(channel, 'ttl', (text) => /^[1-9]\d*$/.test(text), complain);
  if (linksOf(channel, 'atom:link', 'self').length !== 1) complain('not one self link');
  for (const image of childrenOf(channel, 'image')) {
    if (['url', 'title', 'link'].some((name) => childrenOf(image, name).length !== 1))
      complain('image not whole');
    checkEach(image, 'url', isWebUrl, complain);
    for (const name of ['title', 'link'])
      if (textsOf(image, name)[0] !== textsOf(channel, name)[0]) complain(`${name} of the image is another`);
  }
}

function checkItem(item: XmlElement, complain: Complain): void {
  checkNames(item, OF_ITEM, ['category'], complain);
  if (childrenOf(item, 'title').length + childrenOf(item, 'description').length === 0)
    complain('neither title nor description');
  for (const name of ['guid', 'pubDate', 'source'])
    if (childrenOf(item, name).length !== 1) complain(`${childrenOf(item, name).length} × ${name}`);
  checkEach(item, 'link', isWebUrl, complain);
  checkEach(item, 'comments', isWebUrl, complain);
  checkEach(item, 'pubDate', isRfc822, complain);
  checkEach(item, 'guid', (text) => text.trim() !== '', complain);
  if (childrenOf(item, 'dc:creator').length === 0) complain('no author');
  for (const name of ['description', 'content:encoded'])
    for (const html of textsOf(item, name)) htmlProblems(html).forEach(complain);
  checkExtensions(item, complain);
  for (const { text, attributes } of childrenOf(item, 'guid'))
    if (attributes['isPermaLink'] === 'true' && (!isWebUrl(text) || textsOf(item, 'link')[0] !== text))
      complain(`guid is no permalink: ${text}`);
    else if (!['true', 'false'].includes(attributes['isPermaLink'] ?? ''))
      complain('isPermaLink is not said');
  for (const { attributes } of childrenOf(item, 'source'))
    if (!isIri(attributes['url'] ?? '')) complain(`source url ${attributes['url']}`);
  for (const { attributes } of childrenOf(item, 'enclosure')) {
    const { url = '', length = '', type = '' } = attributes;
    if (!isWebUrl(url) || !/^\d+$/.test(length) || !isMediaType(type)) complain('enclosure not whole');
  }
  linkProblems(childrenOf(item, 'atom:link').map((link) => link.attributes)).forEach(complain);
}

function checkNames(
  element: XmlElement,
  allowed: readonly string[],
  many: readonly string[],
  complain: Complain,
): void {
  for (const { name } of element.children) {
    if (name.includes(':')) continue;
    if (!allowed.includes(name)) complain(`<${name}> is not expected`);
    if (!many.includes(name) && childrenOf(element, name).length > 1) complain(`<${name}> more than once`);
  }
}

function checkEach(
  element: XmlElement,
  name: string,
  isRight: (text: string) => boolean,
  complain: Complain,
): void {
  for (const text of textsOf(element, name)) if (!isRight(text)) complain(`${name}: ${text}`);
}
