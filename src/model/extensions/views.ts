// Every vocabulary that has a typed view, under the name that the library gives it.

import type { RslTerms } from '../rights.ts';
import { type Acast, acastOf } from './acast.ts';
import { type Access, accessOf } from './access.ts';
import { type Admin, adminOf } from './admin.ts';
import { type Aggregation, aggregationOf } from './aggregation.ts';
import { type Arxiv, arxivOf } from './arxiv.ts';
import { type AtomPublishing, atomPublishingOf } from './atom-publishing.ts';
import { type BlogChannel, blogChannelOf } from './blog-channel.ts';
import { type Chapter, chaptersOf } from './chapters.ts';
import { type CreativeCommons, creativeCommonsOf } from './creative-commons.ts';
import { type DublinCore, type DublinCoreTerms, dublinCoreOf, dublinCoreTermsOf } from './dublin-core.ts';
import type { Elements } from './element-view.ts';
import { eventOf, type FeedEvent } from './event.ts';
import { type Feedburner, feedburnerOf } from './feedburner.ts';
import { type Feedpress, feedpressOf } from './feedpress.ts';
import { type Geo, geoOf } from './geo.ts';
import { type GooglePlay, googlePlayOf } from './google-play.ts';
import { type FeedHistory, historyOf } from './history.ts';
import { type Indexing, indexingOf } from './indexing.ts';
import { type Itunes, itunesOf } from './itunes.ts';
import { type Media, mediaOf } from './media.ts';
import { type OpenSearch, openSearchOf } from './open-search.ts';
import { type Pingback, pingbackOf } from './pingback.ts';
import { type Podcast, podcastOf } from './podcast.ts';
import { type Prism, prismOf } from './prism.ts';
import { type Rawvoice, rawvoiceOf } from './rawvoice.ts';
import { rslOf } from './rsl.ts';
import { type Slash, slashOf } from './slash.ts';
import { type SourceModule, sourceModuleOf } from './source-module.ts';
import { type Spotify, spotifyOf } from './spotify.ts';
import { type Syndication, syndicationOf } from './syndication.ts';
import { type Thread, threadOf } from './thread.ts';
import { type Trackback, trackbackOf } from './trackback.ts';
import { type Wfw, wfwOf } from './wfw.ts';
import { type Youtube, youtubeOf } from './youtube.ts';

/** What a feed or an item says in each vocabulary; absent where it says nothing in it. */
export interface ExtensionViews {
  readonly itunes?: Itunes | undefined;
  readonly podcast?: Podcast | undefined;
  readonly media?: Media | undefined;
  readonly chapters?: readonly Chapter[] | undefined;
  readonly thread?: Thread | undefined;
  readonly geo?: Geo | undefined;
  readonly slash?: Slash | undefined;
  readonly syndication?: Syndication | undefined;
  readonly dublinCore?: DublinCore | undefined;
  readonly dublinCoreTerms?: DublinCoreTerms | undefined;
  readonly creativeCommons?: CreativeCommons | undefined;
  readonly rsl?: readonly RslTerms[] | undefined;
  readonly access?: Access | undefined;
  readonly indexing?: Indexing | undefined;
  readonly wfw?: Wfw | undefined;
  readonly feedburner?: Feedburner | undefined;
  readonly history?: FeedHistory | undefined;
  readonly atomPublishing?: AtomPublishing | undefined;
  readonly sourceModule?: SourceModule | undefined;
  readonly googlePlay?: GooglePlay | undefined;
  readonly spotify?: Spotify | undefined;
  readonly rawvoice?: Rawvoice | undefined;
  readonly acast?: Acast | undefined;
  readonly feedpress?: Feedpress | undefined;
  readonly youtube?: Youtube | undefined;
  readonly prism?: Prism | undefined;
  readonly arxiv?: Arxiv | undefined;
  readonly openSearch?: OpenSearch | undefined;
  readonly event?: FeedEvent | undefined;
  readonly aggregation?: Aggregation | undefined;
  readonly admin?: Admin | undefined;
  readonly trackback?: Trackback | undefined;
  readonly pingback?: Pingback | undefined;
  readonly blogChannel?: BlogChannel | undefined;
}

type View = { readonly [Name in keyof ExtensionViews]-?: (elements: Elements) => ExtensionViews[Name] };

const VIEWS: View = {
  itunes: itunesOf,
  podcast: podcastOf,
  media: mediaOf,
  chapters: chaptersOf,
  thread: threadOf,
  geo: geoOf,
  slash: slashOf,
  syndication: syndicationOf,
  dublinCore: dublinCoreOf,
  dublinCoreTerms: dublinCoreTermsOf,
  creativeCommons: creativeCommonsOf,
  rsl: rslOf,
  access: accessOf,
  indexing: indexingOf,
  wfw: wfwOf,
  feedburner: feedburnerOf,
  history: historyOf,
  atomPublishing: atomPublishingOf,
  sourceModule: sourceModuleOf,
  googlePlay: googlePlayOf,
  spotify: spotifyOf,
  rawvoice: rawvoiceOf,
  acast: acastOf,
  feedpress: feedpressOf,
  youtube: youtubeOf,
  prism: prismOf,
  arxiv: arxivOf,
  openSearch: openSearchOf,
  event: eventOf,
  aggregation: aggregationOf,
  admin: adminOf,
  trackback: trackbackOf,
  pingback: pingbackOf,
  blogChannel: blogChannelOf,
};

/** The views by the prefixes whose elements they look at: only those are made whose vocabulary is there. */
const BY_PREFIX: Readonly<Record<string, readonly (keyof ExtensionViews)[]>> = {
  ...{ itunes: ['itunes'], podcast: ['podcast'], media: ['media'], psc: ['chapters'] },
  ...{ thr: ['thread'], atom: ['thread'], georss: ['geo'], gml: ['geo'], geo: ['geo'] },
  ...{ slash: ['slash'], sy: ['syndication'], dc: ['dublinCore'], dcterms: ['dublinCoreTerms'] },
  ...{ cc: ['creativeCommons'], creativeCommons: ['creativeCommons'], rsl: ['rsl'], access: ['access'] },
  ...{ indexing: ['indexing'], wfw: ['wfw'], feedburner: ['feedburner'], fh: ['history'] },
  ...{ app: ['atomPublishing'], source: ['sourceModule'], googleplay: ['googlePlay'], spotify: ['spotify'] },
  ...{
    rawvoice: ['rawvoice'],
    acast: ['acast'],
    feedpress: ['feedpress'],
    yt: ['youtube'],
    prism: ['prism'],
  },
  ...{ arxiv: ['arxiv'], opensearch: ['openSearch'], ev: ['event'], ag: ['aggregation'], admin: ['admin'] },
  ...{ trackback: ['trackback'], pingback: ['pingback'], blogChannel: ['blogChannel'] },
};

/** `safeHtml` is applied to what Media RSS says is HTML; without it that is as written. */
export function viewsOf(elements: Elements, safeHtml?: (html: string) => string): ExtensionViews {
  if (elements === undefined) return {};
  const names = new Set<keyof ExtensionViews>();
  for (const { name } of elements) {
    const prefix = name.slice(0, Math.max(0, name.indexOf(':')));
    if (Object.hasOwn(BY_PREFIX, prefix)) for (const view of BY_PREFIX[prefix] ?? []) names.add(view);
  }
  const views: { [name: string]: unknown } = {};
  for (const name of names) {
    const view = name === 'media' ? mediaOf(elements, safeHtml) : VIEWS[name](elements);
    if (view !== undefined) views[name] = view;
  }
  return views;
}
