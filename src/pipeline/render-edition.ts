// An edition becomes documents, and no document goes out that another parser does not read back whole: an item that breaks
// one is left out of all of them, never the feed.
import { checkRendition, type Problem } from '../core/render/check-rendition.ts';
import { renderCreditsPage } from '../core/render/credits-page.ts';
import { DOCUMENT_BYTES_MAX, itemsThatFit, itemsThatMayFit } from '../core/render/document-bound.ts';
import { archiveListPath, CREDITS_PATH, documentPath, pathOfDocument } from '../core/render/document-urls.ts';
import { ICON, ICON_MEDIA_TYPE, ICON_PATH } from '../core/render/icon.ts';
import { renderIndexPage } from '../core/render/index-page.ts';
import { OUTPUT_FORMATS, type OutputWriter } from '../core/render/output-formats.ts';
import { PAGE_SCRIPT, PAGE_SCRIPT_MEDIA_TYPE, PAGE_SCRIPT_PATH } from '../core/render/page-script.ts';
import { stubIds, tombstoneIds } from '../core/render/retractions.ts';
import { STYLE_SHEET, STYLE_SHEET_MEDIA_TYPE, STYLE_SHEET_PATH } from '../core/render/style-sheet.ts';
import type { MergedFeed, ServerConfig } from '../model/config.ts';
import type { Credits } from '../model/credits.ts';
import type { Edition, EditionItem, Rendition, Site } from '../model/edition.ts';
import { assertNever, messageOf, RenderError } from '../model/errors.ts';
import type { PublishedId } from '../model/ids.ts';
import type { Timestamp } from '../model/timestamp.ts';
import { makeRendition } from './make-rendition.ts';

export interface RenderedEdition {
  /** Without the items that were left out. */
  readonly edition: Edition;
  /** Those whose bytes are the same as before are the very ones before. */
  readonly renditions: readonly Rendition[];
  readonly dropped: readonly Dropped[];
}

/** What an edition's documents leave out, and why. */
export type Dropped =
  /** It does not read back in the words of the reader that noticed. */
  | { readonly kind: 'output-gate'; readonly id: PublishedId; readonly problem: string }
  /** The oldest of too many. */
  | { readonly kind: 'document-bound'; readonly ids: readonly PublishedId[]; readonly bytesMax: number }
  /** What is told of items that are out. */
  | { readonly kind: 'retractions'; readonly problem: string };

export function droppedWords(dropped: Dropped): string {
  switch (dropped.kind) {
    case 'output-gate':
      return `${dropped.id}: ${dropped.problem}`;
    case 'document-bound':
      return `${dropped.ids.length} of the older items: over ${dropped.bytesMax} bytes in one document`;
    case 'retractions':
      return `retractions: ${dropped.problem}`;
    default:
      return assertNever(dropped);
  }
}

/** The paths of all documents of a feed, sealed archives aside. */
export function documentPaths(feed: Pick<MergedFeed, 'id' | 'archive'>): readonly string[] {
  const paths = OUTPUT_FORMATS.map(({ extension }) => documentPath(feed.id, extension));
  return feed.archive === true ? [...paths, archiveListPath(feed.id)] : paths;
}

/** Throws RenderError `bad-rendition` where no whole document can be made: what stands then stays. */
export async function renderEdition(
  edition: Edition,
  inPlace: Site,
  now: Timestamp,
  writers: readonly OutputWriter[] = OUTPUT_FORMATS,
  bytesMax: number = DOCUMENT_BYTES_MAX,
): Promise<RenderedEdition> {
  const whole = writeEdition(edition, writers, bytesMax);
  const renditions = await Promise.all(
    writers.map((writer, place) => {
      const path = pathOfDocument(edition, writer.extension);
      const text = whole.texts[place] ?? '';
      return makeRendition({ path, mediaType: writer.mediaType, text }, inPlace.get(path), now);
    }),
  );
  return { edition: whole.edition, renditions, dropped: whole.dropped };
}

export interface WrittenEdition {
  readonly edition: Edition;
  /** In the order of the writers. */
  readonly texts: readonly string[];
  readonly dropped: readonly Dropped[];
}

