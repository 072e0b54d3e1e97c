// YouTube's feeds (http://www.youtube.com/xml/schemas/2015); views and stars stand in `media`.
import { type Elements, ElementView, said } from './element-view.ts';

export interface Youtube {
  readonly videoId?: string | undefined;
  readonly channelId?: string | undefined;
  readonly playlistId?: string | undefined;
}

export function youtubeOf(elements: Elements): Youtube | undefined {
  const youtube = new ElementView(elements, 'yt');
  return said({
    videoId: youtube.text('videoId'),
    channelId: youtube.text('channelId'),
    playlistId: youtube.text('playlistId'),
  });
}
