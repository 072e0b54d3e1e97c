// A stop does not wait for a merge: what is under way ends at its next pause, and is due again at the next start.
import { expect, it } from 'vitest';
import type { Store } from '../../src/edge/store/store.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import { buildSource } from '../core/build-item.ts';
import { rss } from '../e2e/origin.ts';
import { buildConfig, fetched, itemsOf, pipelineRig } from './rig.ts';

it('ends a merge at its next pause, publishes nothing of it, tells no failure, and the next start does it all', async () => {
  const sources = ['a', 'b', 'c'].map((id) => buildSource(id));
  const config = buildConfig(sources);
  await using rig = await pipelineRig(config);
  await rig.restart(config);
  for (const { id, feedUrl } of sources) {
    const posts = Array.from({ length: 400 }, (_, n) => ({
      guid: `tag:${id}.example,2026:${n}`,
      title: `${id} ${n}`,
    }));
    rig.answer(feedUrl, fetched(rss(id, posts)));
    await rig.poll(sources.find((source) => source.id === id) ?? buildSource(id));
  }
  const calls: string[] = [];
  let publisher: Publisher | undefined;
  const { store } = rig;
  const watched = new Proxy(store, {
    get(target, name: keyof Store) {
      const call = (target[name] as (...said: unknown[]) => unknown).bind(target);
      return (...said: unknown[]) => {
        calls.push(name);
        // The feed's merge comes next.
        if (name === 'readEdition') publisher?.stop();
        return call(...said);
      };
    },
  });
  publisher = await rig.restart(config, watched);
  calls.length = 0;
  await publisher.publishDue();
  expect(calls).toContain('readEdition');
  expect(calls).not.toContain('readItems');
  expect(calls).not.toContain('commitEdition');
  expect(rig.reports).toEqual([]);
  expect([...publisher.site().keys()]).toEqual([]);
  await publisher.publishDue();
  expect(calls.filter((name) => name === 'readEdition')).toHaveLength(1);
  publisher = undefined;
  expect(itemsOf(await publishedBy(await rig.restart(config, store)))).toHaveLength(100);
});

async function publishedBy(publisher: Publisher): Promise<Publisher> {
  await publisher.publishDue();
  return publisher;
}
