// Filters through the pipeline: from configuration text to what stands in a published document.
import { describe, expect, it } from 'vitest';
import type { FilterRule, RuleTest } from '../../src/model/config.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import { rss } from '../e2e/origin.ts';
import { buildConfig, buildFeed, fetched, type PipelineRig, pipelineRig, sourceA, sourceB } from './rig.ts';

const HOUR_MS = 3_600_000;
const rule = (test: RuleTest): FilterRule => ({ ...test, line: 1 });
const titles = (rig: PipelineRig, publisher: Publisher) => rig.json(publisher).map((item) => item.title);

describe('a rule about age', () => {
  it('acts as time passes, though nothing is polled', async () => {
    const exclude = [rule({ kind: 'age', than: 'older', ms: 5 * HOUR_MS })];
    const config = buildConfig([sourceA], [buildFeed({ filter: { include: [], exclude } })]);
    await using rig = await pipelineRig(config);
    const posts = [9, 8].map((hour) => ({
      guid: `${hour}`,
      title: `of ${hour}`,
      date: `Fri, 20 Nov 2026 0${hour}:00:00 GMT`,
    }));
    rig.answer(sourceA.feedUrl, fetched(rss('A', posts)));
    await rig.poll(sourceA);
    const publisher = await rig.restart(config);
    await publisher.publishDue();
    expect(titles(rig, publisher)).toEqual(['of 9', 'of 8']);
    rig.nowMs = Date.parse('2026-11-20T13:00:00.000Z');
    await publisher.publishDue();
    expect(titles(rig, publisher)).toEqual(['of 9', 'of 8']);
    rig.nowMs += 1;
    await publisher.publishDue();
    expect(titles(rig, publisher)).toEqual(['of 9']);
    rig.nowMs += 2 * HOUR_MS;
    await publisher.publishDue();
    expect(titles(rig, publisher)).toEqual([]);
  });
});

describe('a rule about language', () => {
  it('takes what the publisher says, and else tells by the text', async () => {
    const filter = { include: [rule({ kind: 'language', range: 'de' })], exclude: [] };
    const config = buildConfig([sourceA, sourceB], [buildFeed({ filter })]);
    await using rig = await pipelineRig(config);
    const posts = [
      { guid: '1', title: 'Der Hafenmeister sagt die Abendfähren wegen des Windes ab' },
      { guid: '2', title: 'The harbour master cancels the evening ferries because of the wind' },
    ];
    rig.answer(sourceA.feedUrl, fetched(rss('A', posts)));
    const inEnglish = rss('B', [{ guid: '3', title: 'Die Bücherei öffnet ab Mai auch sonntags' }]).replace(
      '<item>',
      '<language>en</language><item>',
    );
    rig.answer(sourceB.feedUrl, fetched(inEnglish));
    await rig.poll(sourceA);
    await rig.poll(sourceB);
    const publisher = await rig.restart(config);
    await publisher.publishDue();
    expect(titles(rig, publisher)).toEqual([posts[0]?.title]);
  });
});

describe('rules of a source and of the feed', () => {
  it('both count', async () => {
    const words = (text: string) => rule({ kind: 'words', field: undefined, text });
    const pattern = rule({ kind: 'pattern', field: 'title', pattern: '(?i)\\b(?:tram|bus)\\b', written: '' });
    const source = { ...sourceA, filter: { include: [pattern], exclude: [] } };
    const config = buildConfig([source], [buildFeed({ filter: { include: [], exclude: [words('jobs')] } })]);
    await using rig = await pipelineRig(config);
    const posts = ['Tram late', 'Business', 'BUS: jobs', 'The bus is here'];
    rig.answer(
      source.feedUrl,
      fetched(
        rss(
          'A',
          posts.map((title) => ({ guid: title, title })),
        ),
      ),
    );
    await rig.poll(source);
    const publisher = await rig.restart(config);
    await publisher.publishDue();
    expect(titles(rig, publisher)).toEqual(['Tram late', 'The bus is here']);
  });
});

describe('categoryMap', () => {
  it('acts at publishing, over what is known; rules find either name; what was given is kept', async () => {
    const post = (guid: string, ...names: string[]) =>
      `<item><guid>${guid}</guid><title>${guid}</title>${names.map((name) => `<category>${name}</category>`).join('')}</item>`;
    const document = rss('A', []).replace(
      '</channel>',
      `${post('1', 'Politik', 'Allgemein')}${post('2', 'Innenpolitik')}${post('3', 'Meer')}</channel>`,
    );
    const plain = buildConfig([sourceA]);
    await using rig = await pipelineRig(plain);
    rig.answer(sourceA.feedUrl, fetched(document));
    await rig.poll(sourceA);
    const tags = (publisher: Publisher) =>
      rig
        .json(publisher)
        .map((item) => [item.title, item['tags'] ?? [], item._tributary?.categories])
        .toSorted();
    const before = await rig.restart(plain);
    await before.publishDue();
    expect(tags(before)).toEqual([
      ['1', ['Politik', 'Allgemein'], undefined],
      ['2', ['Innenpolitik'], undefined],
      ['3', ['Meer'], undefined],
    ]);
    const categoryMap = [
      { from: 'politik', to: 'Politics' },
      { from: 'Innenpolitik', to: 'Politics' },
      { from: 'Allgemein', to: undefined },
    ];
    const category = (text: string) => rule({ kind: 'words', field: 'category', text });
    const filter = { include: [category('politics'), category('Allgemein')], exclude: [] };
    const mapped = await rig.restart(buildConfig([{ ...sourceA, categoryMap }], [buildFeed({ filter })]));
    await mapped.publishDue();
    expect(tags(mapped)).toEqual([
      ['1', ['Politics'], ['Politik', 'Allgemein']],
      ['2', ['Politics'], ['Innenpolitik']],
    ]);
    expect(rig.requests).toHaveLength(1);
  });
});
