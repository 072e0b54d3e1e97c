// An attribution in words: the visible note of an item, as HTML and as text.
import type { AttributionWording, NotePhrases } from '../../model/config.ts';
import { dayInWords } from '../../model/day-in-words.ts';
import { DEFAULT_WORDING } from '../../model/default-wording.ts';
import type { Attribution, NamedLink, Note } from '../../model/edition.ts';
import type { Category, Person } from '../../model/item.ts';
import { licenseName } from '../../model/known-license.ts';
import { NOTE_CHARS_MAX, type NotePlaceholder } from '../../model/note-template.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { noteText } from './note-text.ts';
import { escapeHtml, linkTo, type NoteValue, type NoteValues, writeNote } from './note-writer.ts';

/** What a note says of an item beside its attribution. */
export interface NoteSubject {
  /** Plain text. */
  readonly title: string;
  readonly permalink: string | undefined;
  readonly publishedAt: Timestamp;
  readonly updatedAt: Timestamp;
  readonly categories: readonly Category[];
}

/** Characters of one value: a note is a line, not an essay. */
const VALUE_CHARS_MAX = 500;
/** Longer addresses are no links in a note. */
const URL_CHARS_MAX = 2048;
const NAMES_MAX = 20;

/**
 * Words an attribution. The template is the operator's and trusted as HTML; no value is. At most `NOTE_CHARS_MAX` characters:
 * a note that would be longer goes without the other sources of the story, then without its own template.
 */
export function noteFor(attribution: Attribution, subject: NoteSubject, wording: AttributionWording): Note {
  const values = valuesOf(attribution, subject, wording);
  const written = writeNote(wording.template, values, wording.phrases.comma);
  const candidates = [withAlso(written, attribution, wording.phrases), written];
  const html =
    candidates.find((candidate) => candidate.length <= NOTE_CHARS_MAX) ??
    writeNote(DEFAULT_WORDING.template, values, wording.phrases.comma);
  return { position: wording.position, html, text: noteText(html) };
}

function valuesOf(attribution: Attribution, subject: NoteSubject, wording: AttributionWording): NoteValues {
  const { source, licenses } = attribution;
  const { comma } = wording.phrases;
  const values = new Map<string, NoteValue>();
  const put = (name: NotePlaceholder, text: string | undefined) => {
    const line = oneLine(text ?? '');
    if (line !== '') values.set(name, { text: line });
  };
  const putAddress = (name: NotePlaceholder, url: string | undefined) => {
    if (url !== undefined && isWebUrl(url)) values.set(name, { text: url, url });
  };
  const day = (timestamp: Timestamp) => dayInWords(timestamp, wording.dateLocale, wording.timezone);
  // The contract's wording says `Author: {author}`, and none of several authors may go unnamed.
  const authors = namesOf(attribution, comma);
  put('source', sourceInWords(attribution, wording.phrases));
  putAddress('sourceUrl', source.siteUrl ?? source.feedUrl);
  putAddress('feedUrl', source.feedUrl);
  putAddress('permalink', subject.permalink);
  put('title', subject.title);
  put('author', authors);
  put('authors', authors);
  put('published', day(subject.publishedAt));
  put('updated', subject.updatedAt === subject.publishedAt ? undefined : day(subject.updatedAt));
  put('rights', attribution.rights);
  put('copyright', wording.copyright);
  put(
    'via',
    joined(
      attribution.via.map((hop) => hop.title),
      comma,
    ),
  );
  put(
    'categories',
    joined(
      subject.categories.map((category) => category.label ?? category.term),
      comma,
    ),
  );
  const links = licenses.filter(isWebUrl).slice(0, NAMES_MAX).map(licenseLink);
  const text = links.map((link) => link.title).join(comma);
  if (links.length > 0) values.set('license', { text, url: links[0]?.url, links });
  return values;
}

/** `phrases.via` with its two names, which are read no further. */
function sourceInWords({ source, sourceIsReceived, sourceName }: Attribution, { via }: NotePhrases): string {
  if (!sourceIsReceived) return sourceName;
  // Each has its share of the line: neither pushes the other out.
  const names: Readonly<Record<string, string>> = {
    source: oneLine(source.title, VALUE_CHARS_MAX / 2 - 20),
    hop: oneLine(sourceName, VALUE_CHARS_MAX / 2 - 20),
  };
  return via.replace(/\{(source|hop)\}/g, (_, name) => names[name] ?? '');
}

function licenseLink(url: string): NamedLink {
  return { title: oneLine(licenseName(url)), url };
}

/** The authors' names; nothing where only the source stands for them, which the note names anyway. */
function namesOf({ authors, source, publisher, sourceName }: Attribution, comma: string): string {
  const [first, ...others] = authors;
  const standIns = [source.title, publisher, sourceName];
  if (first?.name !== undefined && others.length === 0 && standIns.includes(first.name)) return '';
  return joined(authors.map(personName), comma);
}

function personName({ name, email, uri }: Person): string {
  return [name, email, uri].find((part) => part !== undefined && part.trim() !== '') ?? '';
}

/** Each once; an ellipsis says that there are more. */
function joined(names: readonly string[], comma: string): string {
  const different = [...new Set(names.map((name) => oneLine(name)))].filter((name) => name !== '');
  const shown = different.slice(0, NAMES_MAX);
  return [...shown, ...(different.length > shown.length ? ['…'] : [])].join(comma);
}

/** Writing directions forced on what follows: a name that does that would turn the rest of the note around. */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;
/** What XML 1.0 forbids (section 2.2). */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

function oneLine(text: string, max = VALUE_CHARS_MAX): string {
  const line = text
    .slice(0, 4 * max)
    .replace(DIRECTION_CONTROLS, '')
    .replace(FORBIDDEN, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= max) return line.toWellFormed();
  const cut = line.slice(0, max).replace(/[\ud800-\udbff]$/, '');
  return `${cut.trimEnd()}…`.toWellFormed();
}

function isWebUrl(text: string): boolean {
  return (
    text.length <= URL_CHARS_MAX &&
    /^https?:\/\/[^\s"<>]+$/i.test(text) &&
    text.isWellFormed() &&
    URL.canParse(text)
  );
}

const LAST_BLOCK_END = /(?:\s*<\/(?:p|div|footer|aside|small|section)>)+\s*$/i;

/** Adds where the story stands too: `Also: <a href="…">Name</a> (Author)`, within the note's last block. */
function withAlso(html: string, { also }: Attribution, { also: label, comma }: NotePhrases): string {
  const others = also.filter((other) => isWebUrl(other.url)).slice(0, NAMES_MAX);
  if (others.length === 0) return html;
  const links = others.map(({ title, url, authors }) => {
    const names = oneLine(joined(authors, comma));
    return `${linkTo({ title: oneLine(title), url })}${names === '' ? '' : escapeHtml(` (${names})`)}`;
  });
  const end = LAST_BLOCK_END.exec(html)?.index ?? html.length;
  const added = `${html === '' ? '' : '<br>'}${escapeHtml(label)}${links.join(escapeHtml(comma))}`;
  return `${html.slice(0, end)}${added}${html.slice(end)}`;
}
