// Editions for tests: a small fictional harbour city, a bare item, and a hostile one.
import type { Attribution, Edition, EditionItem } from '../../../src/model/edition.ts';
import { feedId, type PublishedId, sourceId } from '../../../src/model/ids.ts';
import type { Timestamp } from '../../../src/model/timestamp.ts';
import { ARTICLE_EXTENSIONS, EPISODE_EXTENSIONS } from './sample-extensions.ts';

export const at = (text: string): Timestamp => text as Timestamp;

export const HARBOUR: Attribution = {
  sourceId: sourceId('harbour'),
  sourceName: 'Harbour News',
  source: {
    title: 'Harbour News Daily',
    id: 'tag:harbour.example,2020:feed',
    feedUrl: 'https://harbour.example/feed.xml',
    siteUrl: 'https://harbour.example/',
    iconUrl: 'https://harbour.example/icon.png',
    updatedAt: at('2026-11-20T10:00:00.000Z'),
    authors: [
      { name: 'The Harbour Desk', email: 'desk@harbour.example', uri: 'https://harbour.example/desk' },
    ],
    contributors: [{ name: 'Ola Quay' }],
    categories: [{ term: 'city', scheme: 'https://harbour.example/topics', label: 'The City' }],
    rights: '© 2026 Harbour News',
    licenses: ['https://creativecommons.org/licenses/by/4.0/'],
  },
  sourceIsReceived: false,
  via: [],
  also: [],
  authors: [{ name: 'Mara Quill', uri: 'https://harbour.example/mara' }, { name: 'Jon <Ferry> & Sons' }],
  contributors: [{ name: 'Ines Tide' }],
  publisher: 'Harbour News Daily',
  rights: '© 2026 Mara Quill & the "Harbour" desk',
  licenses: ['https://creativecommons.org/licenses/by-sa/4.0/'],
};

export const FULL: EditionItem = {
  id: 'https://harbour.example/2026/ferry' as PublishedId,
  guid: 'https://harbour.example/2026/ferry',
  idIsPermalink: true,
  permalink: 'https://harbour.example/2026/ferry',
  title: 'Ferry & tram: a < b',
  contentHtml: '<p>The ferry leaves at <b>nine</b>. 1 &lt; 2 &amp;amp; so on.</p>',
  summary: 'The ferry leaves at nine. 1 < 2 &amp; so on.',
  publishedAt: at('2026-11-19T08:30:00.000Z'),
  updatedAt: at('2026-11-19T09:45:00.000Z'),
  categories: [
    { term: 'ferry', scheme: 'https://harbour.example/topics', label: 'Ferries' },
    { term: 'News' },
  ],
  enclosures: [
    { url: 'https://harbour.example/a.bin' },
    {
      url: 'https://harbour.example/ferry.mp3',
      type: 'audio/mpeg',
      length: 12345,
      title: 'Listen',
      durationSeconds: 62,
    },
    { url: 'https://harbour.example/quay.jpg', title: 'The quay' },
  ],
  links: [
    { rel: 'replies', url: 'https://harbour.example/2026/ferry/replies', type: 'application/atom+xml' },
    { rel: 'related', url: 'https://harbour.example/timetable', title: 'Timetable' },
    { rel: 'alternate', url: 'https://harbour.example/de/2026/ferry', hreflang: 'de' },
    { rel: 'hub', url: 'https://evil.example/hub' },
  ],
  language: 'en-GB',
  commentsUrl: 'https://harbour.example/2026/ferry#comments',
  imageUrl: 'https://harbour.example/ferry.png',
  attribution: {
    ...HARBOUR,
    also: [{ title: 'Tram Times', url: 'https://tram.example/ferry', authors: ['Lee Rail'] }],
  },
  note: {
    position: 'after',
    html: '<p class="attribution">Source: <a href="https://harbour.example/2026/ferry">Harbour News</a><br>©</p>',
    text: 'Source: Harbour News\n©',
  },
  extensions: ARTICLE_EXTENSIONS,
};

/** Of a podcast, with what its clients show. Its publisher asks search engines to stay away. */
export const EPISODE: EditionItem = {
  ...FULL,
  id: 'urn:uuid:33333333-54a6-5b0b-9a06-0d2a7c1c6d11' as PublishedId,
  guid: 'episode-7',
  idIsPermalink: false,
  permalink: 'https://harbour.example/7',
  title: 'Seven: tides & ferries',
  enclosures: [
    { url: 'https://harbour.example/7.mp3', type: 'audio/mpeg', length: 54321, durationSeconds: 62 },
  ],
  links: [],
  commentsUrl: undefined,
  extensions: EPISODE_EXTENSIONS,
  noindex: true,
};

