// Wording acts at publishing: another one needs no poll and announces nothing as new.
import { expect, it } from 'vitest';
import { parseConfig } from '../../src/edge/config/load-config.ts';
import { fetched, pipelineRig } from './rig.ts';

const DOCUMENT = `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>A</title><link>https://a.example/</link><description/>
<item><guid>https://a.example/1</guid><link>https://a.example/1</link><title>One</title><dc:creator>Mara</dc:creator><dc:creator>Jon</dc:creator><pubDate>Thu, 19 Nov 2026 23:30:00 GMT</pubDate><description>Text</description></item></channel></rss>`;

const configOf = (feed: string, more = '') =>
  parseConfig(
    `server: {publicUrl: "https://feeds.example/"}\nstore: "memory:"\n${more}\nsources: [{id: a, url: "https://a.example/feed"}]\nfeeds: [{id: all, title: All, ${feed}}]\n`,
    { file: 'tributary.yaml', env: {}, cwd: '/srv/tributary' },
  );

async function shown(...configs: readonly ReturnType<typeof configOf>[]) {
  const [first] = configs;
  if (first === undefined) throw new Error('no configuration');
  await using rig = await pipelineRig(first);
  const [source] = first.sources;
  if (source === undefined) throw new Error('no source');
  rig.answer(source.feedUrl, fetched(DOCUMENT, { url: source.feedUrl }));
  await rig.poll(source);
  const states = [];
  for (const config of configs) {
    rig.nowMs += 3_600_000;
    const publisher = await rig.restart(config);
    await publisher.publishDue();
    const [item] = rig.json(publisher);
    const etag = publisher.site().get('feeds/all.json')?.etag;
    states.push({
      item,
      etag,
      requests: rig.requests.length,
    });
  }
  return states;
}

const noteOf = (item: { readonly [name: string]: unknown } | undefined) =>
  String(Object(item?.['_tributary']).note);

it('changes the document alone: no poll, no id, no date', async () => {
  const [before, after, again] = await shown(
    configOf('language: en'),
    configOf('language: de, attribution: {timezone: Europe/Berlin, position: before}'),
    configOf('language: de, attribution: {timezone: Europe/Berlin, position: before}'),
  );
  expect(noteOf(before?.item)).toContain('Author: Mara, Jon · Published: November 19, 2026');
  expect(noteOf(after?.item)).toContain('Von: Mara, Jon · Veröffentlicht: 20. November 2026');
  expect(after?.item?.['content_html']).toBe(`${noteOf(after?.item)}Text`);
  expect(after?.requests).toBe(1);
  const unworded = (item: object | undefined) => ({
    ...item,
    content_html: undefined,
    _tributary: { ...Object(item)['_tributary'], note: undefined },
  });
  expect(unworded(after?.item)).toEqual(unworded(before?.item));
  expect(after?.etag).not.toBe(before?.etag);
  expect(again?.etag).toBe(after?.etag);
});

it('is the source’s over the feed’s over the site’s', async () => {
  const parts = (source: string, feed: string, site: string) =>
    parseConfig(
      `server: {publicUrl: "https://feeds.example/"}\nstore: "memory:"\n${site}\nsources: [{id: a, url: "https://a.example/feed"${source}}]\nfeeds: [{id: all, title: All${feed}}]\n`,
      { file: 'tributary.yaml', env: {}, cwd: '/srv/tributary' },
    );
  const wording = (name: string) => `attribution: {template: "<p>${name} {published}</p>"}`;
  const states = await shown(
    parts(`, ${wording('source')}`, `, ${wording('feed')}`, wording('site')),
    parts('', `, ${wording('feed')}`, wording('site')),
    parts('', ', language: fi', wording('site')),
    parts('', ', attribution: {position: none}', wording('site')),
    parts('', ', attribution: {position: both}', ''),
  );
  const [source, feed, site, none, both] = states.map((state) => state.item?.['content_html']);
  expect(source).toBe('Text<p>source November 19, 2026</p>');
  expect(feed).toBe('Text<p>feed November 19, 2026</p>');
  expect(site).toBe('Text<p>site 19. marraskuuta 2026</p>');
  expect(none).toBe('Text');
  expect(both).toMatch(/^<p class="attribution">.*<\/p>Text<p class="attribution">.*<\/p>$/);
});
