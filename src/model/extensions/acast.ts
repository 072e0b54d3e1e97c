// Acast's podcast tags (https://schema.acast.com/1.0/).
import { type Elements, ElementView, said } from './element-view.ts';

export interface Acast {
  readonly showId?: string | undefined;
  readonly showUrl?: string | undefined;
  readonly episodeId?: string | undefined;
  /** The last part of the episode's address at Acast, as written. */
  readonly episodeUrl?: string | undefined;
  readonly settings?: string | undefined;
}

export function acastOf(elements: Elements): Acast | undefined {
  const acast = new ElementView(elements, 'acast');
  return said({
    showId: acast.text('showId'),
    showUrl: acast.text('showUrl'),
    episodeId: acast.text('episodeId'),
    episodeUrl: acast.text('episodeUrl'),
    settings: acast.text('settings'),
  });
}
