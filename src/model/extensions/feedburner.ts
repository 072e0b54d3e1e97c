// FeedBurner's: the addresses that its own stand for (http://rssnamespace.org/feedburner/ext/1.0).
import { attributeIn, type Elements, ElementView, said } from './element-view.ts';

export interface Feedburner {
  readonly originalUrl?: string | undefined;
  readonly originalEnclosureUrl?: string | undefined;
  /** The feed's name at FeedBurner. */
  readonly uri?: string | undefined;
  readonly emailServiceId?: string | undefined;
  readonly hostname?: string | undefined;
  readonly browserFriendly?: string | undefined;
}

export function feedburnerOf(elements: Elements): Feedburner | undefined {
  const feedburner = new ElementView(elements, 'feedburner');
  return said({
    originalUrl: feedburner.text('origLink'),
    originalEnclosureUrl: feedburner.text('origEnclosureLink'),
    uri: feedburner.one('info', (info) => attributeIn(info, 'uri')),
    emailServiceId: feedburner.text('emailServiceId'),
    hostname: feedburner.text('feedburnerHostname'),
    browserFriendly: feedburner.text('browserFriendly'),
  });
}
