// Feeds that other people publish, merged into one of ours (limit 500): no format breaks its specification, no item is lost. The
// feeds lie outside of this repository, where $TRIBUTARY_CORPUS says; without it, beside it or nowhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSource } from '../core/build-item.ts';
import { feedparserIsMissing, readWithFeedparser } from '../oracles/feedparser.ts';
import { readWithFeedsmith, readWithRssParser } from '../oracles/readers.ts';
import { atomProblems } from '../oracles/strict-atom.ts';
import { jsonFeedProblems } from '../oracles/strict-json-feed.ts';
import { rssProblems } from '../oracles/strict-rss.ts';
import { lintAtom, lintXml, xmllintIsMissing } from '../oracles/xmllint.ts';
import { type Documents, publishOnce } from './publish-once.ts';
import { buildConfig, fetched, pipelineRig } from './rig.ts';

const given = process.env['TRIBUTARY_CORPUS'];
const FOLDER = given ?? path.resolve(import.meta.dirname, '../../../shared/corpus');

/** Those that can be read, under addresses of their own. */
async function readableSources() {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(?:xml|rss|atom|json|rdf)$/.test(name),
  );
  const all = files.toSorted().map((name, place) => {
    const source = buildSource(`c${place}`);
    return { source, text: readFileSync(path.join(FOLDER, name)) };
  });
  await using rig = await pipelineRig(buildConfig(all.map(({ source }) => source)));
  const readable: typeof all = [];
  for (const one of all) {
    rig.answer(one.source.feedUrl, fetched(one.text, { url: one.source.feedUrl }));
    if ((await rig.poll(one.source)).outcome === 'updated') readable.push(one);
  }
  return readable;
}

describe.skipIf(given === undefined && !existsSync(FOLDER))('the corpus as one feed', () => {
  let documents: Documents;
  let ids: readonly string[];

  beforeAll(async () => {
    const sources = await readableSources();
    expect(sources.length).toBeGreaterThan(100);
    documents = await publishOnce(sources, { limit: 500, maxAgeMs: undefined, duplicates: ['id', 'url'] });
    ids = JSON.parse(documents.json).items.map((item: { id: string }) => item.id);
    expect(ids.length).toBeGreaterThan(300);
  }, 120_000);

  it('keeps RSS 2.0, RFC 4287 and JSON Feed 1.1', () => {
    expect(rssProblems(documents.rss)).toEqual([]);
    expect(atomProblems(documents.atom)).toEqual([]);
    expect(jsonFeedProblems(documents.json)).toEqual([]);
  });

  it.skipIf(xmllintIsMissing)("is well-formed for libxml2 and has no error in RFC 4287's RELAX NG", () => {
    for (const text of [documents.rss, documents.atom]) expect(lintXml(text)).toBe('');
    expect(lintAtom(documents.atom)).toBe('');
  });

  it('is the same items for rss-parser and feedsmith', async () => {
    for (const text of [documents.rss, documents.atom]) {
      expect((await readWithRssParser(text)).map((item) => item.id)).toEqual(ids);
      expect(readWithFeedsmith(text).map((item) => item.id)).toEqual(ids);
    }
  });

  it.skipIf(feedparserIsMissing)("is the same items for Python's feedparser", () => {
    for (const { problem, entries } of readWithFeedparser([documents.rss, documents.atom])) {
      expect(problem).toBeNull();
      expect(entries.map((entry) => entry.id)).toEqual(ids);
    }
  });
});
