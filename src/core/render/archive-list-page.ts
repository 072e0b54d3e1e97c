// The page that lists a feed's archives, the newest first.
import type { Edition } from '../../model/edition.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { archiveListPath, documentPath } from './document-urls.ts';
import { html, type SafeHtml } from './html.ts';
import { feedLanguage } from './page-item.ts';
import { pageOf } from './page-parts.ts';
import { counted, dayWords, filled, type PageVoice, voiceOf } from './page-voice.ts';

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
  const voice = voiceOf(edition);
  const { words } = voice;
  const root = '../../../';
  return pageOf({
    title: `${title}: ${words.archives}`,
    voice,
    root,
    url: `${edition.publicUrl}${archiveListPath(feedId)}`,
    noindex: edition.noindex,
    feedLinks: [{ feedId, title }],
    header: html`<p class="up"><a href="${root}${documentPath(feedId, 'html')}">${words.latestItems}</a></p>
<h1${feedLanguage(voice)} dir="auto">${title}</h1>
<p class="lead">${words.archives}</p>`,
    main:
      archives.length === 0
        ? html`<p class="empty">${words.nothingArchived}</p>`
        : html`<ul class="archives">
${archives.toReversed().map((archive) => line(archive, voice))}</ul>`,
  });
}

function line({ name, items, from, to }: ListedArchive, voice: PageVoice): SafeHtml {
  const days =
    from !== undefined &&
    to !== undefined &&
    html` <small>${filled(voice.words.days, { from: dayWords(voice, from), to: dayWords(voice, to) })}</small>`;
  return html`<li><a href="${name}.html">${name}</a> <small>${counted(voice, voice.words.items, items)}</small>${days}</li>\n`;
}
