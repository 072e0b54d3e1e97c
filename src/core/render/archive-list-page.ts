// The page that lists a feed's archives, the newest first.
import type { Edition } from '../../model/edition.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { html } from './html.ts';
import { pageOf } from './page-parts.ts';

export interface ListedArchive {
  readonly name: string;
  /** How many items stand in it. */
  readonly items: number;
  /** Dates of its oldest and its newest item; of none where it has none. */
  readonly from?: Timestamp | undefined;
  readonly to?: Timestamp | undefined;
}

/** `archives`: in the order in which they were sealed. */
export function renderArchiveListPage(edition: Edition, archives: readonly ListedArchive[]): string {
  const { feedId, title } = edition;
  return pageOf({
    title: `${title}: archives`,
    language: edition.language,
    noindex: edition.noindex,
    styleHref: '../../../style.css',
    creditsHref: '../../../credits.html',
    feedLinks: [{ feedId, title, folder: '../../' }],
    main: html`<header>
<p class="up"><a href="../../../">All feeds</a> · <a href="../../${feedId}.html">Latest items</a></p>
<h1 dir="auto">${title}</h1>
<p class="lead">Archives</p>
</header>
<main>
${archives.length === 0 && html`<p>Nothing has been archived yet: everything stands among the latest items.</p>`}
<ul>
${archives.toReversed().map(line)}</ul>
</main>`,
  });
}

function line({ name, items, from, to }: ListedArchive) {
  const days =
    from !== undefined &&
    to !== undefined &&
    html`, <time datetime="${from}">${from.slice(0, 10)}</time> to <time datetime="${to}">${to.slice(0, 10)}</time>`;
  return html`<li><a href="${name}.html">${name}</a>: ${items} ${items === 1 ? 'item' : 'items'}${days}</li>\n`;
}
