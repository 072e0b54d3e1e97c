// An attribution in words: the visible note of an item, as HTML and as text.
import type { AttributionWording } from '../../model/config.ts';
import type { Attribution, Note } from '../../model/edition.ts';
import type { Category, Person } from '../../model/item.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { type NoteValue, type NoteValues, selectPieces } from './note-template.ts';
import { escapeHtml, type WrittenNote, writeNote } from './note-writer.ts';

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
const NAMES_MAX = 20;

/** Words an attribution. The template is the operator's and trusted as HTML; no value is. */
export function noteFor(attribution: Attribution, subject: NoteSubject, wording: AttributionWording): Note {
  const values = valuesOf(attribution, subject, wording);
  const written = writeNote(selectPieces(wording.template, values), values);
  return { position: wording.position, ...withAlso(written, attribution) };
}

function valuesOf(attribution: Attribution, subject: NoteSubject, wording: AttributionWording): NoteValues {
  const { source, sourceIsReceived, sourceName } = attribution;
  const authors = namesOf(attribution);
  const values = new Map<string, NoteValue>();
  const put = (name: string, text: string | undefined, url = false) => {
    const line = text === undefined ? '' : url ? text : oneLine(text);
    if (line !== '' && (!url || isWebUrl(line))) values.set(name, { text: line, url });
  };
  put('source', sourceIsReceived ? `${source.title}, via ${sourceName}` : sourceName);
  put('sourceUrl', source.siteUrl ?? source.feedUrl, true);
  put('feedUrl', source.feedUrl, true);
  put('permalink', subject.permalink, true);
  put('title', subject.title);
  put('author', authors);
  put('authors', authors);
  put('published', dayOf(subject.publishedAt));
  put('updated', subject.updatedAt === subject.publishedAt ? undefined : dayOf(subject.updatedAt));
  put('rights', attribution.rights);
  put('license', attribution.licenses[0], true);
  put('copyright', wording.copyright);
  put('via', joined(attribution.via.map((hop) => hop.title)));
  put('categories', joined(subject.categories.map((category) => category.label ?? category.term)));
  return values;
}

/** The authors' names; nothing where only the source stands for them, which the note names anyway. */
function namesOf({ authors, source, publisher, sourceName }: Attribution): string {
  const [first, ...others] = authors;
  const standIns = [source.title, publisher, sourceName];
  if (first?.name !== undefined && others.length === 0 && standIns.includes(first.name)) return '';
  return joined(authors.map(personName));
}

function personName({ name, email, uri }: Person): string {
  return name ?? email ?? uri ?? '';
}

function joined(names: readonly string[]): string {
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))]
    .slice(0, NAMES_MAX)
    .join(', ');
}

/** `2026-11-23`, in UTC: the same everywhere. */
function dayOf(timestamp: Timestamp): string {
  return timestamp.slice(0, 10);
}

/** Writing directions forced on what follows: a name that does that would turn the rest of the note around. */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;
/** What XML 1.0 forbids (section 2.2). */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

function oneLine(text: string): string {
  const line = text
    .slice(0, 4 * VALUE_CHARS_MAX)
    .replace(DIRECTION_CONTROLS, '')
    .replace(FORBIDDEN, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= VALUE_CHARS_MAX) return line.toWellFormed();
  const cut = line.slice(0, VALUE_CHARS_MAX).replace(/[\ud800-\udbff]$/, '');
  return `${cut.trimEnd()}…`.toWellFormed();
}

function isWebUrl(text: string): boolean {
  return /^https?:\/\/[^\s"<>]+$/i.test(text) && text.isWellFormed() && URL.canParse(text);
}

/** Adds where the story stands too: `Also: <a href="…">Name</a> (Author)`, within the note's last block. */
function withAlso(note: WrittenNote, { also }: Attribution): WrittenNote {
  const others = also.filter((other) => isWebUrl(other.url)).slice(0, NAMES_MAX);
  if (others.length === 0) return note;
  const authorsOf = (authors: readonly string[]) => {
    const names = oneLine(joined(authors));
    return names === '' ? '' : ` (${names})`;
  };
  const html = others.map(
    ({ title, url, authors }) =>
      `<a href="${escapeHtml(url)}">${escapeHtml(oneLine(title))}</a>${escapeHtml(authorsOf(authors))}`,
  );
  const text = others.map(({ title, authors }) => `${oneLine(title)}${authorsOf(authors)}`);
  const end =
    /(?:\s*<\/(?:p|div|footer|aside|small|section)>)+\s*$/i.exec(note.html)?.index ?? note.html.length;
  return {
    html: `${note.html.slice(0, end)}${note.html === '' ? '' : '<br>'}Also: ${html.join(', ')}${note.html.slice(end)}`,
    text: `${note.text}\nAlso: ${text.join(', ')}`.trim(),
  };
}
