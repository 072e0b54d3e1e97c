// The front page: the feeds, each with its latest items and how to subscribe to it.
import type { Edition, EditionItem } from '../../model/edition.ts';
import { documentPath } from './document-urls.ts';
import { html, type SafeHtml } from './html.ts';
import { languageTag } from './language-tag.ts';
import { FEEDS_OPML_PATH, SOURCES_OPML_PATH } from './opml.ts';
import { byline, languageOf, titleLink } from './page-item.ts';
import { pageOf } from './page-parts.ts';
import { filled, type PageVoice, voiceOf } from './page-voice.ts';
import { subscribePanel } from './subscribe-panel.ts';

/** Of one feed, and of all of them together: with many feeds each has fewer, one at least. */
const ITEMS_MAX = 5;
const ITEMS_OF_ALL_MAX = 100;

export interface IndexPageInput {
  /** Ends with '/'. */
  readonly publicUrl: string;
  /** Whoever reads the page may see the status as well. */
  readonly leadsToStatus?: boolean | undefined;
}

/** In the language of the first feed. */
export function renderIndexPage(
  editions: readonly Edition[],
  { publicUrl, leadsToStatus = true }: IndexPageInput,
): string {
  const voice = voiceOf({ language: editions[0]?.language });
  const { words } = voice;
  const title = filled(words.feedsOf, { host: URL.parse(publicUrl)?.host ?? publicUrl });
  const itemsMax = Math.max(1, Math.min(ITEMS_MAX, Math.floor(ITEMS_OF_ALL_MAX / editions.length)));
  return pageOf({
    title,
    voice,
    root: '',
    url: publicUrl,
    noindex: editions.every((edition) => edition.noindex === true),
    feedLinks: editions.map(({ feedId, title: name }) => ({ feedId, title: name })),
    lists: [
      { href: FEEDS_OPML_PATH, title: words.feedList },
      { href: SOURCES_OPML_PATH, title: words.sourceList },
    ],
    here: 'front',
    leadsToStatus,
    header: html`<h1>${title}</h1>`,
    main: html`${editions.length === 0 && html`<p class="empty">${words.nothingYet}</p>`}${editions.map((edition) => feedEntry(edition, voice, itemsMax))}`,
  });
}

function feedEntry(edition: Edition, voice: PageVoice, itemsMax: number): SafeHtml {
  const { feedId, title, description } = edition;
  const language = languageTag(edition.language);
  const lang = language !== undefined && language !== voice.language && html` lang="${language}"`;
  const page = documentPath(feedId, 'html');
  const ofFeed = { ...voice, timezone: edition.timezone ?? 'UTC' };
  const latest = latestOf(edition, itemsMax).map((item) => latestEntry(item, ofFeed));
  return html`<section class="feed">
<h2${lang} dir="auto"><a href="${page}">${title}</a></h2>
${description !== undefined && html`<p class="lead"${lang} dir="auto">${description}</p>\n`}${subscribePanel(edition, voice, '')}
${edition.items.length === 0 && html`<p class="empty">${voice.words.nothingYet}</p>\n`}${latest.length > 0 && html`<ol class="latest">\n${latest}</ol>\n`}<p class="more"><a href="${page}">${voice.words.readOnline}<span class="said"> ${title}</span></a></p>
</section>
`;
}

/** Newest first. What is not to be found by search engines stands on the feed's own page alone, which says so. */
function latestOf({ items, noindex }: Edition, itemsMax: number): readonly EditionItem[] {
  if (noindex === true) return [];
  return items
    .filter((item) => item.noindex !== true)
    .toSorted((a, b) => (a.publishedAt < b.publishedAt ? 1 : a.publishedAt > b.publishedAt ? -1 : 0))
    .slice(0, itemsMax);
}

function latestEntry(item: EditionItem, voice: PageVoice): SafeHtml {
  return html`<li><p class="name"${languageOf(item)} dir="auto">${titleLink(item)}</p>
${byline(item, voice)}</li>\n`;
}
