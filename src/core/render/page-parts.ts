// What our pages share: the frame, bylines, subscribe links.
import type { EditionItem } from '../../model/edition.ts';
import { documentPath } from './document-urls.ts';
import { html, type SafeHtml } from './html.ts';
import { personName } from './item-parts.ts';

export interface FeedReference {
  readonly feedId: string;
  readonly title: string;
  /** From the page to the folder of the feeds: empty within it, else ending with '/'. */
  readonly folder: '' | 'feeds/' | '../../';
}

export interface PageInput {
  readonly title: string;
  readonly language: string | undefined;
  /** Search engines are asked to stay away. */
  readonly noindex?: boolean | undefined;
  /** For tables rather than for reading. */
  readonly wide?: boolean | undefined;
  readonly styleHref: string;
  /** Announced to browsers and feed readers that are given the page's address. */
  readonly feedLinks: readonly FeedReference[];
  /** From the page to `/credits`; undefined on that page itself. */
  readonly creditsHref: string | undefined;
  /** From the page to `/status`. */
  readonly statusHref?: string | undefined;
  /** Lists of feeds, from the page. */
  readonly lists?: readonly { readonly href: string; readonly title: string }[] | undefined;
  readonly main: SafeHtml;
}

const SUBSCRIBABLE = [
  { extension: 'rss', name: 'RSS', type: 'application/rss+xml' },
  { extension: 'atom', name: 'Atom', type: 'application/atom+xml' },
  { extension: 'json', name: 'JSON Feed', type: 'application/feed+json' },
] as const;

export function pageOf({
  title,
  language,
  noindex,
  wide,
  styleHref,
  feedLinks,
  creditsHref,
  statusHref,
  lists = [],
  main,
}: PageInput): string {
  return `<!doctype html>
${html`<html lang="${language ?? 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${noindex === true && html`<meta name="robots" content="noindex">\n`}<title>${title}</title>
<link rel="stylesheet" href="${styleHref}">
${feedLinks.map(announcements)}${lists.map(({ href, title: name }) => html`<link rel="alternate" type="text/x-opml" title="${name}" href="${href}">\n`)}</head>
<body${wide === true && html` class="wide"`}>
${main}
${creditsHref !== undefined && html`<footer><p><a href="${creditsHref}">Sources and credits</a>${statusHref !== undefined && html` · <a href="${statusHref}">Status</a>`}${lists.map(({ href, title: name }) => html` · <a href="${href}">${name}</a>`)}</p></footer>\n`}</body>
</html>`}
`;
}

function announcements(feed: FeedReference): SafeHtml[] {
  return SUBSCRIBABLE.map(
    ({ extension, name, type }) =>
      html`<link rel="alternate" type="${type}" title="${feed.title} (${name})" href="${hrefOf(feed, extension)}">\n`,
  );
}

export function subscribeLinks(feed: FeedReference, withPage: boolean): SafeHtml {
  const links = SUBSCRIBABLE.map(
    ({ extension, name }) => html`<li><a href="${hrefOf(feed, extension)}">${name}</a></li>`,
  );
  const page = withPage && html`<li><a href="${hrefOf(feed, 'html')}">Read here</a></li>`;
  return html`<ul class="subscribe">${page}${links}</ul>`;
}

function hrefOf({ feedId, folder }: FeedReference, extension: 'rss' | 'atom' | 'json' | 'html'): string {
  return `${folder}${documentPath(feedId, extension).slice('feeds/'.length)}`;
}

/** Source, authors and date of an item, above whatever its note says. No name turns the writing direction of what follows it. */
export function byline({ attribution, publishedAt }: EditionItem): SafeHtml {
  const { source, sourceName, sourceIsReceived, authors } = attribution;
  const name = sourceIsReceived ? `${source.title}, via ${sourceName}` : sourceName;
  const names = authors.map(personName).filter((author) => author !== source.title && author !== sourceName);
  const linked =
    source.siteUrl === undefined
      ? html`<bdi>${name}</bdi>`
      : html`<a href="${source.siteUrl}" rel="noopener nofollow"><bdi>${name}</bdi></a>`;
  const by = names.map((author, place) => html`${place === 0 ? ' · ' : ', '}<bdi>${author}</bdi>`);
  return html`<p class="byline">${linked}${by} · <time datetime="${publishedAt}">${publishedAt.slice(0, 10)}</time></p>`;
}
