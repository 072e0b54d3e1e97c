// A merged feed as a page: the river of its items, each with its note. What is older stands in the feed's archives, which are pages
// of the same kind.
import type { Edition, EditionItem, History } from '../../model/edition.ts';
import { archiveListPath, archivePath, documentPath, documentUrl } from './document-urls.ts';
import { html, type SafeHtml } from './html.ts';
import { feedLanguage, itemArticle } from './page-item.ts';
import { pageOf } from './page-parts.ts';
import { filled, type PageVoice, voiceOf } from './page-voice.ts';
import { withdrawnSection } from './retractions.ts';
import { subscribePanel } from './subscribe-panel.ts';

export function renderFeedPage(edition: Edition): string {
  return edition.history?.kind === 'archive'
    ? renderArchivePage(edition, edition.history)
    : renderLatest(edition);
}

function renderLatest(edition: Edition): string {
  const { feedId, title, description, items, history } = edition;
  const voice = voiceOf(edition);
  const root = '../';
  const older = history?.older;
  return pageOf({
    ...frameOf(edition, voice),
    title,
    root,
    header: html`<h1${feedLanguage(voice)} dir="auto">${title}</h1>
${description !== undefined && html`<p class="lead"${feedLanguage(voice)} dir="auto">${description}</p>`}
${subscribePanel(edition, voice, root)}`,
    main: html`${filters(items, voice)}${items.length === 0 && html`<p class="empty">${voice.words.nothingYet}</p>\n`}<div class="river h-feed">
${items.map((item, place) => itemArticle(item, place, voice))}</div>
${withdrawnSection(edition, voice)}${
  older !== undefined &&
  html`<nav class="older"><ul>
<li><a rel="prev" href="${root}${archivePath(feedId, older, 'html')}">${voice.words.older}</a></li>
<li><a href="${root}${archiveListHref(feedId)}">${voice.words.archives}</a></li>
</ul></nav>`
}`,
  });
}

/** Three folders below the root. */
function renderArchivePage(edition: Edition, { name, older, newer }: History & { kind: 'archive' }): string {
  const { feedId, title, items } = edition;
  const voice = voiceOf(edition);
  const { words } = voice;
  const root = '../../../';
  const latest = `${root}${documentPath(feedId, 'html')}`;
  const archive = filled(words.archive, { name });
  return pageOf({
    ...frameOf(edition, voice),
    title: `${title}: ${archive}`,
    root,
    header: html`<p class="up"><a href="${latest}">${words.latestItems}</a> · <a href="./">${words.archives}</a></p>
<h1${feedLanguage(voice)} dir="auto">${title}</h1>
<p class="lead">${archive}</p>`,
    main: html`${filters(items, voice)}${items.length === 0 && html`<p class="empty">${words.allWithdrawn}</p>\n`}<div class="river h-feed">
${items.map((item, place) => itemArticle(item, place, voice))}</div>
<nav class="older"><ul>
${older !== undefined && html`<li><a rel="prev" href="${older}.html">${words.older}: ${older}</a></li>\n`}<li>${newer === undefined ? html`<a href="${latest}">${words.latestItems}</a>` : html`<a rel="next" href="${newer}.html">${words.newer}: ${newer}</a>`}</li>
</ul></nav>`,
  });
}

function frameOf(edition: Edition, voice: PageVoice) {
  const { feedId, title, description, imageUrl, noindex, items } = edition;
  return {
    voice,
    url: documentUrl(edition, 'html'),
    description,
    imageUrl,
    // A page is found as a whole or not at all: one publisher's wish holds for the page that shows the work.
    noindex: noindex === true || items.some((item) => item.noindex === true),
    feedLinks: [{ feedId, title }],
  };
}

/** Links of the list are relative to its folder. */
function archiveListHref(feedId: string): string {
  return archiveListPath(feedId).replace(/index\.html$/, '');
}

/** Filled by the script with what stands on the page, and shown where scripts run. */
function filters(items: readonly EditionItem[], { words }: PageVoice): SafeHtml | undefined {
  if (items.length < 2) return undefined;
  const choice = (facet: string, label: string, all: string) =>
    html`<label>${label} <select data-facet="${facet}"><option value="">${all}</option></select></label>\n`;
  return html`<div class="filters" role="search" aria-label="${words.filter}">
${choice('source', words.source, words.allSources)}${choice('category', words.category, words.allCategories)}<output></output>
</div>
<p class="empty" data-none hidden>${words.noneMatch}</p>
`;
}
