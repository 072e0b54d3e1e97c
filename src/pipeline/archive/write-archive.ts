// An archive's documents: written by the same writers as a feed's, read back before they count, kept as they are from then on.
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { keysOf } from '../../core/archive/archive-keys.ts';
import { rangeOf } from '../../core/archive/seal.ts';
import { OUTPUT_FORMATS } from '../../core/render/output-formats.ts';
import type {
  ArchiveContent,
  ArchivedDocument,
  ArchivedItem,
  ArchiveHead,
  SealedArchive,
} from '../../model/archive.ts';
import type { Edition, Rendition } from '../../model/edition.ts';
import { RECORD_VERSION } from '../../model/record-version.ts';
import { later, type Timestamp, timestampOfClock } from '../../model/timestamp.ts';
import { type Dropped, renderEdition } from '../render-edition.ts';

/** Everything about an archive but its documents. */
export interface ArchiveToWrite
  extends Pick<ArchiveHead, 'feedId' | 'number' | 'name' | 'revision' | 'sealedAt' | 'out' | 'rights'>,
    Pick<ArchiveContent, 'feed' | 'items'> {
  /** Documents that stand: what says the same keeps its bytes and its date. */
  readonly documents: readonly ArchivedDocument[];
}

export interface WrittenArchive extends SealedArchive {
  /** Its documents have no room for them. */
  readonly leftOver: readonly ArchivedItem[];
  /** Items that break a document. */
  readonly dropped: readonly Dropped[];
}

/** Throws RenderError `bad-rendition` where no whole document can be made. */
export async function writeArchive(archive: ArchiveToWrite, now: Timestamp): Promise<WrittenArchive> {
  const { feedId, number, name, revision, sealedAt, out, rights, feed } = archive;
  const isOut = new Set(out.map(({ id }) => id));
  const standing = archive.items.filter(({ item }) => !isOut.has(item.id));
  const inPlace = await renditionsOf(archive.documents);
  const rendered = await renderEdition(editionOf(archive, standing), inPlace, now);
  const tooMany = new Set(
    rendered.dropped.flatMap((dropped) => (dropped.kind === 'document-bound' ? dropped.ids : [])),
  );
  const isLeftOver = ({ item }: ArchivedItem) => tooMany.has(item.id);
  const items = archive.items.filter((archived) => !isLeftOver(archived));
  return {
    head: {
      version: RECORD_VERSION,
      feedId,
      number,
      name,
      revision,
      sealedAt,
      items: rendered.edition.items.length,
      ...rangeOf(rendered.edition.items),
      keys: [...new Set(items.flatMap(keysOf))],
      sourceIds: [...new Set(items.map(({ item }) => item.attribution.sourceId))],
      out,
      rights,
    },
    content: {
      version: RECORD_VERSION,
      feedId,
      number,
      revision,
      feed,
      items,
      documents: rendered.renditions.map(documentOf),
    },
    leftOver: archive.items.filter(isLeftOver),
    dropped: rendered.dropped.filter(({ kind }) => kind === 'output-gate'),
  };
}

/** The same with another page: it links to the archive sealed after it, which no other document does. */
export async function withNewer(
  { head, content }: SealedArchive,
  newer: string,
  now: Timestamp,
): Promise<SealedArchive> {
  const { history } = content.feed;
  if (history?.kind !== 'archive' || history.newer === newer) return { head, content };
  const feed = { ...content.feed, history: { ...history, newer } };
  const isOut = new Set(head.out.map(({ id }) => id));
  const standing = content.items.filter(({ item }) => !isOut.has(item.id));
  const edition = editionOf({ feed, out: head.out }, standing);
  const pages = OUTPUT_FORMATS.filter(({ format }) => format === 'html');
  const { renditions } = await renderEdition(edition, new Map(), now, pages, Number.POSITIVE_INFINITY);
  const made = new Map(renditions.map((rendition) => [rendition.path, documentOf(rendition)]));
  const revision = head.revision + 1;
  return {
    head: { ...head, revision },
    content: {
      ...content,
      revision,
      feed,
      documents: content.documents.map((document) => made.get(document.path) ?? document),
    },
  };
}

function editionOf(
  { feed, out }: Pick<ArchiveToWrite, 'feed' | 'out'>,
  standing: readonly ArchivedItem[],
): Edition {
  const items = standing.map(({ item }) => item);
  const retractions = out.map(
    ({ id, takenOutBy, when, learntAt, by, reason, publishedAt, sourceTitle, sourceUrl }) => ({
      id,
      takenOutBy,
      when,
      learntAt,
      by,
      reason,
      publishedAt,
      sourceTitle,
      sourceUrl,
      // What stands in an item's place is news: of that the subscription document tells.
      hasStub: false,
    }),
  );
  const dates = [
    ...items.map(({ publishedAt, updatedAt }) => later(publishedAt, updatedAt)),
    ...retractions.map(({ learntAt }) => learntAt),
  ];
  return { ...feed, items, retractions, updatedAt: dates.reduce(later, timestampOfClock(0)) };
}

function documentOf({ path, mediaType, changedAt, gzip, etag, gzipEtag }: Rendition): ArchivedDocument {
  return { path, mediaType, changedAt, gzip: Buffer.from(gzip).toString('base64'), etag, gzipEtag };
}

const decompress = promisify(gunzip);
/** Above what any document of ours may have. */
const BODY_BYTES_MAX = 32 * 1024 * 1024;

/** By path. */
export async function renditionsOf(
  documents: readonly ArchivedDocument[],
): Promise<ReadonlyMap<string, Rendition>> {
  const renditions = documents.map(async ({ path, mediaType, changedAt, etag, gzipEtag, ...document }) => {
    const gzip = Buffer.from(document.gzip, 'base64');
    const body = await decompress(gzip, { maxOutputLength: BODY_BYTES_MAX });
    return [path, { path, mediaType, changedAt, etag, gzipEtag, gzip, body }] as const;
  });
  return new Map(await Promise.all(renditions));
}