/** Writes and checks every document; leaves out what breaks one or is too much and begins again, at most once for each item. */
export function writeEdition(
  edition: Edition,
  writers: readonly OutputWriter[] = OUTPUT_FORMATS,
  bytesMax: number = DOCUMENT_BYTES_MAX,
): WrittenEdition {
  const dropped: Dropped[] = [];
  const tooMany: PublishedId[] = [];
  let { retractions } = edition;
  let items = edition.items;
  const keepOnly = (fitting: readonly EditionItem[]) => {
    const left = new Set(fitting);
    tooMany.push(...items.filter((item) => !left.has(item)).map((item) => item.id));
    items = fitting;
  };
  keepOnly(itemsThatMayFit(items, bytesMax));
  for (;;) {
    const written = { ...edition, items, retractions };
    const results = writers.map((writer) => writeChecked(writer, written));
    const problems = results.flatMap((result) => result.problems);
    if (problems.length === 0) {
      const texts = results.map((result) => result.text);
      if (items.length > 0 && texts.some((text) => Buffer.byteLength(text) > bytesMax)) {
        keepOnly(itemsThatFit(written, writers, bytesMax).slice(0, written.items.length - 1));
        continue;
      }
      if (tooMany.length > 0) dropped.push({ kind: 'document-bound', ids: tooMany, bytesMax });
      return { edition: written, texts, dropped };
    }
    const problem = problems[0]?.message ?? '';
    if (!isWhole({ ...written, items: [] }, writers)) {
      // What is told of items that are out must not stand in the way of those that are in.
      if ((retractions ?? []).length === 0) throw new RenderError('bad-rendition', problem);
      dropped.push({ kind: 'retractions', problem });
      retractions = [];
      continue;
    }
    const isWholeAlone = (item: EditionItem) => isWhole({ ...written, items: [item] }, writers);
    const culprits = culpritsOf(problems, items, isWholeAlone);
    if (culprits.size === 0) throw new RenderError('bad-rendition', problem);
    for (const [id, message] of culprits) dropped.push({ kind: 'output-gate', id, problem: message });
    items = items.filter((item) => !culprits.has(item.id));
  }
}

function writeChecked(
  { format, render }: OutputWriter,
  edition: Edition,
): { readonly text: string; readonly problems: readonly Problem[] } {
  try {
    const text = render(edition);
    const ids = edition.items.map((item) => item.id);
    const withStubs = format === 'rss' || format === 'json' ? [...ids, ...stubIds(edition)] : ids;
    const problems = checkRendition(format, text, withStubs, tombstoneIds(edition));
    return {
      text,
      problems: problems.map((problem) => ({ ...problem, message: `${format}: ${problem.message}` })),
    };
  } catch (error) {
    return { text: '', problems: [{ message: `${format}: ${messageOf(error)}` }] };
  }
}

function isWhole(edition: Edition, writers: readonly OutputWriter[]): boolean {
  return writers.every((writer) => writeChecked(writer, edition).problems.length === 0);
}

/**
 * Ids and what is wrong. A problem names the item that stood where the reader noticed, which may be a neighbour of the one at
 * fault: so an item goes where it breaks a document of its own, and a named one goes unproven only where none does.
 */
function culpritsOf(
  problems: readonly Problem[],
  items: readonly EditionItem[],
  isWholeAlone: (item: EditionItem) => boolean,
): ReadonlyMap<PublishedId, string> {
  const messages = new Map<string, string>(
    problems.flatMap(({ itemId, message }) => (itemId === undefined ? [] : [[itemId, message]])),
  );
  const named = items.filter((item) => messages.has(item.id));
  const provenNamed = named.filter((item) => !isWholeAlone(item));
  const proven = provenNamed.length > 0 ? provenNamed : items.filter((item) => !isWholeAlone(item));
  const culprits = proven.length > 0 ? proven : named;
  return new Map(culprits.map((item) => [item.id, messages.get(item.id) ?? problems[0]?.message ?? '']));
}

/** The pages that show all feeds, and their style. */
export function renderSitePages(
  editions: readonly Edition[],
  credits: Credits,
  { publicUrl, admin, stylesheet = STYLE_SHEET }: Pick<ServerConfig, 'publicUrl' | 'admin' | 'stylesheet'>,
  inPlace: Site,
  now: Timestamp,
  lists: readonly (Pick<Rendition, 'path' | 'mediaType'> & { readonly text: string })[] = [],
): Promise<readonly Rendition[]> {
  const leadsToStatus = admin === undefined;
  const pages = [
    ...lists,
    {
      path: 'index.html',
      mediaType: 'text/html; charset=utf-8',
      text: renderIndexPage(editions, { publicUrl, leadsToStatus }),
    },
    {
      path: CREDITS_PATH,
      mediaType: 'text/html; charset=utf-8',
      text: renderCreditsPage(credits, leadsToStatus),
    },
    { path: STYLE_SHEET_PATH, mediaType: STYLE_SHEET_MEDIA_TYPE, text: stylesheet },
    { path: PAGE_SCRIPT_PATH, mediaType: PAGE_SCRIPT_MEDIA_TYPE, text: PAGE_SCRIPT },
    { path: ICON_PATH, mediaType: ICON_MEDIA_TYPE, text: ICON },
  ];
  return Promise.all(pages.map((page) => makeRendition(page, inPlace.get(page.path), now)));
}
