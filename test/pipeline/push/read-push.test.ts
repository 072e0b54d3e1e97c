// What a push may change of what is known, and what it may not.
import { describe, expect, it } from 'vitest';
import type { Source } from '../../../src/model/config.ts';
import type { SourceRecord } from '../../../src/model/source-record.ts';
import { readPush } from '../../../src/pipeline/push/read-push.ts';
import { createUntrustedWork } from '../../../src/pipeline/untrusted-work.ts';
import { buildSource } from '../../core/build-item.ts';
import { rss } from '../../e2e/origin.ts';
import { faultyStore } from '../faulty-store.ts';
import { buildConfig, fetched, type PipelineRig, pipelineRig } from '../rig.ts';

const URL = 'https://a.example/feed';
const HUB = '<https://hub.example/>; rel="hub", <https://a.example/topic>; rel="self"';
const source = buildSource('a', { feedUrl: URL, address: URL, itemsMax: 3 });

const document = (title: string, names: readonly string[], body = 'text') =>
  rss(
    title,
    names.map((name) => ({ guid: `urn:${name}`, title: name, link: `/${name}`, body })),
  );

function push(rig: PipelineRig, text: string, of: Source = source) {
  const work = createUntrustedWork({ nowMs: () => rig.nowMs, inner: () => 'refused' });
  const config = buildConfig([of]);
  return readPush(
    of,
    { body: Buffer.from(text), contentType: 'application/rss+xml' },
    {
      store: rig.store,
      known: rig.known,
      fetcher: { fetch: () => Promise.reject(new Error('nothing is fetched for a push')) },
      network: config.network,
      work,
      now: () => rig.nowMs,
      moves: { isOurs: () => false, isTaken: () => false },
      signal: new AbortController().signal,
    },
  );
}

function recordOf(rig: PipelineRig): SourceRecord {
  const state = rig.known.of(source.id);
  if (state.kind !== 'known') throw new Error('the source is not known');
  return state.record;
}

async function polled(names: readonly string[]): Promise<PipelineRig> {
  const rig = await pipelineRig(buildConfig([source]));
  rig.answer(URL, fetched(document('Polled', names), { etag: '"1"', headers: { link: HUB } }));
  await rig.poll(source);
  rig.nowMs += 60_000;
  return rig;
}

const titles = ({ items }: SourceRecord) => items.map(({ key }) => key);

describe('a push', () => {
  it('adds and changes items, and leaves validators, description and addresses as they were polled', async () => {
    await using rig = await polled(['one', 'two']);
    const before = recordOf(rig);
    const report = await push(rig, document('Pushed', ['three', 'two'], 'edited'));
    expect(report).toMatchObject({ outcome: 'updated', items: 2, new: 1, changed: 1 });
    const after = recordOf(rig);
    expect(after).toMatchObject({
      revision: before.revision + 1,
      contentRevision: before.revision + 1,
      validators: { etag: '"1"' },
      feed: before.feed,
      push: before.push,
      itemsMax: 3,
      unconditionalAt: before.unconditionalAt,
    });
    expect(after.feed?.title).toBe('Polled');
    expect(titles(after)).toHaveLength(3);
  });

  it('has what the next poll is given in full read, though it is what was read before', async () => {
    await using rig = await polled(['one']);
    await push(rig, document('Polled', ['one'], 'edited'));
    expect(recordOf(rig).items[0]?.revision).toBe(2);
    expect((await rig.poll(source)).changed).toBe(1);
  });

  it('forgets no item, though there are more than are kept; the next poll keeps the newest', async () => {
    await using rig = await polled(['one', 'two', 'three']);
    const report = await push(rig, document('Polled', ['four', 'five']));
    expect(report.new).toBe(2);
    expect(titles(recordOf(rig))).toHaveLength(5);
    rig.answer(URL, fetched(document('Polled', ['five', 'four', 'three']), { headers: { link: HUB } }));
    expect(await rig.poll(source)).toMatchObject({ new: 0, outcome: 'updated' });
    expect(titles(recordOf(rig))).toHaveLength(3);
  });

  it('is bounded all the same', async () => {
    await using rig = await polled(['one']);
    for (let each = 0; each < 5; each += 1)
      await push(
        rig,
        document(
          'Polled',
          Array.from({ length: 5 }, (_, place) => `${each}-${place}`),
        ),
      );
    expect(titles(recordOf(rig)).length).toBeLessThanOrEqual(6);
  });

  it('that says what is known writes nothing', async () => {
    await using rig = await polled(['one', 'two']);
    const before = recordOf(rig);
    expect(await push(rig, document('Another title', ['two']))).toMatchObject({
      outcome: 'unchanged',
      items: 1,
    });
    expect(recordOf(rig)).toBe(before);
  });

  it('reads relative addresses as the poll did', async () => {
    await using rig = await polled(['one']);
    expect(await push(rig, document('Polled', ['one']))).toMatchObject({ outcome: 'unchanged', changed: 0 });
  });

  it('is left to a poll where no poll of this address was read, or it is no feed', async () => {
    await using rig = await polled(['one']);
    const moved = { ...source, feedUrl: 'https://b.example/', address: 'https://b.example/' };
    expect(await push(rig, document('Polled', ['two']), moved)).toMatchObject({
      outcome: 'left',
      reason: 'not-polled',
    });
    expect(await push(rig, document('Polled', ['two']), buildSource('other'))).toMatchObject({
      outcome: 'left',
    });
    expect(await push(rig, '<html><body>Sorry')).toMatchObject({ outcome: 'left', reason: 'not-a-feed' });
    expect(titles(recordOf(rig))).toHaveLength(1);
  });

  it('is left to a poll where the store does not take it, and comes then', async () => {
    const faulty = faultyStore();
    const config = buildConfig([source]);
    await using rig = await pipelineRig(config);
    await rig.restart(config, faulty.store);
    rig.answer(URL, fetched(document('Polled', ['one']), { headers: { link: HUB } }));
    await rig.poll(source);
    faulty.down.add('commitPoll');
    expect(await push(rig, document('Polled', ['two']))).toMatchObject({
      outcome: 'left',
      reason: 'store-unavailable',
    });
    faulty.down.clear();
    rig.answer(URL, fetched(document('Polled', ['two', 'one']), { headers: { link: HUB } }));
    expect(await rig.poll(source)).toMatchObject({ outcome: 'updated', new: 1 });
  });
});
