// An item on a page: its title leads to its publisher's page, then whose it is, what it says, its note. Marked up with the names of
// microformats (h-entry), in which the item's address is its publisher's. Nothing of ours claims to be where it stands.
import type { Attribution, EditionItem } from '../../model/edition.ts';
import type { Enclosure } from '../../model/item.ts';
import { licenseName } from '../../model/known-license.ts';
import { alreadySafe, escapeHtml, html, type SafeHtml } from './html.ts';
import {
  enclosureLength,
  enclosureSeconds,
  enclosureType,
  filesOf,
  namedCategories,
  personName,
  titleOrFirstWords,
} from './item-parts.ts';
import { directionOf, languageTag } from './language-tag.ts';
import { bytesWords, dayWords, filled, namePhrases, type PageVoice } from './page-voice.ts';

/** Found again by the check of the page: content can hold no such id. */
export const ARTICLE_MARK = '<article class="item h-entry" id="item-';

/** `place`: from 0, on its page. A body that may be wider than the page, since only tables are, can be moved by the keyboard. */
export function itemArticle(item: EditionItem, place: number, voice: PageVoice): SafeHtml {
  const lang = languageOf(item);
  const body = bodyOf(item);
  const categories = categoriesOf(item);
  const note = html`<div class="note"${feedLanguage(voice)}>${alreadySafe(item.note.html)}</div>\n`;
  const { position, html: noteHtml } = item.note;
  const isNoted = noteHtml !== '' && position !== 'none';
  return html`${alreadySafe(ARTICLE_MARK)}${place + 1}" data-source="${item.attribution.sourceName}"${categories.length > 0 && html` data-categories="${categories.join('\n')}"`}>
<h2 class="p-name"${lang} dir="auto">${titleLink(item)}</h2>
${byline(item, voice, updatedWords(item, voice))}
${isNoted && position !== 'after' && note}${picture(item, body)}${body !== '' && html`<div class="body e-content"${lang} dir="${directionOf(item.language)}"${body.includes('<table') && html` tabindex="0"`}>${alreadySafe(body)}</div>\n`}${players(item)}${files(item, voice)}${isNoted && position !== 'before' && note}${whatTheNoteLeavesOut(item, categories, voice)}</article>
`;
}

/** Without content its summary stands in. */
function bodyOf({ contentHtml, summary }: EditionItem): string {
  if (contentHtml === undefined) return summary === undefined ? '' : html`<p>${summary}</p>`.markup;
  return contentHtml.replaceAll('<img ', '<img loading="lazy" decoding="async" ');
}

/** Of the feed's own texts, where that is another language than our words are in. */
export function feedLanguage({ feedLanguage: language }: PageVoice): SafeHtml | undefined {
  return language === undefined ? undefined : html` lang="${language}"`;
}

/** What an item says is in its own language, what we say of it is not. */
export function languageOf(item: EditionItem): SafeHtml | undefined {
  const language = languageTag(item.language);
  return language === undefined ? undefined : html` lang="${language}"`;
}

export function titleLink(item: EditionItem): SafeHtml {
  const title = titleOrFirstWords(item);
  return item.permalink === undefined
    ? html`${title}`
    : html`<a class="u-url" href="${item.permalink}" rel="noopener nofollow">${title}</a>`;
}

/** Source, authors and date, above whatever the note says. No name turns the writing direction of what follows it. */
export function byline(
  { attribution, publishedAt }: EditionItem,
  voice: PageVoice,
  updated?: SafeHtml | undefined,
): SafeHtml {
  const { source, sourceName, authors } = attribution;
  const { comma } = namePhrases(voice);
  const names = authors.map(personName).filter((author) => author !== source.title && author !== sourceName);
  const name = sourceNames(attribution, voice);
  const linked =
    source.siteUrl === undefined
      ? name
      : html`<a href="${source.siteUrl}" rel="noopener nofollow">${name}</a>`;
  const by = names.map(
    (author, place) => html`${place === 0 ? ' · ' : comma}<bdi class="p-author">${author}</bdi>`,
  );
  return html`<p class="byline">${linked}${by} · <time class="dt-published" datetime="${publishedAt}">${dayWords(voice, publishedAt)}</time>${updated}</p>`;
}

/** The polled source; where it passed on what another said, that one before it. */
function sourceNames({ source, sourceName, sourceIsReceived }: Attribution, voice: PageVoice): SafeHtml {
  if (!sourceIsReceived) return html`<bdi>${sourceName}</bdi>`;
  const parts = namePhrases(voice).via.split(/(\{\w+\})/);
  return html`${parts.map((part) => (part === '{source}' ? html`<bdi>${source.title}</bdi>` : part === '{hop}' ? html`<bdi>${sourceName}</bdi>` : part))}`;
}

