import { describe, expect, it } from 'vitest';
import { linksInHeader } from '../../../src/core/normalize/link-header.ts';
import { pushAddressesOf, pushHeadersOf } from '../../../src/core/normalize/push-addresses.ts';
import type { Link } from '../../../src/model/item.ts';

const URL = 'https://harbour.example/news/feed.xml';
const hub = (url: string): Link => ({ rel: 'hub', url });
const IN_DOCUMENT = { links: [hub('https://hub.example/')], selfUrl: 'https://harbour.example/self' };

const found = (link: string | undefined, feed: Parameters<typeof pushAddressesOf>[0] = IN_DOCUMENT) =>
  pushAddressesOf(feed, link === undefined ? {} : { link }, URL);

describe('hubs and topic of a feed', () => {
  it('are those of the document where the header has none', () => {
    expect(found(undefined)).toEqual({
      hubUrls: ['https://hub.example/'],
      topicUrl: 'https://harbour.example/self',
      documentUrl: URL,
    });
  });

  it('are those of the header where it has some, relative ones by the address of the document', () => {
    const link = '<https://a.example/hub>; rel="hub", <https://b.example/>; rel=hub, <feed.json>; rel="self"';
    expect(found(link)).toMatchObject({
      hubUrls: ['https://a.example/hub', 'https://b.example/'],
      topicUrl: 'https://harbour.example/news/feed.json',
    });
  });

  it('are taken from both where each has one half', () => {
    expect(found('</other>; rel=self')).toMatchObject({
      hubUrls: ['https://hub.example/'],
      topicUrl: 'https://harbour.example/other',
    });
    expect(found('<https://a.example/>; rel=hub')).toMatchObject({
      hubUrls: ['https://a.example/'],
      topicUrl: 'https://harbour.example/self',
    });
  });

  it('need a hub; without a self link the address that was read is the topic', () => {
    expect(found('</other>; rel=self', { links: [] })).toBeUndefined();
    expect(found(undefined, { links: [hub('https://hub.example/')] })?.topicUrl).toBe(URL);
    expect(
      pushAddressesOf({ links: [hub('https://hub.example/')] }, {}, 'file:///srv/feed.xml'),
    ).toBeUndefined();
  });

  it('are web addresses without credentials, and few', () => {
    const many = Array.from({ length: 50 }, (_, index) => `<https://h${index}.example/>; rel=hub`).join(', ');
    expect(found(many)?.hubUrls).toHaveLength(5);
    const odd = '<javascript:x>; rel=hub, <https://u:p@hub.example/>; rel=hub, <ftp://hub.example/>; rel=hub';
    expect(found(odd, { links: [] })).toBeUndefined();
  });

  it('keep what a pushed document is read by', () => {
    const headers = { 'content-location': '/de/feed', 'content-language': 'de' };
    expect(pushAddressesOf(IN_DOCUMENT, headers, URL)).toMatchObject({
      contentLocation: '/de/feed',
      contentLanguage: 'de',
    });
  });
});

describe('the header Link (RFC 8288)', () => {
  const rows: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
    ['<a>; rel=hub', [['a', 'hub']]],
    ['<a>;REL="Hub  Self"', [['a', 'hub self']]],
    ['< a >;rel=hub;rel=self', [['a', 'hub']]],
    ['<a>; title="x, <b>; rel=hub"; rel=self', [['a', 'self']]],
    [
      '<a>; title="say \\"hub\\""; rel=hub , <b>; rel="self"',
      [
        ['a', 'hub'],
        ['b', 'self'],
      ],
    ],
    ['<a,b;c>; rel=hub', [['a,b;c', 'hub']]],
    ['<a>; rel=hub; anchor="#part"', []],
    ['<a>', [['a', '']]],
    ['no link at all; rel=hub', []],
    ['', []],
  ];
  it.each(rows)('%s', (header, links) => {
    expect(linksInHeader(header).map(({ href, relations }) => [href, relations.join(' ')])).toEqual(links);
  });

  it('costs no more than its length, whatever it says', () => {
    const hostile = `<a>${'; rel="'.repeat(50_000)}`;
    const startMs = performance.now();
    linksInHeader(hostile);
    expect(performance.now() - startMs).toBeLessThan(1_000);
  });

  it('counts for whether a document is read again as far as it says hubs', () => {
    const links = '<a>; rel=hub, <b>; rel=next, <c>; rel=self';
    expect(pushHeadersOf({ link: links })).toBe('link <a>; rel=hub\nlink <c>; rel=self');
    expect(pushHeadersOf({ link: '<b>; rel=next' })).toBe('');
  });
});
