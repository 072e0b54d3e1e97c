// Acast's podcast tags (https://schema.acast.com/1.0/).
import type { ExtensionElement } from '../extension.ts';
import { attributeIn, type Elements, ElementView, said, textIn } from './element-view.ts';

export interface Acast {
  readonly showId?: string | undefined;
  readonly showUrl?: string | undefined;
  readonly episodeId?: string | undefined;
  /** The last part of the episode's address at Acast, as written. */
  readonly episodeUrl?: string | undefined;
  readonly settings?: string | undefined;
  readonly signature?: AcastSignature | undefined;
  readonly network?: AcastNetwork | undefined;
  /** The feed that the show was brought over from. */
  readonly importedFeedUrl?: string | undefined;
}

export interface AcastSignature {
  readonly value?: string | undefined;
  readonly key?: string | undefined;
  readonly algorithm?: string | undefined;
}

export interface AcastNetwork {
  readonly name?: string | undefined;
  readonly id?: string | undefined;
  readonly slug?: string | undefined;
}

export function acastOf(elements: Elements): Acast | undefined {
  const acast = new ElementView(elements, 'acast');
  return said({
    showId: acast.text('showId'),
    showUrl: acast.text('showUrl'),
    episodeId: acast.text('episodeId'),
    episodeUrl: acast.text('episodeUrl'),
    settings: acast.text('settings'),
    signature: acast.one('signature', signatureIn),
    network: acast.one('network', networkIn),
    importedFeedUrl: acast.text('importedFeed'),
  });
}

function signatureIn(element: ExtensionElement): AcastSignature | undefined {
  return said({
    value: textIn(element),
    key: attributeIn(element, 'key'),
    algorithm: attributeIn(element, 'algorithm'),
  });
}

function networkIn(element: ExtensionElement): AcastNetwork | undefined {
  return said({ name: textIn(element), id: attributeIn(element, 'id'), slug: attributeIn(element, 'slug') });
}
