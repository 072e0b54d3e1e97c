// Spotify's podcast tags (http://www.spotify.com/ns/rss), of a show.
import { attributeIn, type Elements, ElementView, said, textIn, wholeIn } from './element-view.ts';

export interface Spotify {
  /** How many of the newest episodes are shown. */
  readonly recentCount?: number | undefined;
  /** ISO 3166-1 alpha-2, lower case; `global` for all. The home market first. */
  readonly countriesOfOrigin?: readonly string[] | undefined;
}

export function spotifyOf(elements: Elements): Spotify | undefined {
  const spotify = new ElementView(elements, 'spotify');
  return said({
    recentCount: spotify.one('limit', (limit) => wholeIn(attributeIn(limit, 'recentCount') ?? textIn(limit))),
    countriesOfOrigin: spotify
      .text('countryOfOrigin')
      ?.toLowerCase()
      .split(/[\s,]+/),
  });
}
