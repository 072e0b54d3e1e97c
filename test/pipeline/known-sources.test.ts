// What a start reads of the store, counted: each source once, a part at a time, and nothing of a store that does not answer.
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/edge/store/store.ts';
import { createKnownSources } from '../../src/pipeline/known-sources.ts';
import { pollRecord, sourceRecord } from '../contract/store-records.ts';
import { buildSource } from '../core/build-item.ts';
import { faultyStore } from './faulty-store.ts';

const SOURCES = 950;
const AT_ONCE = 100;
const sources = Array.from({ length: SOURCES }, (_, n) => buildSource(`s${n}`));

/** Over a store that knows all of `stored`; counts what it is asked for. */
async function rig(stored = sources) {
  const faulty = faultyStore();
  for (const { id, address } of stored) {
    const source = { ...sourceRecord(id, 1, 3), address, firstAddress: address };
    await faulty.store.commitPoll(id, 0, { source, items: [], removed: [], poll: pollRecord(0) });
  }
  faulty.asked.length = 0;
  const read: { readonly call: keyof Store; readonly ids: readonly string[] }[] = [];
  const store = new Proxy(faulty.store, {
    get(target, name: keyof Store) {
      const call = (target[name] as (...said: unknown[]) => unknown).bind(target);
      return (...said: unknown[]) => {
        if (name === 'readSources' || name === 'readPolls')
          read.push({ call: name, ids: said[0] as string[] });
        return call(...said);
      };
    },
  });
  return { ...faulty, known: createKnownSources(store, sources), read };
}

describe('a start', () => {
  it('asks the store for nothing until it is told to, and knows nothing before', async () => {
    const { known, asked } = await rig();
    expect(asked).toEqual([]);
    expect(sources.every(({ id }) => known.of(id).kind === 'unknown')).toBe(true);
  });

  it('reads each source and how it was polled once, and no item; others have their turn every hundred sources', async () => {
    const { known, asked, read } = await rig();
    let turns = 0;
    let done = false;
    const others = () => {
      turns += 1;
      if (!done) setImmediate(others);
    };
    setImmediate(others);
    await known.reload(sources);
    done = true;
    const parts = Math.ceil(SOURCES / AT_ONCE);
    expect(asked.toSorted()).toEqual([
      ...Array(parts).fill('readPolls'),
      ...Array(parts).fill('readSources'),
    ]);
    for (const call of ['readSources', 'readPolls']) {
      const ids = read.filter((each) => each.call === call).map((each) => each.ids);
      expect(ids.flat()).toEqual(sources.map(({ id }) => id));
      expect(Math.max(...ids.map((each) => each.length))).toBe(AT_ONCE);
    }
    expect(turns).toBeGreaterThanOrEqual(parts - 1);
    expect(sources.every(({ id }) => known.of(id).kind === 'known' && known.pollOf(id) !== undefined)).toBe(
      true,
    );
  });

  it('lists what the store has once, however many sources are new', async () => {
    const { known, asked } = await rig([]);
    await known.reload(sources);
    expect(asked.filter((call) => call === 'listSourceIds')).toHaveLength(1);
    expect(sources.every(({ id }) => known.of(id).kind === 'new')).toBe(true);
  });

  it('does not wait for a silent store once for each part: the rest is unknown, and read when it is needed', async () => {
    const { known, asked, down } = await rig();
    down.add('readSources');
    await known.reload(sources);
    expect(asked.filter((call) => call === 'readSources')).toHaveLength(1);
    expect(sources.every(({ id }) => known.inStore(id).kind === 'unknown')).toBe(true);
    down.clear();
    await known.reload(sources.slice(500, 501));
    expect(known.inStore('s500' as never).kind).toBe('known');
  });

  it('ends between two parts where the service stops', async () => {
    const { known, read } = await rig();
    const stopping = new AbortController();
    const loading = known.reload(sources, stopping.signal);
    stopping.abort();
    await loading;
    expect(read.filter(({ call }) => call === 'readSources').length).toBeLessThanOrEqual(1);
    expect(known.inStore('s949' as never).kind).toBe('unknown');
  });
});

it('gives an address that another source began at to nobody else, whatever became of that one since', async () => {
  const { known } = await rig([]);
  await known.reload(sources);
  const [moved, other, third] = sources;
  if (moved === undefined || other === undefined || third === undefined) throw new Error('too few');
  known.remember({ ...sourceRecord(moved.id, 1), firstAddress: other.address, address: moved.address });
  expect(known.firstAddressOf(other)).toBe(`${other.address}#${other.id}`);
  expect(known.firstAddressOf(third)).toBe(third.address);
  await known.follow(sources.slice(1));
  expect(known.firstAddressOf(other)).toBe(other.address);
});
