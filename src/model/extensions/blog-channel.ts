// blogChannel (http://backend.userland.com/blogChannelModule), of a feed.
import { type Elements, ElementView, said } from './element-view.ts';

export interface BlogChannel {
  /** OPML lists: what its author recommends, and reads. */
  readonly blogRollUrl?: string | undefined;
  readonly mySubscriptionsUrl?: string | undefined;
  /** A site that it promotes. */
  readonly blinkUrl?: string | undefined;
  readonly changesUrl?: string | undefined;
}

export function blogChannelOf(elements: Elements): BlogChannel | undefined {
  const channel = new ElementView(elements, 'blogChannel');
  return said({
    blogRollUrl: channel.text('blogRoll'),
    mySubscriptionsUrl: channel.text('mySubscriptions'),
    blinkUrl: channel.text('blink'),
    changesUrl: channel.text('changes'),
  });
}
