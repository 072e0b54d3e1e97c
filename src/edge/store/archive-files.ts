// Sealed archives on disk: what is served of them, and what an emptied store is given back.
//
//   DIR/archives/ID/7.json       the head of the seventh, replaced at one instant
//   DIR/archives/ID/7.r1.json    its text, of the revision that the head names; read when somebody asks for it
//   DIR/archives/ID/pending.json what was published and stands in no archive yet
//
// Each file begins with a line that has the SHA-256 of the rest.
import { hash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type {
  ArchiveContent,
  ArchiveHead,
  ArchiveWrites,
  KnownArchives,
  PendingArchive,
} from '../../model/archive.ts';
import { messageOf, StoreError } from '../../model/errors.ts';
import { type FeedId, isConfigId } from '../../model/ids.ts';
import { answerOf, type RecordKind } from './answer.ts';
import { ARCHIVE, ARCHIVE_HEAD, PENDING_ARCHIVE } from './archive-checks.ts';
import { makeFolderDurably, replaceDurably } from './durable-file.ts';
import { isMissing, namesIn } from './folder-names.ts';

const FILE_BYTES_MAX = 64 * 1024 * 1024;
const HEAD_NAME = /^(\d{1,9})\.json$/;
const CONTENT_NAME = /^(\d{1,9})\.r(\d{1,9})\.json$/;

export interface ArchiveFiles {
  /** What is damaged is left out, and told in `problems`. Throws StoreError where the folder cannot be read. */
  load(feedId: FeedId): Promise<KnownArchives & { readonly problems: readonly string[] }>;
  /** On return it outlives a loss of power. The text of an archive is there before its head names it. Throws StoreError. */
  save(feedId: FeedId, writes: ArchiveWrites): Promise<void>;
  /** Throws StoreError where it is missing or is not what was written. */
  read(head: Pick<ArchiveHead, 'feedId' | 'number' | 'revision'>): Promise<ArchiveContent>;
}

export function openArchiveFiles(dataDir: string): ArchiveFiles {
  const folderOf = (feedId: FeedId) => {
    if (!isConfigId(feedId)) throw new TypeError(`not a feed id: ${JSON.stringify(feedId)}`);
    return path.join(path.resolve(dataDir), 'archives', feedId);
  };
  const contentFile = ({ feedId, number, revision }: Pick<ArchiveHead, 'feedId' | 'number' | 'revision'>) =>
    path.join(folderOf(feedId), `${number}.r${revision}.json`);
  return {
    load: (feedId) => attempt(folderOf(feedId), () => loadFolder(folderOf(feedId), feedId)),
    async save(feedId, { sealed, pending }) {
      const folder = folderOf(feedId);
      await attempt(folder, async () => {
        await makeFolderDurably(folder);
        for (const { head, content } of sealed) {
          await replaceDurably(contentFile(head), bytesOf(content));
          await replaceDurably(path.join(folder, `${head.number}.json`), bytesOf(head));
        }
        await replaceDurably(path.join(folder, 'pending.json'), bytesOf(pending));
        await sweep(folder, new Map(sealed.map(({ head }) => [head.number, head.revision])));
      });
    },
    read: (head) =>
      attempt(folderOf(head.feedId), async () => {
        const content = await readRecord<ArchiveContent>(contentFile(head), ARCHIVE, head.feedId);
        if (typeof content === 'string' || content === undefined)
          throw new Error(`${contentFile(head)} ${content ?? 'is missing'}`);
        return content;
      }),
  };
}

async function loadFolder(folder: string, feedId: FeedId) {
  const heads: ArchiveHead[] = [];
  const problems: string[] = [];
  for (const name of await namesIn(folder)) {
    if (!HEAD_NAME.test(name)) continue;
    const head = await readRecord<ArchiveHead>(path.join(folder, name), ARCHIVE_HEAD, feedId);
    if (typeof head === 'string') problems.push(`${path.join(folder, name)} ${head}`);
    else if (head !== undefined) heads.push(head);
  }
  const file = path.join(folder, 'pending.json');
  const pending = await readRecord<PendingArchive>(file, PENDING_ARCHIVE, feedId);
  if (typeof pending === 'string') problems.push(`${file} ${pending}`);
  return { heads, pending: typeof pending === 'string' ? undefined : pending, problems };
}

/** Texts of revisions that no head names any more. */
async function sweep(folder: string, saved: ReadonlyMap<number, number>): Promise<void> {
  if (saved.size === 0) return;
  for (const name of await namesIn(folder)) {
    const [, number, revision] = CONTENT_NAME.exec(name) ?? [];
    const kept = saved.get(Number(number));
    if (kept !== undefined && Number(revision) < kept) await rm(path.join(folder, name), { force: true });
  }
}

function bytesOf(record: unknown): Uint8Array {
  const text = JSON.stringify(record);
  return Buffer.from(`${hash('sha256', text, 'hex')}\n${text}\n`);
}

/** A text: what is wrong with it. Undefined: there is none. */
async function readRecord<T>(
  file: string,
  kind: RecordKind,
  feedId: FeedId,
): Promise<T | string | undefined> {
  try {
    if ((await stat(file)).size > FILE_BYTES_MAX) return 'is damaged: it is too large';
    const bytes = await readFile(file, 'utf8');
    const [digest, text = ''] = bytes.split('\n');
    if (hash('sha256', text, 'hex') !== digest) return 'is damaged: it is not what was written';
    const answer = answerOf<T>(JSON.parse(text), kind, feedId);
    return answer.kind === 'hit'
      ? answer.value
      : `is damaged: ${answer.kind === 'unreadable' ? answer.reason : 'it is empty'}`;
  } catch (error) {
    return isMissing(error) ? undefined : `cannot be read: ${messageOf(error)}`;
  }
}

async function attempt<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new StoreError(
      'data-unavailable',
      `archives cannot be kept in ${folder} (${messageOf(error)}); see to its space and rights, or name another \`dataDir\``,
      { cause: error },
    );
  }
}
