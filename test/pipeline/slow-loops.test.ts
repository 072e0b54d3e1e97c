// D6: feeds that come back to whoever publishes them. Our own is refused; through another Tributary, and through a rewriter that
// takes every mark off, fifty rounds come to rest: no item multiplies, no credit is stacked.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Config, Source } from '../../src/model/config.ts';
import { createMoveWorld } from '../../src/pipeline/move-world.ts';
import { createOwnFeedCheck } from '../../src/pipeline/own-feed.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import { buildSource } from '../core/build-item.ts';
import { type Post, rss } from '../e2e/origin.ts';
import { publishOnce } from './publish-once.ts';
import { buildConfig, fetched, itemsOf, type PipelineRig, pipelineRig } from './rig.ts';

const ROUNDS = 50;
const FORMATS = ['rss', 'atom', 'json'] as const;
type Format = (typeof FORMATS)[number];
/** What comes out of the one and goes into the other. */
type Between = (document: string, format: Format, round: number) => string;

const straight: Between = (document) => document;

/** Takes off all that says where a document and its items were, and gives each item another id; `isFresh`: with every round. */
const rewriter =
  (isFresh: boolean): Between =>
  (document, format, round) => {
    const other = (id: string) =>
      `https://rewriter.example/${createHash('sha256')
        .update(`${id}${isFresh ? round : ''}`)
        .digest('hex')}`;
    return format === 'json' ? rewriteJson(document, other) : rewriteXml(document, other);
  };

function rewriteJson(document: string, other: (id: string) => string): string {
  const { _tributary: _ours, feed_url: _self, items, ...feed } = JSON.parse(document);
  return JSON.stringify({
    ...feed,
    items: items.map(({ _tributary: _credit, id, ...item }: { _tributary: unknown; id: string }) => ({
      ...item,
      id: other(id),
    })),
  });
}

function rewriteXml(document: string, other: (id: string) => string): string {
  return document
    .replace(/<generator[\s\S]*?<\/generator>/g, '')
    .replace(/<(tributary:\w+)(?:[^>]*\/>|[\s\S]*?<\/\1>)/g, '')
    .replace(/<(source)[ >][\s\S]*?<\/\1>/g, '')
    .replace(/<(?:atom:)?link[^>]*rel="(?:via|self|related)"[^>]*\/>/g, '')
    .replace(/<(item|entry)[ >][\s\S]*?<\/\1>/g, (item) =>
      item.replace(/(<(guid|id)\b[^>]*>)([^<]*)(<\/\2>)/, (_all, open, _name, id, close) => {
        return `${open.replace(/ isPermaLink="[^"]*"/, ' isPermaLink="false"')}${other(id)}${close}`;
      }),
    );
}

interface Instance {
  readonly rig: PipelineRig;
  readonly config: Config;
  readonly publisher: Publisher;
  readonly origin: Source;
  readonly peer: Source;
}

async function instance(host: string, peerHost: string, format: Format, itemsMax: number): Promise<Instance> {
  const origin = buildSource(`origin-${host}`, { itemsMax });
  const feedUrl = `https://${peerHost}.example/feeds/all.${format}`;
  const peer = buildSource(`peer-${peerHost}`, { feedUrl, address: feedUrl });
  const built = buildConfig([origin, peer]);
  const config = { ...built, server: { ...built.server, publicUrl: `https://${host}.example/` } };
  const rig = await pipelineRig(config);
  return { rig, config, publisher: await rig.restart(config), origin, peer };
}

const textOf = ({ publisher }: Instance, format: Format) =>
  Buffer.from(publisher.site().get(`feeds/all.${format}`)?.body ?? '').toString('utf8');

/** Asks its publisher and the other one, and publishes. */
async function turn(one: Instance, posts: readonly Post[], document: string): Promise<void> {
  const { rig, origin, peer, publisher } = one;
  rig.nowMs += 3_600_000;
  rig.answer(origin.feedUrl, fetched(rss(origin.id, posts), { url: origin.feedUrl }));
  await rig.poll(origin);
  if (document !== '') {
    rig.answer(
      peer.feedUrl,
      fetched(document, { url: peer.feedUrl, headers: { 'content-type': 'text/plain' } }),
    );
    const { outcome, message } = await rig.poll(peer, { ownFeed: createOwnFeedCheck(() => one.config) });
    if (outcome === 'failed') throw new Error(message);
  }
  await publisher.publishDue();
}

const post = (host: string, n: number): Post => ({
  guid: `https://origin-${host}.example/${n}`,
  title: `Story ${n} of ${host}`,
  link: `https://origin-${host}.example/${n}`,
  date: new Date(Date.parse('2026-11-20T10:00:00Z') + n * 1000).toUTCString(),
  body: `What ${host} has to tell of ${n}.`,
});

interface Round {
  readonly items: number;
  readonly titles: readonly string[];
  readonly ids: readonly string[];
  readonly bytes: number;
  readonly text: string;
}