export const RECEIVED: EditionItem = {
  id: 'urn:uuid:5f1c2e0a-54a6-5b0b-9a06-0d2a7c1c6d11' as PublishedId,
  guid: '42',
  idIsPermalink: false,
  permalink: 'https://first.example/p/42',
  title: 'From the first',
  contentHtml: undefined,
  summary: undefined,
  publishedAt: at('2026-11-18T00:00:00.000Z'),
  updatedAt: at('2026-11-18T00:00:00.000Z'),
  categories: [],
  enclosures: [],
  links: [],
  language: undefined,
  commentsUrl: undefined,
  imageUrl: undefined,
  attribution: {
    ...HARBOUR,
    source: {
      title: 'The First',
      id: 'https://first.example/feed',
      feedUrl: 'https://first.example/feed',
      siteUrl: undefined,
      iconUrl: undefined,
      updatedAt: at('2026-11-18T00:00:00.000Z'),
      authors: [],
      contributors: [],
      categories: [],
      rights: undefined,
      licenses: [],
    },
    sourceIsReceived: true,
    via: [
      { title: 'second.example', url: 'https://second.example/feed' },
      { title: 'Harbour News Daily', url: 'https://harbour.example/feed.xml' },
    ],
    authors: [{ name: 'The First' }],
    contributors: [],
    rights: undefined,
    licenses: [],
  },
  note: {
    position: 'both',
    html: '<p class="attribution">Source: <a href="https://first.example/p/42">The First, via Harbour News</a></p>',
    text: 'Source: The First, via Harbour News',
  },
};

/** Says as little as an item can. */
export const BARE: EditionItem = {
  ...RECEIVED,
  id: 'urn:uuid:00000000-54a6-5b0b-9a06-0d2a7c1c6d11' as PublishedId,
  guid: undefined,
  permalink: undefined,
  title: '',
  publishedAt: at('2026-11-17T00:00:00.000Z'),
  updatedAt: at('2026-11-17T00:00:00.000Z'),
  attribution: {
    ...RECEIVED.attribution,
    source: {
      ...RECEIVED.attribution.source,
      id: 'urn:uuid:11111111-54a6-5b0b-9a06-0d2a7c1c6d11',
      feedUrl: undefined,
    },
    sourceIsReceived: false,
    via: [],
  },
  note: { position: 'none', html: '', text: '' },
};

const EVIL =
  ']]></description></item><item><title>forged</title></item><![CDATA[ ]]> \u0000\u0008\ufffe\ud800 a < b <script>alert(1)</script> "><b>';

/** Everything that the model lets through as text, hostile. */
export const HOSTILE: EditionItem = {
  ...FULL,
  id: 'urn:uuid:22222222-54a6-5b0b-9a06-0d2a7c1c6d11' as PublishedId,
  guid: EVIL,
  idIsPermalink: false,
  permalink: undefined,
  title: EVIL,
  contentHtml: '<p>]]&gt; and ]]&gt; again, a &lt; b</p>',
  summary: EVIL,
  publishedAt: at('2026-11-16T00:00:00.000Z'),
  updatedAt: at('2026-11-16T00:00:00.000Z'),
  categories: [{ term: EVIL, scheme: EVIL, label: EVIL }],
  enclosures: [
    { url: 'https://evil.example/x.mp3', type: EVIL, length: Number.NaN, title: EVIL, durationSeconds: -1 },
  ],
  links: [{ rel: 'related', url: 'https://evil.example/?a=1&b=]]%3E', type: EVIL, title: EVIL }],
  commentsUrl: undefined,
  attribution: {
    ...HARBOUR,
    sourceName: EVIL,
    source: {
      ...HARBOUR.source,
      title: EVIL,
      authors: [{ name: EVIL, email: EVIL }],
      rights: EVIL,
    },
    authors: [{ name: '"><b>' }, { name: EVIL }],
    contributors: [{ name: EVIL }],
    publisher: EVIL,
    rights: EVIL,
    via: [{ title: EVIL, url: 'https://evil.example/via' }],
    also: [{ title: EVIL, url: 'https://evil.example/also', authors: [EVIL] }],
  },
  note: { position: 'after', html: '<p class="attribution">Source: ]]&gt;</p>', text: 'Source: ]]>' },
};

export const EDITION: Edition = {
  feedId: feedId('city'),
  title: 'The city & harbour in one feed',
  description: 'What happens <here>',
  language: 'en',
  imageUrl: 'https://feeds.example.org/logo.png',
  author: { name: 'The Feed Keeper', uri: 'https://feeds.example.org/about' },
  publicUrl: 'https://feeds.example.org/',
  updatedAt: at('2026-11-19T09:45:00.000Z'),
  generator: 'Tributary 0.1.0',
  hubs: ['https://hub.example/'],
  items: [FULL, RECEIVED, BARE],
};

export function editionOf(...items: readonly EditionItem[]): Edition {
  return { ...EDITION, items };
}
