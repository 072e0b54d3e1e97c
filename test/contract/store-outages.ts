// A store on a server that goes away, keeps silent, breaks off or is slow: every call answers `unavailable` within its limit,
// never a miss, and works again by itself. Part of the contract of stores on servers.
import { describe, expect, test } from 'vitest';
import type { StoreAdapter } from '../../src/edge/store/adapter.ts';
import { KeyvStore } from '../../src/edge/store/keyv-store.ts';
import type { PollWrites, Store } from '../../src/edge/store/store.ts';
import { type ProxyMode, startTcpProxy, type TcpProxy } from '../rig/tcp-proxy.ts';
import {
  editionRecord,
  feedId,
  itemHash,
  itemRecord,
  pollRecord,
  retractionRecord,
  retractionStamp,
  sourceId,
  sourceRecord,
} from './store-records.ts';
import type { StorePlace } from './store-rig.ts';
import { serverOf, through } from './store-servers.ts';

/** As the service has it. */
const LIMIT_MS = 2_000;
/** About what a commit of these tests takes on the wire. */
const COMMIT_BYTES = 1_800;
const CUTS = 100;
const ID = sourceId('a');

export interface ServerKind {
  readonly name: string;
  create(): Promise<StorePlace & { readonly url: string }>;
  /** A handle by way of another address; calls of the connection end within `limitMs`. */
  open(url: string, limitMs: number): StoreAdapter;
}

interface Rig extends AsyncDisposable {
  readonly proxy: TcpProxy;
  readonly store: Store;
}

/** A store with one poll in it, behind a proxy of its own. */
async function startRig(kind: ServerKind): Promise<Rig> {
  const place = await kind.create();
  const proxy = await startTcpProxy({ targetPort: serverOf(place.url).port, latencyMs: 2 * LIMIT_MS });
  const store = new KeyvStore(kind.open(through(place.url, proxy.port), LIMIT_MS * 0.75), LIMIT_MS);
  expect(await store.commitPoll(ID, 0, pollWrites(1))).toEqual({ kind: 'committed' });
  return {
    proxy,
    store,
    async [Symbol.asyncDispose]() {
      await store.close();
      await proxy[Symbol.asyncDispose]();
      await place.remove();
    },
  };
}

export function describeOutages(kind: ServerKind): void {
  describe.concurrent(`outages: ${kind.name}`, { timeout: 60_000 }, () => {
    describeModes(kind);
    describeBreaks(kind);
  });
}

/** As the process meets it: on a connection that stands, or on one that it must open first. */
function describeModes(kind: ServerKind): void {
  const modes: ProxyMode[] = ['refuse', 'black-hole', 'reset-mid-reply', 'slow', 'mute', 'deaf'];
  const connections = [
    ['that stands', false],
    ['that is new', true],
  ] as const;
  const cases = modes.flatMap((mode) => connections.map((each) => [mode, ...each] as const));
  test.each(cases)(
    '%s, on a connection %s: unavailable, and right again by itself',
    async (mode, _, isNew) => {
      await using rig = await startRig(kind);
      if (isNew) rig.proxy.hangUp();
      rig.proxy.mode = mode;
      // One by one where the answers of some would stand in the first half of all that is sent back.
      const answers =
        mode === 'reset-mid-reply' ? await oneByOne(CALLS, rig.store) : await atOnce(CALLS, rig.store);
      expect(answers.map(({ kind }) => kind)).toEqual(CALLS.map(() => 'unavailable'));
      const written = await rig.store.commitPoll(ID, 1, pollWrites(2));
      for (const answer of [...answers, written])
        expect(answer).toMatchObject({ kind: 'unavailable', error: { code: 'store-unavailable' } });

      rig.proxy.mode = 'ok';
      const revision = await whole(rig.store);
      expect([1, 2]).toContain(revision);
      expect(await rig.store.commitPoll(ID, revision, pollWrites(revision + 1))).toEqual({
        kind: 'committed',
      });
    },
  );

  test('many calls of one outage share the attempt to connect', async () => {
    await using rig = await startRig(kind);
    rig.proxy.mode = 'black-hole';
    expect((await rig.store.readSource(ID)).kind).toBe('unavailable');
    const before = rig.proxy.accepted;
    await Promise.all(Array.from({ length: 100 }, () => rig.store.readSource(ID)));
    expect(rig.proxy.accepted - before).toBe(1);
  });

  test('calls that follow a failure to connect do not wait for the same again', async () => {
    await using rig = await startRig(kind);
    rig.proxy.hangUp();
    rig.proxy.mode = 'refuse';
    await oneByOne(CALLS, rig.store);
    const before = rig.proxy.accepted;
    await atOnce(CALLS, rig.store);
    expect(rig.proxy.accepted - before).toBeLessThanOrEqual(1);
  });
}