/** Two that read each other. `posts`: of their publishers in a round. */
async function rounds(
  format: Format,
  between: Between,
  posts: (host: string, round: number) => readonly Post[],
  itemsMax = 500,
): Promise<readonly Round[]> {
  const [one, two] = [
    await instance('one', 'two', format, itemsMax),
    await instance('two', 'one', format, itemsMax),
  ];
  await using _one = one.rig;
  await using _two = two.rig;
  const lived: Round[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const ofTwo = round === 1 ? '' : between(textOf(two, format), format, round);
    await turn(one, posts('one', round), ofTwo);
    await turn(two, posts('two', round), between(textOf(one, format), format, round));
    const items = [...itemsOf(one.publisher), ...itemsOf(two.publisher)];
    const text = `${textOf(one, format)}${textOf(two, format)}`;
    lived.push({
      items: items.length,
      titles: items.map(({ title }) => title),
      ids: items.map(({ id }) => id),
      bytes: text.length,
      text,
    });
  }
  return lived;
}

const same = (host: string) => [3, 2, 1].map((n) => post(host, n));
/** Another story with every fifth round, of which the last three stand. */
const moving = (host: string, round: number) => {
  const newest = 3 + Math.floor(Math.min(round, ROUNDS - 5) / 5);
  return [newest, newest - 1, newest - 2].map((n) => post(host, n));
};

describe('D6: our own feed', () => {
  it.each(FORMATS)('is not read, whatever address it is found at: %s', async (format) => {
    const source = buildSource('a');
    const documents = await publishOnce([{ source, text: rss('A', same('a')) }]);
    const mirror = buildSource('mirror');
    const config = buildConfig([mirror]);
    await using rig = await pipelineRig(config);
    const poll = async (text: string, url = mirror.feedUrl, said = {}) => {
      rig.answer(mirror.feedUrl, fetched(text, { url }));
      const server = { ...config.server, ...said };
      const now = () => ({ ...config, server });
      const deps = { ownFeed: createOwnFeedCheck(now), moves: createMoveWorld(now) };
      const report = await rig.poll(mirror, deps);
      return [report.outcome, report.reason, report.message?.split(':', 1)[0]];
    };
    const bySelf = 'what stands there says by its self link that it is a feed of ours';
    expect(await poll(documents[format])).toEqual(['failed', 'own-feed', bySelf]);
    if (format === 'atom') {
      const withoutSelf = documents.atom.replace(/<link[^>]*rel="self"[^>]*\/>/, '');
      expect((await poll(withoutSelf))[2]).toBe('what stands there has the id of a feed of ours');
    }
    expect(await poll(rss('B', same('b')), 'http://feeds.example/feeds/all.rss')).toEqual([
      'failed',
      'own-feed',
      'it leads to a feed of ours',
    ]);
    expect(rig.known.of(mirror.id).kind).toBe('new');
    // Of anybody else, and where nobody said what our address is.
    expect((await poll(documents[format], undefined, { publicUrl: 'https://other.example/' }))[0]).toBe(
      'updated',
    );
    const guessed = { publicUrl: 'https://feeds.example/', publicUrlIsGuessed: true };
    expect((await poll(`${documents[format]}\n`, undefined, guessed))[0]).not.toBe('failed');
  });
});

describe.each([
  ['straight', straight],
  ['through a rewriter', rewriter(false)],
  ['through a rewriter with fresh ids each round', rewriter(true)],
] as const)('D6: two that read each other, %s', (_name, between) => {
  it.each(FORMATS)('come to rest: %s', async (format) => {
    const lived = await rounds(format, between, same);
    expect(lived.map(({ items }) => items).slice(1)).toEqual(Array(ROUNDS - 1).fill(12));
    expect(new Set(lived.at(-1)?.titles).size).toBe(6);
    for (const round of lived.slice(4)) expect(round.text).toBe(lived[3]?.text);
  });

  it('have each story once while new ones come', async () => {
    const lived = await rounds('rss', between, moving);
    const stories = 2 * (2 + ROUNDS / 5);
    expect(lived.at(-1)?.items).toBe(2 * stories);
    expect(new Set(lived.at(-1)?.titles).size).toBe(stories);
    for (const [place, { ids }] of lived.entries())
      expect(lived[place + 1]?.ids ?? ids).toEqual(expect.arrayContaining([...ids]));
  });

  it.each(FORMATS)('stack no credit on what its publisher has no more: %s', async (format) => {
    const lived = await rounds(format, between, moving, 3);
    const perItem = lived.map(({ bytes, items }) => bytes / items);
    expect(perItem.at(-1)).toBeLessThan(1.5 * (perItem[10] ?? 0));
    expect(new Set(lived.at(-1)?.titles).size).toBe(2 * (2 + ROUNDS / 5));
  });
});
