// A merged feed as a page: its items in full, each with its note. No script, no inline style: it stands under a strict
// Content-Security-Policy. Links are relative, so that a static site works wherever it lies.
import type { Edition, EditionItem, History } from '../../model/edition.ts';
import { licenseName } from '../../model/known-license.ts';
import { alreadySafe, escapeHtml, html, type SafeHtml } from './html.ts';
import { bodyWithNote, titleOrFirstWords } from './item-parts.ts';
import { directionOf, languageTag } from './language-tag.ts';
import { byline, pageOf, subscribeLinks } from './page-parts.ts';
import { withdrawnSection } from './retractions.ts';

/** Found again by the check of the page: content can hold no such id. */
export const ARTICLE_MARK = '<article class="item" id="item-';

export function renderFeedPage(edition: Edition): string {
  return edition.history?.kind === 'archive'
    ? renderArchivePage(edition, edition.history)
    : renderLatest(edition);
}

function renderLatest(edition: Edition): string {
  const { feedId, title, description, items, history } = edition;
  return pageOf({
    title,
    language: edition.language,
    noindex: edition.noindex,
    styleHref: '../style.css',
    creditsHref: '../credits.html',
    feedLinks: [{ feedId, title, folder: '' }],
    main: html`<header>
<p class="up"><a href="../">All feeds</a></p>
<h1 dir="auto">${title}</h1>
${description !== undefined && html`<p class="lead" dir="auto">${description}</p>`}
${subscribeLinks({ feedId, title, folder: '' }, false)}
</header>
<main>
${items.length === 0 && html`<p>Nothing has been published here yet.</p>`}
${items.map(article)}${withdrawnSection(edition)}</main>${
      history?.older !== undefined &&
      html`
<nav class="older"><p><a href="${feedId}/archive/">Older items</a></p></nav>`
    }`,
  });
}

/** Three folders below the root. */
function renderArchivePage(edition: Edition, { name, older, newer }: History & { kind: 'archive' }): string {
  const { feedId, title, items } = edition;
  return pageOf({
    title: `${title}: ${name}`,
    language: edition.language,
    noindex: edition.noindex,
    styleHref: '../../../style.css',
    creditsHref: '../../../credits.html',
    feedLinks: [{ feedId, title, folder: '../../' }],
    main: html`<header>
<p class="up"><a href="../../${feedId}.html">Latest items</a> · <a href="./">All archives</a></p>
<h1 dir="auto">${title}</h1>
<p class="lead">Archive ${name}</p>
</header>
<main>
${items.length === 0 && html`<p>What stood here has been withdrawn.</p>`}
${items.map(article)}</main>
<nav class="older"><p>${older !== undefined && html`<a rel="prev" href="${older}.html">Older: ${older}</a> · `}${
      newer === undefined
        ? html`<a href="../../${feedId}.html">Latest items</a>`
        : html`<a rel="next" href="${newer}.html">Newer: ${newer}</a>`
    }</p></nav>`,
  });
}

function article(item: EditionItem, place: number): SafeHtml {
  const title = titleOrFirstWords(item);
  const language = languageTag(item.language);
  const heading =
    item.permalink === undefined
      ? title
      : html`<a href="${item.permalink}" rel="noopener nofollow">${title}</a>`;
  return html`${alreadySafe(ARTICLE_MARK)}${place + 1}"${language !== undefined && html` lang="${language}"`}>
<h2 dir="auto">${heading}</h2>
${byline(item)}
<div class="body" dir="${directionOf(item.language)}">${alreadySafe(bodyWithNote(item))}</div>
${rightsLine(item)}</article>
`;
}

/**
 * Rights and licences as far as the note does not say them: it may be hidden, and its template leave them out. Without
 * `rel="license"`, which in HTML is about the page as a whole.
 */
function rightsLine({ attribution: { rights = '', licenses }, note }: EditionItem): SafeHtml | undefined {
  const shown = note.position === 'none' ? '' : note.html;
  const statement = rights.replace(/\s+/g, ' ').trim();
  const facts = [
    ...(statement === '' || shown.includes(escapeHtml(statement)) ? [] : [html`<bdi>${statement}</bdi>`]),
    ...licenses
      .filter((url) => !shown.includes(`href="${escapeHtml(url)}"`))
      .map((url) => html`<a href="${url}" rel="noopener nofollow">${licenseName(url)}</a>`),
  ];
  if (facts.length === 0) return undefined;
  return html`<p class="rights">${facts.map((fact, place) => html`${place > 0 && ' · '}${fact}`)}</p>
`;
}
