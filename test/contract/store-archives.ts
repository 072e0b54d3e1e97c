// Archives: written with the edition that seals them, whole or not at all. Part of the store contract.
import { describe, expect, test } from 'vitest';
import { openKeyv } from '../../src/edge/store/record-calls.ts';
import type { ArchivedItem, ArchiveWrites, SealedArchive } from '../../src/model/archive.ts';
import { RECORD_VERSION } from '../../src/model/record-version.ts';
import type { Timestamp } from '../../src/model/timestamp.ts';
import { editionRecord, feedId, itemHash, publishedId } from './store-records.ts';
import type { StoreRig } from './store-rig.ts';

const NOON = '2026-03-01T12:00:00.000Z' as Timestamp;
const CITY = feedId('city');

export function describeArchives(rig: StoreRig): void {
  describe('archives', () => {
    test('a feed that never sealed one has none', async () => {
      expect(await rig.store.readArchiveHeads(CITY)).toEqual({ kind: 'hit', value: [] });
      expect(await rig.store.readArchive(CITY, 1)).toEqual({ kind: 'miss' });
      expect(await rig.store.readPendingArchive(CITY)).toEqual({ kind: 'miss' });
    });

    test('what an edition seals is read back equal, each feed by itself', async () => {
      const writes = archiveWrites('city', 1, [1, 2]);
      // Begins with the other's id.
      const others = archiveWrites('city-2', 1, [1]);
      expect(await rig.store.commitEdition(CITY, 0, editionRecord('city', 1), writes)).toEqual({
        kind: 'committed',
      });
      await rig.store.commitEdition(feedId('city-2'), 0, editionRecord('city-2', 1), others);
      const heads = await rig.store.readArchiveHeads(CITY);
      const sorted = heads.kind === 'hit' ? heads.value.toSorted((a, b) => a.number - b.number) : [];
      expect(sorted).toEqual(writes.sealed.map(({ head }) => head));
      for (const { content } of writes.sealed)
        expect(await rig.store.readArchive(CITY, content.number)).toEqual({ kind: 'hit', value: content });
      expect(await rig.store.readPendingArchive(CITY)).toEqual({ kind: 'hit', value: writes.pending });
    });

    test('a feed is listed by whatever is stored of it, and taken out, archives first; one that its id begins is left', async () => {
      for (const id of ['city', 'city-2'])
        await rig.store.commitEdition(feedId(id), 0, editionRecord(id, 1), archiveWrites(id, 1, [1, 2]));
      await rig.store.commitEdition(feedId('plain'), 0, editionRecord('plain', 1));
      const listed = async () => {
        const answer = await rig.store.listFeedIds();
        return answer.kind === 'hit' ? answer.value.toSorted() : answer.kind;
      };
      const archives = async (id: string) => {
        const answer = await rig.store.listArchives(feedId(id));
        return answer.kind === 'hit' ? answer.value.toSorted() : answer.kind;
      };
      expect(await listed()).toEqual(['city', 'city-2', 'plain']);
      expect([await archives('city'), await archives('plain')]).toEqual([[1, 2], []]);
      expect(await rig.store.forgetArchives(CITY, [1])).toEqual({ kind: 'written' });
      expect(await archives('city')).toEqual([2]);
      expect((await rig.store.readArchive(CITY, 1)).kind).toBe('miss');
      expect(await rig.store.forgetFeed(CITY, 7)).toEqual({ kind: 'stale', revision: 1 });
      expect(await rig.store.forgetFeed(CITY, 1)).toEqual({ kind: 'committed' });
      expect((await rig.store.readEdition(CITY)).kind).toBe('miss');
      expect((await rig.store.readPendingArchive(CITY)).kind).toBe('miss');
      // An archive is left: so the feed is known still.
      expect(await listed()).toEqual(['city', 'city-2', 'plain']);
      await rig.store.forgetArchives(CITY, [2]);
      expect([await listed(), await archives('city-2')]).toEqual([
        ['city-2', 'plain'],
        [1, 2],
      ]);
      expect((await rig.store.readEdition(feedId('city-2'))).kind).toBe('hit');
    });

    test('a stale edition seals nothing, and leaves what waits as it was', async () => {
      const first = archiveWrites('city', 1, []);
      await rig.store.commitEdition(CITY, 0, editionRecord('city', 1), first);
      const late = await rig.store.commitEdition(
        CITY,
        0,
        editionRecord('city', 1),
        archiveWrites('city', 9, [1]),
      );
      expect(late).toEqual({ kind: 'stale', revision: 1 });
      expect(await rig.store.readArchiveHeads(CITY)).toEqual({ kind: 'hit', value: [] });
      expect(await rig.store.readArchive(CITY, 1)).toEqual({ kind: 'miss' });
      expect(await rig.store.readPendingArchive(CITY)).toEqual({ kind: 'hit', value: first.pending });
    });

    test('an edition without archives leaves those that are sealed', async () => {
      const writes = archiveWrites('city', 1, [1]);
      await rig.store.commitEdition(CITY, 0, editionRecord('city', 1), writes);
      await rig.store.commitEdition(CITY, 1, editionRecord('city', 2));
      expect(await rig.store.readArchiveHeads(CITY)).toEqual({
        kind: 'hit',
        value: [writes.sealed[0]?.head],
      });
      expect((await rig.store.readPendingArchive(CITY)).kind).toBe('hit');
    });

    test('one head that cannot be read makes all unreadable: its items would be archived twice', async () => {
      await rig.store.commitEdition(CITY, 0, editionRecord('city', 1), archiveWrites('city', 1, [1, 2]));
      await rig.adapter.set('archive-head:city:2', '{"value":{"vers');
      expect((await rig.store.readArchiveHeads(CITY)).kind).toBe('unreadable');
      expect((await rig.store.readArchive(CITY, 2)).kind).toBe('hit');
    });

    test.each([
      ['the archive of another feed', 'archive:city:1', { ...sealed('harbour', 1).content }],
      ['a document of a path that leads out', 'archive:city:1', withPath('../../etc/passwd')],
      ['an item without its note', 'archive:city:1', withItem({ note: undefined })],
    ])('%s is unreadable', async (_, key, record) => {
      await openKeyv(rig.adapter).set(key, record);
      expect((await rig.store.readArchive(CITY, 1)).kind).toBe('unreadable');
    });

    test('who took an item out is read back, and nobody else may have', async () => {
      const out = { ...outOf(1), takenOutBy: 'operator' as const, reason: 'é' };
      const head = { ...sealed('city', 1).head, out: [out] };
      await openKeyv(rig.adapter).set('archive-head:city:1', head);
      expect(await rig.store.readArchiveHeads(CITY)).toEqual({ kind: 'hit', value: [head] });
      await openKeyv(rig.adapter).set('archive-head:city:1', {
        ...head,
        out: [{ ...out, takenOutBy: 'reader' }],
      });
      expect((await rig.store.readArchiveHeads(CITY)).kind).toBe('unreadable');
    });
  });
}

