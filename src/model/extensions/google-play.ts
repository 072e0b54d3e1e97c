// Google Play's podcast tags (http://www.google.com/schemas/play-podcasts/1.0), no longer read by Google, still written.
import { attributeIn, type Elements, ElementView, said, textIn } from './element-view.ts';

export interface GooglePlay {
  readonly author?: string | undefined;
  readonly owner?: string | undefined;
  readonly email?: string | undefined;
  readonly description?: string | undefined;
  readonly imageUrl?: string | undefined;
  readonly explicit?: boolean | undefined;
  readonly block?: boolean | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly newFeedUrl?: string | undefined;
}

export function googlePlayOf(elements: Elements): GooglePlay | undefined {
  const play = new ElementView(elements, 'googleplay');
  return said({
    author: play.text('author'),
    owner: play.text('owner'),
    email: play.text('email'),
    description: play.text('description'),
    imageUrl: play.one('image', (image) => attributeIn(image, 'href') ?? textIn(image)),
    explicit: play.flag('explicit'),
    block: play.flag('block'),
    categories: play.list('category', (category) => attributeIn(category, 'text') ?? textIn(category)),
    newFeedUrl: play.text('new-feed-url'),
  });
}
