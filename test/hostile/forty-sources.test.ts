// Twenty hostile sources of forty, each in its own way, at once: the other twenty are polled and published as if they were alone.
import { describe, expect, it } from 'vitest';
import { until } from '../e2e/tributary.ts';
import { readXml } from '../oracles/readers.ts';
import { fortySources, HOSTILE } from '../rig/forty-sources.ts';

/** Those whose documents are read, within bounds. */
const READ = ['many-items', 'deep-html', 'huge-fields', 'billion-laughs'];

describe('twenty hostile sources of forty', () => {
  it('keep none of the other twenty from being polled once, on time, and published', async () => {
    expect(Object.keys(HOSTILE)).toHaveLength(20);
    await using it = await fortySources();
    const { sane, hostile } = it.names;
    const titles = async (feed: string) => {
      const text = await it.get(`/feeds/${feed}.json`);
      return text.startsWith('{')
        ? (JSON.parse(text).items as { title: string }[]).map(({ title }) => title)
        : [];
    };
    await until(async () => (await titles('all')).length === sane.length, 'the twenty sane items');
    const unanswered = ['drip-of-a-body', 'drip-of-headers', 'silence'];
    await it.polled(true);
    // On time: nobody waits for the deadline of those that never answer.
    const ended = it.ended();
    const lastSane = Math.max(...sane.map((name) => ended.indexOf(name)));
    expect(lastSane).toBeLessThan(Math.min(...unanswered.map((name) => ended.indexOf(name))));
    for (const name of sane) expect(it.polls(name), name).toMatchObject([{ outcome: 'updated', items: 1 }]);
    expect((await titles('all')).toSorted()).toEqual(sane.toSorted());
    for (const name of hostile) {
      const [poll, ...more] = it.polls(name);
      expect(more, name).toEqual([]);
      expect(poll?.outcome, `${name} ${poll?.reason}`).toBe(READ.includes(name) ? 'updated' : 'failed');
      if (unanswered.includes(name)) expect(poll?.reason).toBe('timeout');
    }
    // Each asked once for its document, unless it said itself that there is another.
    for (const name of sane)
      expect(it.evil.requests.filter(({ path }) => path === `/${name}`)).toHaveLength(1);
    expect(await it.get('/healthz')).toMatch(/ok/i);
    for (const path of [
      '/feeds/all.rss',
      '/feeds/all.atom',
      '/feeds/everything.rss',
      '/feeds/everything.atom',
    ])
      readXml(await it.get(path));
  });
});
