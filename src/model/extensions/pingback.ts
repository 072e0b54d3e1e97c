// Pingback (http://madskills.com/public/xml/rss/module/pingback/).
import type { ExtensionElement } from '../extension.ts';
import { attributeIn, type Elements, ElementView, said, textIn } from './element-view.ts';

export interface Pingback {
  readonly serverUrl?: string | undefined;
  readonly targetUrl?: string | undefined;
}

export function pingbackOf(elements: Elements): Pingback | undefined {
  const pingback = new ElementView(elements, 'pingback');
  const addressIn = (element: ExtensionElement) => attributeIn(element, 'rdf:resource') ?? textIn(element);
  return said({ serverUrl: pingback.one('server', addressIn), targetUrl: pingback.one('target', addressIn) });
}
