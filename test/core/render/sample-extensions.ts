// Elements of other vocabularies as items carry them, for tests.
import type { ExtensionElement } from '../../../src/model/extension.ts';
import * as ns from '../../../src/model/namespaces.ts';

export function extension(
  name: string,
  namespace: string,
  attributes: Readonly<Record<string, string>> = {},
  content: string | readonly ExtensionElement[] = '',
): ExtensionElement {
  const isText = typeof content === 'string';
  return {
    name,
    namespace,
    attributes: Object.entries(attributes),
    text: isText ? content : '',
    children: isText ? [] : content,
  };
}

const itunes = (local: string, text: string, attributes = {}) =>
  extension(`itunes:${local}`, ns.ITUNES_NS, attributes, text);
const podcast = (
  local: string,
  attributes: Readonly<Record<string, string>>,
  content: string | ExtensionElement[] = '',
) => extension(`podcast:${local}`, ns.PODCAST_NS, attributes, content);
const media = (
  local: string,
  attributes: Readonly<Record<string, string>>,
  content: string | ExtensionElement[] = '',
) => extension(`media:${local}`, ns.MEDIA_NS, attributes, content);

/** Of an episode: everything that a client needs to play and to show it. */
export const EPISODE_EXTENSIONS: readonly ExtensionElement[] = [
  itunes('duration', '1:02'),
  itunes('episode', '7'),
  itunes('season', '2'),
  itunes('episodeType', 'full'),
  itunes('explicit', 'false'),
  itunes('image', '', { href: 'https://harbour.example/episode-7.jpg' }),
  itunes('title', 'Seven'),
  itunes('subtitle', 'Tides & ferries'),
  podcast('chapters', { url: 'https://harbour.example/7.json', type: 'application/json+chapters' }),
  podcast('transcript', {
    url: 'https://harbour.example/7.vtt',
    type: 'text/vtt',
    language: 'en',
    rel: 'captions',
  }),
  podcast('transcript', { url: 'https://harbour.example/7.html', type: 'text/html' }),
  podcast(
    'person',
    { role: 'guest', href: 'https://harbour.example/ola', img: 'https://harbour.example/ola.jpg' },
    'Ola Quay',
  ),
  podcast('soundbite', { startTime: '73.0', duration: '60.0' }, 'Why the ferry is late'),
  podcast('license', { url: 'https://creativecommons.org/licenses/by-sa/4.0/' }, 'cc-by-sa-4.0'),
  podcast('alternateEnclosure', { type: 'audio/opus', length: '999', bitrate: '64000', title: 'Low' }, [
    podcast('source', { uri: 'https://harbour.example/7.opus' }),
    podcast('source', { uri: 'ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi' }),
  ]),
  extension('psc:chapters', 'http://podlove.org/simple-chapters', { version: '1.2' }, [
    extension('psc:chapter', 'http://podlove.org/simple-chapters', { start: '00:00:00', title: 'Quay' }),
  ]),
];

/** Of an article. */
export const ARTICLE_EXTENSIONS: readonly ExtensionElement[] = [
  media('group', {}, [
    media(
      'content',
      { url: 'https://harbour.example/quay.jpg', type: 'image/jpeg', medium: 'image', width: '800' },
      [
        media('credit', { role: 'photographer' }, 'Lee Rail'),
        media('description', { type: 'plain' }, 'The quay at nine'),
      ],
    ),
  ]),
  media('copyright', { url: 'https://harbour.example/terms' }, '© Lee Rail'),
  extension('slash:comments', 'http://purl.org/rss/1.0/modules/slash/', {}, '12'),
  extension(
    'wfw:commentRss',
    'http://wellformedweb.org/CommentAPI/',
    {},
    'https://harbour.example/2026/ferry/feed',
  ),
  extension('thr:in-reply-to', ns.THR_NS, {
    ref: 'tag:harbour.example,2026:tram',
    href: 'https://harbour.example/2026/tram',
    type: 'text/html',
  }),
  extension('thr:total', ns.THR_NS, {}, '12'),
  extension('georss:point', 'http://www.georss.org/georss', {}, '54.3 10.1'),
  extension('dcterms:rightsHolder', ns.DCTERMS_NS, {}, 'Harbour News'),
  extension('tide:table', 'https://harbour.example/ns/tides', { unit: 'm', 'tide:datum': 'NN' }, [
    extension('tide:high', 'https://harbour.example/ns/tides', { at: '2026-11-19T10:00:00Z' }, '1.2'),
    extension('wind:speed', 'https://harbour.example/ns/wind', {}, '4 < 5 bft'),
  ]),
];
