import { describe, expect, it } from 'vitest';
import { expandFeeds } from '../../../src/edge/config/expand-feeds.ts';
import { parseConfig } from '../../../src/edge/config/load-config.ts';
import { distinctSlug } from '../../../src/edge/config/slug.ts';
import type { FeedEntry } from '../../../src/model/config.ts';
import { buildSource } from '../../core/build-item.ts';

const entries = (feeds: string): readonly FeedEntry[] =>
  parseConfig(`sources: [{ url: a.xml }]\nfeeds:\n${feeds}`, {
    file: 'tributary.yaml',
    env: {},
    cwd: '/srv',
  }).feedEntries ?? [];
const TEMPLATES = entries(
  '  - { id: all, title: All }\n  - { forEach: category }\n  - { forEach: source, id: "s-{id}" }',
);

describe('templates, when sources come and go', () => {
  it('make feeds in the order of the file, and take them away with the last source of a category', () => {
    const harbour = buildSource('harbour', { categories: ['News', 'Sea'] });
    const council = buildSource('council', { categories: ['news'] });
    const idsOf = (...sources: Parameters<typeof expandFeeds>[1]) =>
      expandFeeds(TEMPLATES, sources).feeds.map(({ id }) => id);
    expect(idsOf(harbour, council)).toEqual(['all', 'by-news', 'by-sea', 's-harbour', 's-council']);
    expect(idsOf(council)).toEqual(['all', 'by-news', 's-council']);
    expect(idsOf({ ...harbour, enabled: false }, council)).toEqual(['all', 'by-news', 's-council']);
    expect(idsOf()).toEqual(['all']);
  });

  it('leave out and report what would take another’s id; the rest stands', () => {
    const sources = [buildSource('x', { categories: ['A B', 'A-B', 'C'] })];
    const { feeds, refused } = expandFeeds(TEMPLATES, sources);
    expect(feeds.map(({ id, title }) => [id, title])).toEqual([
      ['all', 'All'],
      ['by-a-b', 'A B'],
      ['by-c', 'C'],
      ['s-x', 'x.example'],
    ]);
    expect(refused).toEqual([{ place: 1, message: expect.stringContaining('"by-a-b" for "A-B"') }]);
  });

  it('do not read placeholders in names', () => {
    const sources = [buildSource('x', { name: '{id} & $1' })];
    expect(expandFeeds(TEMPLATES, sources).feeds.at(-1)?.title).toBe('{id} & $1');
  });
});

describe('the part of an address that a category gives', () => {
  it.each([
    ['News', 'news'],
    ['Öffentlicher Verkehr', 'offentlicher-verkehr'],
    ['Straße & Łódź', 'strasse-lodz'],
    ['Arts, Culture', 'arts-culture'],
  ])('%s: %s', (name, slug) => {
    expect(distinctSlug(name)).toBe(slug);
  });

  it('ends in a digest where something is lost, so that names stay apart', () => {
    const names = [
      'C',
      'C++',
      'C#',
      'Новости',
      'Политика',
      'Политика 2026',
      '2026',
      'x'.repeat(60),
      '😀',
      '音楽',
    ];
    const slugs = names.map(distinctSlug);
    expect(new Set(slugs).size).toBe(names.length);
    for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$/);
    expect(distinctSlug('НОВОСТИ')).toBe(distinctSlug('новости'));
  });
});
