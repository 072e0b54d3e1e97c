// Atom links in whatever format (RFC 4287, section 4.2.7), as the W3C's feed validator looks at them.
import { isLanguage, isMediaType, isWebUrl, repeated } from './strict-values.ts';

type Attributes = Readonly<Record<string, string>>;

/** Registered at IANA (https://www.iana.org/assignments/link-relations/), of those that feeds have. */
const REGISTERED = new Set(
  (
    'alternate archives author canonical collection current describedby edit edit-media enclosure first help hub icon index last ' +
    'latest-version license monitor monitor-group next next-archive payment prev prev-archive previous related replies search self ' +
    'service shortlink tag up via working-copy-of'
  ).split(' '),
);

/** What is wrong with the links of one element. */
export function linkProblems(links: readonly Attributes[]): readonly string[] {
  const problems = links.flatMap(({ href = '', rel, type, hreflang, length }) => {
    const found: string[] = [];
    if (!isWebUrl(href)) found.push(`link href ${href}`);
    if (rel !== undefined && !REGISTERED.has(rel)) found.push(`link rel ${rel}`);
    if (type !== undefined && !isMediaType(type)) found.push(`link type ${type}`);
    if (hreflang !== undefined && !isLanguage(hreflang)) found.push(`link hreflang ${hreflang}`);
    if (length !== undefined && !/^\d+$/.test(length)) found.push(`link length ${length}`);
    return found;
  });
  const alternates = links
    .filter(({ rel = 'alternate' }) => rel === 'alternate')
    .map(({ type, hreflang }) => `${type} ${hreflang}`);
  if (repeated(alternates).length > 0) problems.push('two alternate links of one type and language');
  const all = links.map(({ rel, href, type, hreflang }) => `${rel} ${href} ${type} ${hreflang}`);
  for (const link of repeated(all)) problems.push(`link twice: ${link}`);
  return problems;
}
