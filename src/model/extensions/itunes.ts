// Apple's podcast tags (https://help.apple.com/itc/podcasts_connect/#/itcb54353390), of a show and of its episodes.
import type { ExtensionElement } from '../extension.ts';
import { attributeIn, type Elements, ElementView, said, secondsIn, textIn, wordsIn } from './element-view.ts';

export interface Itunes {
  readonly title?: string | undefined;
  readonly author?: string | undefined;
  readonly subtitle?: string | undefined;
  readonly summary?: string | undefined;
  readonly durationSeconds?: number | undefined;
  readonly episode?: number | undefined;
  readonly season?: number | undefined;
  /** Of an episode: `full`, `trailer` or `bonus`; else as written, in lower case. */
  readonly episodeType?: string | undefined;
  /** Of a show: `episodic` or `serial`; else as written, in lower case. */
  readonly type?: string | undefined;
  readonly explicit?: boolean | undefined;
  /** Not to be shown in Apple's directory. Said by `Yes` alone. */
  readonly block?: boolean | undefined;
  /** The show has ended. Said by `Yes` alone. */
  readonly complete?: boolean | undefined;
  readonly isClosedCaptioned?: boolean | undefined;
  readonly order?: number | undefined;
  readonly imageUrl?: string | undefined;
  readonly keywords?: readonly string[] | undefined;
  readonly categories?: readonly ItunesCategory[] | undefined;
  readonly owner?: ItunesOwner | undefined;
  readonly newFeedUrl?: string | undefined;
  /** `itunes:applepodcastsverify`: a code by which a show is claimed. */
  readonly verification?: string | undefined;
}

export interface ItunesCategory {
  readonly name: string;
  readonly subcategories?: readonly string[] | undefined;
}

export interface ItunesOwner {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

export function itunesOf(elements: Elements): Itunes | undefined {
  const itunes = new ElementView(elements, 'itunes');
  return said({
    title: itunes.text('title'),
    author: itunes.text('author'),
    subtitle: itunes.text('subtitle'),
    summary: itunes.text('summary'),
    durationSeconds: secondsIn(itunes.text('duration')),
    episode: itunes.whole('episode'),
    season: itunes.whole('season'),
    episodeType: itunes.text('episodeType')?.toLowerCase(),
    type: itunes.text('type')?.toLowerCase(),
    explicit: itunes.flag('explicit'),
    block: itunes.flag('block'),
    complete: itunes.flag('complete'),
    isClosedCaptioned: itunes.flag('isClosedCaptioned'),
    order: itunes.whole('order'),
    imageUrl: itunes.one(
      'image',
      (image) => attributeIn(image, 'href') ?? attributeIn(image, 'url') ?? textIn(image),
    ),
    keywords: wordsIn(itunes.text('keywords')),
    categories: itunes.list('category', categoryIn),
    owner: itunes.one('owner', ownerIn),
    newFeedUrl: itunes.text('new-feed-url'),
    verification: itunes.text('applepodcastsverify'),
  });
}

function categoryIn(element: ExtensionElement): ItunesCategory | undefined {
  const name = attributeIn(element, 'text') ?? textIn(element);
  if (name === undefined) return undefined;
  const inner = new ElementView(element.children, 'itunes');
  const subcategories = inner.list('category', (child) => attributeIn(child, 'text') ?? textIn(child));
  return said({ name, subcategories });
}

function ownerIn(element: ExtensionElement): ItunesOwner | undefined {
  const owner = new ElementView(element.children, 'itunes');
  return said({ name: owner.text('name') ?? textIn(element), email: owner.text('email') });
}