function describeBreaks(kind: ServerKind): void {
  test('E4: cut anywhere in a commit, a poll is there whole or not at all, and the next one mends it', async () => {
    await using rig = await startRig(kind);
    let revision = 1;
    let cuts = 0;
    for (let bytes = 1; bytes <= COMMIT_BYTES; bytes += COMMIT_BYTES / CUTS) {
      rig.proxy.cutAfter(Math.floor(bytes));
      const result = await rig.store.commitPoll(ID, revision, pollWrites(revision + 1));
      rig.proxy.cutAfter(Number.POSITIVE_INFINITY);
      const stands = await whole(rig.store);
      if (result.kind === 'committed') expect(stands).toBe(revision + 1);
      else cuts += 1;
      expect(['committed', 'unavailable']).toContain(result.kind);
      expect([revision, revision + 1]).toContain(stands);
      revision = stands;
    }
    expect(cuts).toBeGreaterThan(CUTS / 2);
    expect(await rig.store.commitPoll(ID, revision, pollWrites(revision + 1))).toEqual({ kind: 'committed' });
  });

  test('E4: a commit whose answer is lost was carried out, and shows when the store is asked', async () => {
    await using rig = await startRig(kind);
    rig.proxy.mode = 'mute';
    expect((await rig.store.commitPoll(ID, 1, pollWrites(2))).kind).toBe('unavailable');
    rig.proxy.mode = 'ok';
    expect(await whole(rig.store)).toBe(2);
    expect(await rig.store.commitPoll(ID, 1, pollWrites(2))).toEqual({ kind: 'stale', revision: 2 });
  });

  test('a connection that the server ended is replaced', async () => {
    await using rig = await startRig(kind);
    for (let turn = 0; turn < 5; turn += 1) {
      rig.proxy.hangUp();
      expect(await whole(rig.store)).toBe(1);
    }
  });

  test('closed in the middle of calls, every one of them is answered', async () => {
    await using rig = await startRig(kind);
    rig.proxy.mode = 'black-hole';
    const answers = atOnce(CALLS, rig.store);
    await rig.store.close();
    expect((await answers).map(({ kind }) => kind)).toEqual(CALLS.map(() => 'unavailable'));
  });
}

/** Item 0 stays, item `revision` comes, and the one before goes. */
function pollWrites(revision: number): PollWrites {
  const text = `as of ${revision}`;
  return {
    source: { ...sourceRecord('a', revision), address: `https://harbour.example/${revision}` },
    items: [itemRecord(0, { title: text }), itemRecord(revision, { title: text })],
    removed: revision === 1 ? [] : [itemHash(revision - 1)],
    poll: pollRecord(revision),
  };
}

/** The revision that stands, once the store answers again; fails where only a part of its poll is there. */
async function whole(store: Store): Promise<number> {
  const source = await patiently(() => store.readSource(ID));
  if (source.kind !== 'hit') throw new Error(`the source is a ${source.kind}`);
  const { revision } = source.value;
  const wanted = pollWrites(revision);
  expect(source.value).toEqual(wanted.source);
  const hashes = [0, revision - 1, revision, revision + 1].map(itemHash);
  const items = await patiently(() => store.readItems(hashes));
  expect(items).toEqual({
    kind: 'hit',
    value: new Map(wanted.items.map((item) => [item.hash, item])),
  });
  expect((await store.readPolls([ID])).get(ID)).toEqual({ kind: 'hit', value: wanted.poll });
  return revision;
}

/** Until the store answers; what came before must have been `unavailable`. */
async function patiently<T extends { kind: string }>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < 50; tries += 1) {
    const answer = await ask();
    if (answer.kind !== 'unavailable') return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the store does not answer again');
}

type Call = (store: Store) => Promise<{ kind: string } | undefined>;

/** One of each kind of call; what they write is nobody's. */
const CALLS: readonly Call[] = [
  (store) => store.readSource(ID),
  async (store) => (await store.readSources([ID])).get(ID),
  async (store) => (await store.readPolls([ID])).get(ID),
  (store) => store.readItems([itemHash(0)]),
  (store) => store.listSourceIds(),
  (store) => store.readEdition(feedId('f')),
  (store) => store.readRetractions(),
  (store) => store.readRetractionStamp(),
  (store) => store.readSubscriptions(),
  async (store) => (await store.readHubs(['https://hub.example/'])).get('https://hub.example/'),
  (store) => store.writePolls(new Map([[sourceId('other'), pollRecord(1)]])),
  (store) => store.commitEdition(feedId('other'), 0, editionRecord('other', 1)),
  (store) => store.commitRetractions(0, retractionStamp(1), [retractionRecord(1)]),
  (store) => store.forgetSource(sourceId('other'), 0, []),
  (store) => store.listFeedIds(),
];

async function oneByOne(calls: readonly Call[], store: Store): Promise<readonly { kind: string }[]> {
  const answers: { kind: string }[] = [];
  for (const call of calls) answers.push((await call(store)) ?? { kind: 'none' });
  return answers;
}

function atOnce(calls: readonly Call[], store: Store): Promise<readonly { kind: string }[]> {
  return Promise.all(calls.map(async (call) => (await call(store)) ?? { kind: 'none' }));
}
