// The frame of our pages: head, navigation, footer. Links are relative, so that a page works the same over HTTP and in a static
// site; no style and no script stands in it, so that a strict Content-Security-Policy fits.
import { PAGE_SECURITY_POLICY } from '../../model/content-security-policy.ts';
import { PROJECT_URL } from '../../model/version.ts';
import { CREDITS_PATH, documentPath } from './document-urls.ts';
import { html, type SafeHtml } from './html.ts';
import { ICON_PATH } from './icon.ts';
import { PAGE_SCRIPT_PATH } from './page-script.ts';
import type { PageVoice } from './page-voice.ts';
import { STYLE_SHEET_PATH } from './style-sheet.ts';

export interface FeedReference {
  readonly feedId: string;
  readonly title: string;
}

export interface PageInput {
  readonly title: string;
  readonly voice: PageVoice;
  /** From the page to the root of the site: empty there, else `../` as often as it takes. */
  readonly root: '' | '../' | '../../../';
  /** The page's address, for those who pass it on. Absolute. */
  readonly url?: string | undefined;
  /** Of the site's own words, never of an item's. */
  readonly description?: string | undefined;
  readonly imageUrl?: string | undefined;
  /** Search engines are asked to stay away. */
  readonly noindex?: boolean | undefined;
  /** For tables rather than for reading. */
  readonly isWide?: boolean | undefined;
  /** Announced to browsers and feed readers that are given the page's address. */
  readonly feedLinks?: readonly FeedReference[] | undefined;
  /** Lists of feeds, from the page. */
  readonly lists?: readonly { readonly href: string; readonly title: string }[] | undefined;
  /** Who reads the page may see the status as well. */
  readonly leadsToStatus?: boolean | undefined;
  /** The page is one that the navigation leads to. */
  readonly here?: 'front' | 'credits' | 'status' | undefined;
  readonly header: SafeHtml;
  readonly main: SafeHtml;
}

export const SUBSCRIBABLE = [
  { extension: 'rss', name: 'RSS', type: 'application/rss+xml' },
  { extension: 'atom', name: 'Atom', type: 'application/atom+xml' },
  { extension: 'json', name: 'JSON Feed', type: 'application/feed+json' },
] as const;

export function pageOf(page: PageInput): string {
  const { voice, header, main, isWide, lists = [] } = page;
  return `<!doctype html>
${html`<html lang="${voice.language}" dir="${voice.direction}">
${headOf(page)}
<body${isWide === true && html` class="wide"`}>
<a class="skip" href="#_content">${voice.words.skip}</a>
${navigation(page)}
<header class="head">
${header}
</header>
<main id="_content">
${main}
</main>
<footer class="foot">
<p>${lists.map(({ href, title }) => html`<a href="${href}">${title}</a> `)}<a href="${PROJECT_URL}" rel="noopener nofollow">Tributary</a></p>
</footer>
</body>
</html>`}
`;
}

function headOf({ title, root, url, description, imageUrl, noindex, feedLinks = [], lists = [] }: PageInput) {
  return html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${PAGE_SECURITY_POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
${noindex === true && html`<meta name="robots" content="noindex">\n`}<title>${title}</title>
${description !== undefined && html`<meta name="description" content="${description}">\n`}<meta property="og:type" content="website">
<meta property="og:title" content="${title}">
${description !== undefined && html`<meta property="og:description" content="${description}">\n`}${url !== undefined && html`<meta property="og:url" content="${url}">\n`}${imageUrl !== undefined && html`<meta property="og:image" content="${imageUrl}">\n`}<meta name="color-scheme" content="light dark">
<link rel="icon" type="image/svg+xml" href="${root}${ICON_PATH}">
<link rel="stylesheet" href="${root}${STYLE_SHEET_PATH}">
<script src="${root}${PAGE_SCRIPT_PATH}" defer></script>
${feedLinks.map((feed) => announcements(feed, root))}${lists.map(({ href, title: name }) => html`<link rel="alternate" type="text/x-opml" title="${name}" href="${href}">\n`)}</head>`;
}

function announcements(feed: FeedReference, root: string): SafeHtml[] {
  return SUBSCRIBABLE.map(
    ({ extension, name, type }) =>
      html`<link rel="alternate" type="${type}" title="${feed.title} (${name})" href="${root}${documentPath(feed.feedId, extension)}">\n`,
  );
}

function navigation({ voice: { words }, root, here, leadsToStatus }: PageInput): SafeHtml {
  const link = (place: 'front' | 'credits' | 'status', href: string, text: SafeHtml | string) =>
    html`<li><a href="${href}"${here === place && html` aria-current="page"`}>${text}</a></li>\n`;
  const icon = html`<img src="${root}${ICON_PATH}" alt="" width="24" height="24">`;
  return html`<nav class="site">
<ul>
${link('front', root === '' ? './' : root, html`${icon}${words.allFeeds}`)}${link('credits', `${root}${CREDITS_PATH}`, words.credits)}${leadsToStatus === true && link('status', `${root}status.html`, words.status)}</ul>
</nav>`;
}
