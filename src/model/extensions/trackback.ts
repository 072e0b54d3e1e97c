// TrackBack (http://madskills.com/public/xml/rss/module/trackback/), by which sites tell one another of links.
import type { ExtensionElement } from '../extension.ts';
import { attributeIn, type Elements, ElementView, said, textIn } from './element-view.ts';

export interface Trackback {
  /** Where pings for the item go. */
  readonly pingUrl?: string | undefined;
  /** What the item pinged. */
  readonly aboutUrls?: readonly string[] | undefined;
}

export function trackbackOf(elements: Elements): Trackback | undefined {
  const trackback = new ElementView(elements, 'trackback');
  return said({
    pingUrl: trackback.one('ping', addressIn),
    aboutUrls: trackback.list('about', addressIn),
  });
}

function addressIn(element: ExtensionElement): string | undefined {
  return attributeIn(element, 'rdf:resource') ?? textIn(element);
}
