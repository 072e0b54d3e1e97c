// FeedPress's tags (https://feed.press/xmlns), of a feed.
import { type Elements, ElementView, said } from './element-view.ts';

export interface Feedpress {
  readonly newsletterId?: string | undefined;
  readonly podcastId?: string | undefined;
  readonly locale?: string | undefined;
  readonly cssFileUrl?: string | undefined;
  readonly link?: string | undefined;
}

export function feedpressOf(elements: Elements): Feedpress | undefined {
  const feedpress = new ElementView(elements, 'feedpress');
  return said({
    newsletterId: feedpress.text('newsletterId'),
    podcastId: feedpress.text('podcastId'),
    locale: feedpress.text('locale'),
    cssFileUrl: feedpress.text('cssFile'),
    link: feedpress.text('link'),
  });
}
