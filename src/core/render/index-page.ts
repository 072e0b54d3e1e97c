// The front page: the feeds with subscribe links, the latest items of all of them.
import type { Edition, EditionItem } from '../../model/edition.ts';
import { html, type SafeHtml } from './html.ts';
import { titleOrFirstWords } from './item-parts.ts';
import { FEEDS_OPML_PATH, SOURCES_OPML_PATH } from './opml.ts';
import { byline, type FeedReference, pageOf, subscribeLinks } from './page-parts.ts';

const LATEST_ITEMS = 30;

export interface IndexPageInput {
  /** Ends with '/'. */
  readonly publicUrl: string;
}

/** Links are relative, so that the page works in a static site as well; `publicUrl` names it. */
export function renderIndexPage(editions: readonly Edition[], { publicUrl }: IndexPageInput): string {
  const feeds = editions.map((edition) => ({ edition, reference: referenceTo(edition) }));
  return pageOf({
    title: `Feeds of ${URL.parse(publicUrl)?.host ?? publicUrl}`,
    language: editions[0]?.language,
    styleHref: 'style.css',
    creditsHref: 'credits.html',
    statusHref: 'status.html',
    feedLinks: feeds.map(({ reference }) => reference),
    lists: [
      { href: FEEDS_OPML_PATH, title: 'All feeds (OPML)' },
      { href: SOURCES_OPML_PATH, title: 'All sources (OPML)' },
    ],
    main: html`<header>
<h1>Feeds</h1>
</header>
<main>
<section class="feeds">
${feeds.map(({ edition, reference }) => feedEntry(edition, reference))}</section>
<section>
<h2>Latest</h2>
<ol class="latest">
${latestOf(editions).map(latestEntry)}</ol>
</section>
</main>`,
  });
}

function referenceTo({ feedId, title }: Edition): FeedReference {
  return { feedId, title, folder: 'feeds/' };
}

function feedEntry({ feedId, title, description }: Edition, reference: FeedReference): SafeHtml {
  return html`<article class="feed">
<h2><a href="feeds/${feedId}.html">${title}</a></h2>
${description !== undefined && html`<p>${description}</p>`}
${subscribeLinks(reference, true)}
</article>
`;
}

/** Newest first; an item that stands in several feeds once. */
function latestOf(editions: readonly Edition[]): readonly EditionItem[] {
  const byId = new Map(editions.flatMap((edition) => edition.items).map((item) => [item.id, item]));
  return [...byId.values()]
    .toSorted((a, b) => (a.publishedAt < b.publishedAt ? 1 : a.publishedAt > b.publishedAt ? -1 : 0))
    .slice(0, LATEST_ITEMS);
}

function latestEntry(item: EditionItem): SafeHtml {
  const title = titleOrFirstWords(item);
  const linked =
    item.permalink === undefined
      ? title
      : html`<a href="${item.permalink}" rel="noopener nofollow">${title}</a>`;
  return html`<li>${linked}${byline(item)}</li>\n`;
}
