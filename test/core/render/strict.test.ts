// Our documents against the specifications, by checkers that know nothing of our writers.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MergedFeedDocument } from '../../../src/core/render/merged-feed-document.ts';
import type { Edition } from '../../../src/model/edition.ts';
import { atomProblems } from '../../oracles/strict-atom.ts';
import { jsonFeedProblems } from '../../oracles/strict-json-feed.ts';
import { rssProblems } from '../../oracles/strict-rss.ts';
import { hostileEdition } from './hostile-edition.ts';
import { BARE, EDITION, editionOf, FULL, HOSTILE, RECEIVED } from './sample-editions.ts';

function problemsOf(edition: Edition): readonly string[] {
  const document = new MergedFeedDocument(edition);
  return [
    ...rssProblems(document.rss2()).map((problem) => `rss ${problem}`),
    ...atomProblems(document.atom1()).map((problem) => `atom ${problem}`),
    ...jsonFeedProblems(document.json1()).map((problem) => `json ${problem}`),
  ];
}

const golden = (name: string) =>
  readFileSync(new URL(`../../fixtures/render/${name}`, import.meta.url), 'utf8');

describe('our documents', () => {
  it('have no error: the golden ones', () => {
    expect(rssProblems(golden('city.rss'))).toEqual([]);
    expect(atomProblems(golden('city.atom'))).toEqual([]);
    expect(jsonFeedProblems(golden('city.json'))).toEqual([]);
  });

  it.each([
    ['without items', editionOf()],
    ['with all that items can say', editionOf(FULL, RECEIVED, BARE, HOSTILE)],
    [
      'with nothing said of the feed',
      { ...EDITION, description: undefined, language: undefined, imageUrl: undefined, author: undefined },
    ],
  ])('have no error: %s', (_, edition) => {
    expect(problemsOf(edition)).toEqual([]);
  });

  it('have no error: with hostile text in every field', () => {
    fc.assert(
      fc.property(hostileEdition, (edition) => {
        expect(problemsOf(edition)).toEqual([]);
      }),
      { numRuns: 500, seed: 20261124 },
    );
  });
});

describe('the checkers', () => {
  const document = new MergedFeedDocument(editionOf(FULL, BARE));

  it.each([
    ['rss', rssProblems, document.rss2(), /<pubDate>.*?<\/pubDate>/, '<pubDate>19 Nov 26</pubDate>'],
    ['rss', rssProblems, document.rss2(), /<guid /, '<guid>x</guid><guid '],
    ['atom', atomProblems, document.atom1(), /<updated>.*?<\/updated>\n {2}<link/, '<link'],
    ['atom', atomProblems, document.atom1(), /<source>\n *<id>.*?<\/id>/, '<source>'],
    [
      'atom',
      atomProblems,
      document.atom1(),
      /<link rel="alternate"/,
      '<link href="https://a.example/" type="text/html"/>$&',
    ],
    ['json', jsonFeedProblems, document.json1(), /"mime_type": "[^"]*"/, '"mime_type": "x"'],
    ['json', jsonFeedProblems, document.json1(), /"date_published": "/, '$&x'],
  ])('find what is wrong: %s', (_, problems, text, from, to) => {
    expect(problems(text)).toEqual([]);
    expect(text).toMatch(from);
    expect(problems(text.replace(from, to))).not.toEqual([]);
  });
});
