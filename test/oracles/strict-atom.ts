// RFC 4287 as a list of what is wrong with a document: its RELAX NG (appendix B) without an order, and its prose.
import { childrenOf, readXml, textsOf, type XmlElement } from './readers.ts';
import { checkExtensions } from './strict-extensions.ts';
import { htmlProblems } from './strict-html.ts';
import { linkProblems } from './strict-links.ts';
import { isIri, isLanguage, isRfc3339, isWebUrl, repeated } from './strict-values.ts';

type Complain = (what: string) => void;

const MANY = ['author', 'contributor', 'category', 'link'];
const OF_META = ['id', 'title', 'updated', 'generator', 'icon', 'logo', 'rights', 'subtitle', ...MANY];
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  feed: [...OF_META, 'entry'],
  source: OF_META,
  entry: ['id', 'title', 'updated', 'published', 'content', 'summary', 'rights', 'source', ...MANY],
};

export function atomProblems(document: string): readonly string[] {
  const problems: string[] = [];
  const feed = readXml(document);
  if (feed.name !== 'feed') return ['not a feed'];
  if (feed.attributes['xmlns'] !== 'http://www.w3.org/2005/Atom') problems.push('not the namespace of Atom');
  const complainOf = (where: string) => (what: string) => void problems.push(`${where}: ${what}`);
  checkMeta(feed, complainOf('feed'));
  const self = childrenOf(feed, 'link').filter((link) => link.attributes['rel'] === 'self');
  if (self.length !== 1) problems.push(`feed: ${self.length} self links`);
  if (self[0]?.attributes['type'] !== 'application/atom+xml') problems.push('feed: type of the self link');
  const entries = childrenOf(feed, 'entry');
  for (const [place, entry] of entries.entries()) checkEntry(entry, feed, complainOf(`entry ${place + 1}`));
  for (const id of repeated([feed, ...entries].flatMap((one) => textsOf(one, 'id'))))
    problems.push(`id twice: ${id}`);
  return problems;
}

function checkEntry(entry: XmlElement, feed: XmlElement, complain: Complain): void {
  checkMeta(entry, complain);
  for (const source of childrenOf(entry, 'source')) checkMeta(source, (what) => complain(`source: ${what}`));
  const [source] = childrenOf(entry, 'source');
  // Section 4.1.2: authors of its own, of its source or of its feed.
  if (![entry, source, feed].some((one) => childrenOf(one, 'author').length > 0)) complain('no author');
  // Section 4.1.2: content, or an alternate link.
  const hasContent = childrenOf(entry, 'content').length > 0;
  if (!hasContent && !childrenOf(entry, 'link').some((link) => link.attributes['rel'] === 'alternate'))
    complain('neither content nor alternate link');
}

function checkMeta(element: XmlElement, complain: Complain): void {
  const allowed = ALLOWED[element.name] ?? [];
  for (const name of ['id', 'title', 'updated'])
    if (childrenOf(element, name).length !== 1) complain(`${childrenOf(element, name).length} × ${name}`);
  for (const child of element.children) {
    const ours = !child.name.includes(':');
    if (ours && !allowed.includes(child.name)) complain(`<${child.name}> is not allowed`);
    const isSingle = ours && !MANY.includes(child.name) && child.name !== 'entry';
    if (isSingle && childrenOf(element, child.name).length > 1) complain(`<${child.name}> more than once`);
    if (ours) checkElement(child, (what) => complain(`${child.name}: ${what}`));
  }
  const language = element.attributes['xml:lang'];
  if (language !== undefined && language !== '' && !isLanguage(language)) complain(`xml:lang ${language}`);
  linkProblems(childrenOf(element, 'link').map((link) => link.attributes)).forEach(complain);
  checkExtensions(element, complain);
}

function checkElement(element: XmlElement, complain: Complain): void {
  const { name, text, attributes } = element;
  switch (name) {
    case 'id':
    case 'icon':
    case 'logo':
      if (!isIri(text)) complain(`no IRI: ${text}`);
      return;
    case 'updated':
    case 'published':
      if (!isRfc3339(text)) complain(`no date: ${text}`);
      return;
    case 'title':
    case 'subtitle':
    case 'summary':
    case 'rights':
    case 'content':
      if (!['text', 'html', undefined].includes(attributes['type'])) complain(`type ${attributes['type']}`);
      if (element.children.length > 0) complain('elements within text');
      if (attributes['type'] === 'html') htmlProblems(text).forEach(complain);
      return;
    case 'author':
    case 'contributor':
      checkPerson(element, complain);
      return;
    case 'category':
      if (attributes['term'] === undefined) complain('no term');
      if (attributes['scheme'] !== undefined && !isIri(attributes['scheme'])) complain('scheme is no IRI');
      if (text.trim() !== '' || element.children.length > 0) complain('not empty');
      return;
    case 'generator':
      if (text.trim() === '') complain('no name');
      if (!isWebUrl(attributes['uri'] ?? '')) complain('uri');
  }
}

/** Section 3.2. */
function checkPerson(person: XmlElement, complain: Complain): void {
  const [names, uris, emails] = ['name', 'uri', 'email'].map((name) => textsOf(person, name));
  if (names?.length !== 1 || names[0]?.trim() === '') complain('not one name');
  if ((uris?.length ?? 0) > 1 || uris?.some((uri) => !isWebUrl(uri))) complain('uri');
  if ((emails?.length ?? 0) > 1 || emails?.some((email) => !/^[^\s@]+@[^\s@]+$/.test(email)))
    complain('email');
}
