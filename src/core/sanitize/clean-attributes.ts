// An element's attributes as they are published: allowed ones only, with values that mean what they should, URLs absolute
// and without credentials.
import { ALLOWED_ATTRIBUTES } from './allowed.ts';
import { mendText } from './bounded-text.ts';
import { cleanSrcset } from './clean-srcset.ts';
import { cleanMediaUrl, cleanUrl, type InnerHosts } from './clean-url.ts';

type Attributes = Record<string, string>;

const LINK_RELATION = 'noopener nofollow';
const BOOLEAN = new Set(['controls', 'open', 'reversed']);
const LANGUAGE = /^[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8}){0,6}$/;
const LENGTH = /^\d{1,5}%?$/;
const DIRECTION = /^(?:ltr|rtl|auto)$/i;

/**
 * The attributes to publish of an element `tag`. Links get `rel="noopener nofollow"`: the page that a publisher opens gets
 * no handle on the one it was opened from, and we lend our name to no address that we did not choose. Pictures
 * get `referrerpolicy="no-referrer"`: who serves them need not learn what is read where; links get none, since publishers
 * like to know who sends them readers. Media get `controls` and nothing that makes them play by themselves.
 */
export function cleanAttributes(tag: string, given: Readonly<Attributes>, inner: InnerHosts): Attributes {
  const clean: Attributes = {};
  for (const name of ALLOWED_ATTRIBUTES.get(tag) ?? []) {
    const value = Object.hasOwn(given, name) ? cleanValue(tag, name, given[name] ?? '', inner) : undefined;
    if (value !== undefined) clean[name] = value;
    else if (name === 'controls') clean[name] = name;
    else if (name === 'referrerpolicy' && (clean['src'] ?? clean['srcset']) !== undefined)
      clean[name] = 'no-referrer';
    else if (name === 'rel' && clean['href'] !== undefined) clean[name] = LINK_RELATION;
  }
  return clean;
}

function cleanValue(tag: string, name: string, value: string, inner: InnerHosts): string | undefined {
  switch (name) {
    case 'href':
      return cleanUrl(value, tag === 'a');
    case 'src':
    case 'poster':
      return cleanMediaUrl(value, inner);
    case 'cite':
      return cleanUrl(value, false);
    case 'srcset':
      return cleanSrcset(value, inner);
    case 'lang':
    case 'hreflang':
      return LANGUAGE.test(value) ? value : undefined;
    case 'width':
    case 'height':
      return LENGTH.test(value) ? value : undefined;
    case 'rel':
    case 'referrerpolicy':
      return undefined; // ours stands in its place
    case 'dir':
      return DIRECTION.test(value) ? value : undefined;
    default:
      // Entities can name what the text itself no longer holds. Boolean attributes get a value: the result is XML as well.
      return BOOLEAN.has(name) ? name : mendText(value);
  }
}
