// What is stored of feeds and hubs, configured or not, and how it is taken out again.
import type { FeedId } from '../../model/ids.ts';
import {
  ARCHIVE_HEAD_PREFIX,
  ARCHIVE_PREFIX,
  archiveHeadKey,
  archiveHeadPrefix,
  archiveKey,
  archiveTextPrefix,
  EDITION_PREFIX,
  editionKey,
  PENDING_ARCHIVE_PREFIX,
  pendingArchiveKey,
} from './keys.ts';
import type { RecordCalls } from './record-calls.ts';
import type { Answer, CommitResult, WriteResult } from './store.ts';

export async function listFeedIds(calls: RecordCalls): Promise<Answer<readonly FeedId[]>> {
  const prefixes = [EDITION_PREFIX, PENDING_ARCHIVE_PREFIX, ARCHIVE_HEAD_PREFIX, ARCHIVE_PREFIX];
  const names = await listAll(calls, 'list feeds', prefixes);
  if (names.kind !== 'hit') return names;
  const ids = names.value.map((name) => name.split(':', 1)[0] as FeedId);
  return { kind: 'hit', value: [...new Set(ids)] };
}

export async function listArchives(calls: RecordCalls, id: FeedId): Promise<Answer<readonly number[]>> {
  const names = await listAll(calls, 'list archives', [archiveHeadPrefix(id), archiveTextPrefix(id)]);
  return names.kind === 'hit' ? { kind: 'hit', value: [...new Set(names.value.map(Number))] } : names;
}

export function forgetArchives(
  calls: RecordCalls,
  id: FeedId,
  numbers: readonly number[],
): Promise<WriteResult> {
  const keys = numbers.flatMap((number) => [archiveHeadKey(id, number), archiveKey(id, number)]);
  return calls.delete('forget archives', keys);
}

export function forgetFeed(calls: RecordCalls, id: FeedId, expectedRevision: number): Promise<CommitResult> {
  return calls.commit('forget a feed', {
    guardKey: editionKey(id),
    expectedRevision,
    sets: [],
    deletes: [editionKey(id), pendingArchiveKey(id)],
    durable: false,
  });
}

async function listAll(
  calls: RecordCalls,
  what: string,
  prefixes: readonly string[],
): Promise<Answer<readonly string[]>> {
  const names: string[] = [];
  for (const prefix of prefixes) {
    const some = await calls.list<string>(what, prefix);
    if (some.kind !== 'hit') return some;
    names.push(...some.value);
  }
  return { kind: 'hit', value: names };
}