/** On another day, later. */
function updatedWords({ publishedAt, updatedAt }: EditionItem, voice: PageVoice): SafeHtml | undefined {
  const date = dayWords(voice, updatedAt);
  if (updatedAt <= publishedAt || date === dayWords(voice, publishedAt)) return undefined;
  return html` · <time class="dt-updated" datetime="${updatedAt}">${filled(voice.words.updated, { date })}</time>`;
}

function categoriesOf({ categories }: EditionItem): readonly string[] {
  return [
    ...new Set(
      namedCategories(categories).map(({ term, label = term }) => label.replace(/\s+/g, ' ').trim()),
    ),
  ];
}

/** In a frame of fixed shape, since nobody says how large it is; none where the text has pictures. */
function picture({ imageUrl, enclosures }: EditionItem, body: string): SafeHtml | undefined {
  const url = imageUrl ?? enclosures.find((file) => enclosureType(file)?.startsWith('image/'))?.url;
  if (url === undefined || !isSecure(url) || body.includes('<img ')) return undefined;
  return html`<p class="picture"><img class="u-photo" src="${url}" alt="" loading="lazy" decoding="async"></p>\n`;
}

/** Of what browsers play over https; the files are linked as well. */
function players(item: EditionItem): SafeHtml[] {
  return filesOf(item)
    .filter((file) => isSecure(file.url))
    .flatMap((file) => {
      const kind = enclosureType(file)?.split('/', 1)[0];
      if (kind === 'audio')
        return html`<audio class="u-audio" controls preload="none" src="${file.url}" title="${fileName(file)}"></audio>\n`;
      return kind === 'video'
        ? html`<video class="u-video" controls preload="none" src="${file.url}" title="${fileName(file)}"></video>\n`
        : [];
    });
}

function files(item: EditionItem, voice: PageVoice): SafeHtml | undefined {
  const all = filesOf(item);
  if (all.length === 0) return undefined;
  return html`<ul class="files" aria-label="${voice.words.files}">
${all.map((file) => html`<li><a href="${file.url}" rel="noopener nofollow"><bdi>${fileName(file)}</bdi></a>${fileFacts(file, voice)}</li>\n`)}</ul>
`;
}

function fileName({ title, url }: Enclosure): string {
  const named = title?.trim();
  if (named !== undefined && named !== '') return named;
  const { pathname = '', host = url } = URL.parse(url) ?? {};
  const last = pathname.split('/').at(-1) ?? '';
  return last === '' ? host : safelyDecoded(last);
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function fileFacts(file: Enclosure, voice: PageVoice): SafeHtml | undefined {
  const length = enclosureLength(file);
  const seconds = enclosureSeconds(file);
  const facts = [
    seconds === undefined ? undefined : clockWords(seconds),
    length === undefined ? undefined : bytesWords(voice, length),
    enclosureType(file),
  ].filter((fact) => fact !== undefined);
  return facts.length === 0 ? undefined : html` <small>${facts.join(' · ')}</small>`;
}

/** As in `1:02` or `1:00:02`. */
function clockWords(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, place) => (place === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/**
 * Rights, licences and categories as far as the note does not say them: it may be hidden, and its template leave them out. Without
 * `rel="license"`, which in HTML is about the page as a whole.
 */
function whatTheNoteLeavesOut(
  { attribution: { rights = '', licenses }, note, commentsUrl }: EditionItem,
  categories: readonly string[],
  { words }: PageVoice,
): SafeHtml {
  const shown = note.position === 'none' ? '' : note.html;
  const statement = rights.replace(/\s+/g, ' ').trim();
  const facts = [
    ...(statement === '' || shown.includes(escapeHtml(statement)) ? [] : [html`<bdi>${statement}</bdi>`]),
    ...licenses
      .filter((url) => !shown.includes(`href="${escapeHtml(url)}"`))
      .map((url) => html`<a href="${url}" rel="noopener nofollow">${licenseName(url)}</a>`),
  ];
  const isSaid = categories.every((category) => shown.includes(escapeHtml(category)));
  return html`${facts.length > 0 && html`<p class="rights">${facts.map((fact, place) => html`${place > 0 && ' · '}${fact}`)}</p>\n`}${!isSaid && html`<ul class="tags" aria-label="${words.categories}">${categories.map((category) => html`<li class="p-category" dir="auto">${category}</li>`)}</ul>\n`}${commentsUrl !== undefined && html`<p class="comments"><a href="${commentsUrl}" rel="noopener nofollow">${words.comments}</a></p>\n`}`;
}

function isSecure(url: string): boolean {
  return url.startsWith('https://');
}
