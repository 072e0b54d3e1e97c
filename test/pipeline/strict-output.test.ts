// Every document that we read in tests, merged into one feed: what comes out breaks no specification and no reader.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { buildSource } from '../core/build-item.ts';
import { feedparserIsMissing, readWithFeedparser } from '../oracles/feedparser.ts';
import { atomProblems } from '../oracles/strict-atom.ts';
import { jsonFeedProblems } from '../oracles/strict-json-feed.ts';
import { rssProblems } from '../oracles/strict-rss.ts';
import { lintAtom, lintXml, xmllintIsMissing } from '../oracles/xmllint.ts';
import { CREDIT_SOURCES } from './credit-sources.ts';
import { type Documents, publishOnce } from './publish-once.ts';
import { buildConfig, fetched, pipelineRig } from './rig.ts';

/** Values that are almost what they should be. */
const ODD = `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel><title>‮Odd</title><link>https://odd.example/</link><description>d</description><language>en_US</language>
<item><title>​</title><guid isPermaLink="true">odd id &lt;1&gt;</guid><link>https://odd.example/été {1}?a=[b]|c</link><dc:language>deutsch (DE)</dc:language><category domain="Tags and words">a</category><category domain="">b</category>
<enclosure url="https://odd.example/a file.mp3" length="12,345 bytes" type="audio"/><media:content url="https://odd.example/b" medium="image"/><itunes:duration>1:2:3</itunes:duration><pubDate>Fri, 31 Feb 2026 25:61:00 XYZ</pubDate></item>
<item><guid>2</guid><description>שלום ‮⁦  </description><author>nobody@</author><dc:creator> </dc:creator><source url="ftp://first.example/feed">F</source><atom:link rel="related" href="https://odd.example/r" type="text" hreflang="de_DE" title=""/><atom:link rel="replies" href="https://odd.example/r"/><comments>https://odd.example/r</comments><atom:updated>2026-01-01</atom:updated></item>
<item><guid>urn:</guid><title/><description/></item><item><guid isPermaLink="true">https://odd.example/same</guid><title>a</title></item><item><guid isPermaLink="true">https://odd.example/same#2</guid><link>https://odd.example/same</link><title>b</title></item>
</channel></rss>`;

const FOLDER = new URL('../fixtures/parse/', import.meta.url);

/** Those that are read: what is not a feed, or empty, is another test's. */
async function readableSources() {
  const names = readdirSync(FOLDER).filter(
    (name) => /\.(?:xml|json)$/.test(name) && !name.includes('.expected.'),
  );
  const given = [
    ...names.map((name) => ({ name, text: readFileSync(new URL(name, FOLDER), 'utf8') })),
    { name: 'odd', text: ODD },
    ...CREDIT_SOURCES.map(({ name, text }) => ({ name, text })),
  ].map(({ text }, place) => ({ source: buildSource(`s${place}`), text }));
  await using rig = await pipelineRig(buildConfig(given.map(({ source }) => source)));
  const readable: typeof given = [];
  for (const one of given) {
    rig.answer(one.source.feedUrl, fetched(one.text, { url: one.source.feedUrl }));
    if ((await rig.poll(one.source)).outcome === 'updated') readable.push(one);
  }
  return readable;
}

const sources = await readableSources();
const documents: Documents = await publishOnce(sources, { limit: 10_000 });

it('keeps RSS 2.0, RFC 4287 and JSON Feed 1.1', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(JSON.parse(documents.json).items.length).toBeGreaterThan(100);
  expect(rssProblems(documents.rss)).toEqual([]);
  expect(atomProblems(documents.atom)).toEqual([]);
  expect(jsonFeedProblems(documents.json)).toEqual([]);
});

it.skipIf(xmllintIsMissing)("is well-formed for libxml2 and has no error in RFC 4287's RELAX NG", () => {
  for (const text of [documents.rss, documents.atom]) expect(lintXml(text)).toBe('');
  expect(lintAtom(documents.atom)).toBe('');
});

it.skipIf(feedparserIsMissing)("is the same items for Python's feedparser", () => {
  const ids = JSON.parse(documents.json).items.map((item: { id: string }) => item.id);
  for (const { problem, entries } of readWithFeedparser([documents.rss, documents.atom])) {
    expect(problem).toBeNull();
    expect(entries.map((entry) => entry.id)).toEqual(ids);
  }
});
