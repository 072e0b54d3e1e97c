// Our documents against the specifications, by checkers that know nothing of our writers.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MergedFeedDocument } from '../../../src/core/render/merged-feed-document.ts';
import type { Edition } from '../../../src/model/edition.ts';
import { atomProblems } from '../../oracles/strict-atom.ts';
import { jsonFeedProblems } from '../../oracles/strict-json-feed.ts';
import { rssProblems } from '../../oracles/strict-rss.ts';
import { lintAtom, xmllintIsMissing } from '../../oracles/xmllint.ts';
import { hostileEdition, withSafeHtml } from './hostile-edition.ts';
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
        expect(problemsOf({ ...edition, items: edition.items.map(withSafeHtml) })).toEqual([]);
      }),
      { numRuns: 500, seed: 20261124 },
    );
  });
});

describe.skipIf(xmllintIsMissing)("RFC 4287's RELAX NG", () => {
  const atomOf = (edition: Edition) => new MergedFeedDocument(edition).atom1();

  it('finds no error in our documents', () => {
    expect(lintAtom(golden('city.atom'))).toBe('');
    for (const edition of [editionOf(), { ...EDITION, noindex: true }])
      expect(lintAtom(atomOf(edition))).toBe('');
    for (const edition of fc.sample(hostileEdition, { numRuns: 25, seed: 20261126 }))
      expect(lintAtom(atomOf(edition))).toBe('');
  });

  it.each([
    ['an entry without an id', /<entry[^>]*>\s*<id>.*?<\/id>/, '<entry>'],
    ['two titles', /<title type="text">/, '<title>again</title>$&'],
    ['a date that is none', /<updated>/, '$&x'],
    ['an element of Atom where it may not be', /<entry[^>]*>/, '$&<subtitle>x</subtitle>'],
    ['a person without a name', /<name>.*?<\/name>/, ''],
    ['an e-mail address that is none', /<\/name>/, '$&<email>x</email>'],
    ['a link without an address', /<link rel="hub" href="[^"]*"/, '<link rel="hub"'],
    ['a language that is none', /xml:lang="en-GB"/, 'xml:lang="english!"'],
    ['an attribute that there is not', /<category /, '$&name="x" '],
  ])('finds %s', (_what, from, to) => {
    const text = golden('city.atom');
    expect(text).toMatch(from);
    expect(lintAtom(text.replace(from, to))).not.toBe('');
  });
});

describe('the checkers', () => {
  const document = new MergedFeedDocument(editionOf(FULL, BARE));

  it.each([
    ['rss', rssProblems, document.rss2(), /<pubDate>.*?<\/pubDate>/, '<pubDate>19 Nov 26</pubDate>'],
    ['rss', rssProblems, document.rss2(), /<guid /, '<guid>x</guid><guid '],
    ['rss', rssProblems, document.rss2(), /isPermaLink="true"/, 'isPermaLink="yes"'],
    ['rss', rssProblems, document.rss2(), /<guid isPermaLink="true">/, '$&https://a.example/other#'],
    ['rss', rssProblems, document.rss2(), /<atom:link rel="self".*?>/, ''],
    ['rss', rssProblems, document.rss2(), /rel="license"/, 'rel="licence"'],
    ['rss', rssProblems, document.rss2(), /href="https:[^"]*ferry"&gt;/, 'href="/ferry"&gt;'],
    ['rss', rssProblems, document.rss2(), /<enclosure [^>]*>/, '<enclosure url="https://a.example/a.mp3"/>'],
    ['rss', rssProblems, document.rss2(), /<dc:language>en-GB/, '<dc:language>english'],
    ['rss', rssProblems, document.rss2(), /<itunes:duration>/, '$&about '],
    ['rss', rssProblems, document.rss2(), /<slash:comments>/, '$&many '],
    ['rss', rssProblems, document.rss2(), /<dc:publisher>/, '<dc:publisher>x</dc:publisher>$&'],
    ['rss', rssProblems, document.rss2(), /<language>/, '<managingEditor>Somebody</managingEditor>$&'],
    ['rss', rssProblems, document.rss2(), /<link>https:\/\/harbour.*?</, '<link>/ferry<'],
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
    ['atom', atomProblems, document.atom1(), /<link rel="self".*?>/, ''],
    ['atom', atomProblems, document.atom1(), /rel="related"/, 'rel="friend"'],
    ['atom', atomProblems, document.atom1(), /<content type="html">/, '$&&lt;img src="a.png"&gt;'],
    ['atom', atomProblems, document.atom1(), /<content type="html">/, '$&&lt;script&gt;'],
    ['json', jsonFeedProblems, document.json1(), /"date_published": "/, '$&x'],
    ['json', jsonFeedProblems, document.json1(), /"content_html": "/, '$&<img src=a.png>'],
    ['json', jsonFeedProblems, document.json1(), /"_slash": \{/, '"slash": {'],
  ])('find what is wrong: %s', (_, problems, text, from, to) => {
    expect(problems(text)).toEqual([]);
    expect(text).toMatch(from);
    expect(problems(text.replace(from, to))).not.toEqual([]);
  });
});
