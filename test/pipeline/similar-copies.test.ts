// Which copies are compared where there are more than fit.
import { describe, expect, it } from 'vitest';
import { readPairs } from '../../bench/similar/read-pairs.ts';
import type { Copy } from '../../src/core/merge/order.ts';
import type { Item } from '../../src/model/item.ts';
import type { ItemRecord } from '../../src/model/source-record.ts';
import type { ItemReader } from '../../src/pipeline/prepare-items.ts';
import { createSimilarCopies } from '../../src/pipeline/similar-copies.ts';
import { at, buildEntry, buildItem, buildSource } from '../core/build-item.ts';

const pairs = readPairs(new URL('../fixtures/similar/tuning', import.meta.url).pathname).slice(0, 4);
const [A, B] = ['a', 'b'].map((id) => buildSource(id));

class World {
  readonly #items = new Map<string, Item>();
  readonly texts: string[] = [];
  readonly links = new Set<string>();

  readonly read: ItemReader = async (entries) => {
    this.texts.push(...entries.map(({ hash }) => hash));
    return new Map(
      entries.flatMap((entry) => {
        const item = this.#items.get(entry.hash);
        return item === undefined ? [] : [[entry.hash, { hash: entry.hash, item } as ItemRecord]];
      }),
    );
  };

  /** The `nth` pair as one of its sources tells it, on that day. */
  copy(nth: number, of: 'a' | 'b', day: number): Copy {
    const said = pairs[nth]?.[of];
    const hash = `${of}${nth}` as Copy['entry']['hash'];
    this.#items.set(hash, buildItem({ title: said?.title ?? '', content: { html: `<p>${said?.text}</p>` } }));
    const entry = buildEntry({ hash, publishedAt: at(`2026-11-${day}T10:00:00Z`) });
    return { source: (of === 'a' ? A : B) as Copy['source'], place: 0, firstAddress: '', entry };
  }

  link(a: string, b: string): void {
    this.links.add([a, b].toSorted().join(' '));
  }

  unlink(hash: string): void {
    for (const link of this.links) if (link.split(' ').includes(hash)) this.links.delete(link);
  }
}

describe('more copies than are compared', () => {
  it('leave out the oldest, in whatever order they come', async () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const world = new World();
      const similar = createSimilarCopies(world.read, undefined, 4);
      for (const nth of order) {
        similar.put(world.copy(nth, 'a', 10 + nth));
        similar.put(world.copy(nth, 'b', 10 + nth));
        await similar.settle(world);
      }
      expect([...world.links].toSorted()).toEqual(['a1 b1', 'a2 b2']);
    }
  });

  it('make room again when some leave, and read no text that is too old', async () => {
    const world = new World();
    const similar = createSimilarCopies(world.read, undefined, 3);
    for (const nth of [2, 1]) similar.put(world.copy(nth, 'a', 10 + nth));
    similar.put(world.copy(2, 'b', 12));
    await similar.settle(world);
    world.texts.length = 0;
    similar.put(world.copy(0, 'a', 10));
    await similar.settle(world);
    expect(world.texts).toEqual([]);
    similar.remove('b2' as Copy['entry']['hash']);
    similar.put(world.copy(1, 'b', 11));
    await similar.settle(world);
    expect(world.links).toContain('a1 b1');
  });
});