export function archiveWrites(feed: string, revision: number, numbers: readonly number[]): ArchiveWrites {
  return {
    sealed: numbers.map((number) => sealed(feed, number)),
    pending: { version: RECORD_VERSION, feedId: feedId(feed), revision, items: [archivedItem(99)] },
  };
}

function sealed(feed: string, number: number): SealedArchive {
  const id = feedId(feed);
  return {
    head: {
      version: RECORD_VERSION,
      feedId: id,
      number,
      name: `2026-0${number}`,
      revision: 1,
      sealedAt: NOON,
      items: 1,
      from: NOON,
      to: NOON,
      keys: ['k'],
      sourceIds: [],
      out: [],
      rights: 'r',
    },
    content: {
      version: RECORD_VERSION,
      feedId: id,
      number,
      revision: 1,
      feed: {
        feedId: id,
        title: 'City',
        publicUrl: 'https://feeds.example/',
        updatedAt: NOON,
        generator: 'Tributary',
      } as SealedArchive['content']['feed'],
      items: [archivedItem(number)],
      documents: [
        {
          path: `feeds/${feed}/archive/2026-0${number}.rss`,
          mediaType: 'application/rss+xml',
          changedAt: NOON,
          gzip: 'H4sI',
          etag: '"a"',
          gzipEtag: '"b"',
        },
      ],
    },
  };
}

function archivedItem(index: number): ArchivedItem {
  const item = {
    id: publishedId(index),
    title: `Ferry ${index}`,
    publishedAt: NOON,
    updatedAt: NOON,
    categories: [],
    enclosures: [],
    links: [],
    attribution: {
      sourceId: 'harbour',
      sourceName: 'Harbour',
      source: { id: 'x', title: 'Harbour' },
      authors: [],
    },
    note: { position: 'after', html: '<p>é</p>', text: 'é' },
  };
  return { item: item as unknown as ArchivedItem['item'], hashes: [itemHash(index)] };
}

function outOf(index: number) {
  return {
    id: publishedId(index),
    hashes: [itemHash(index)],
    when: NOON,
    learntAt: NOON,
    publishedAt: NOON,
    sourceTitle: 'Harbour',
    sourceUrl: 'https://harbour.example/',
  };
}

function withPath(path: string) {
  const { content } = sealed('city', 1);
  return { ...content, documents: content.documents.map((document) => ({ ...document, path })) };
}

function withItem(said: object) {
  const { content } = sealed('city', 1);
  return { ...content, items: content.items.map((one) => ({ ...one, item: { ...one.item, ...said } })) };
}
