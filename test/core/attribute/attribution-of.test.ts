import { describe, expect, it } from 'vitest';
import { attributionOf, publicSource } from '../../../src/core/attribute/attribution-of.ts';
import { mintedSourceId } from '../../../src/model/minted-id.ts';
import { AT, aFeed, anItem, aSource, attribute } from './samples.ts';

const EMPTY = { authors: [], contributors: [], categories: [], rights: { licenses: [] } };
const BY = 'https://creativecommons.org/licenses/by/4.0/';
const SA = 'https://creativecommons.org/licenses/by-sa/4.0/';

describe('authors of an item', () => {
  const own = [{ name: 'Own' }];
  const received = {
    ...EMPTY,
    title: 'The First',
    feedUrl: 'https://first.example/feed',
    authors: [{ name: 'Received' }],
  };
  const feed = { authors: [{ name: 'Feed' }] };

  it.each([
    ['its own before all others', { authors: own, source: received }, feed, 'Own'],
    ["its received source's before its feed's", { source: received }, feed, 'Received'],
    ["its feed's before its source's title", {}, feed, 'Feed'],
    ["its source's title where nobody is named", {}, {}, 'Harbour News Daily'],
    [
      "its received source's title where nobody is named, never those who passed it on",
      { source: { ...received, authors: [] } },
      feed,
      'The First',
    ],
    [
      "its feed's where the source that it names is the polled one",
      { source: { ...EMPTY, title: 'Harbour', feedUrl: 'https://harbour.example/feed.xml' } },
      feed,
      'Feed',
    ],
    ['none that has neither name nor address', { authors: [{ name: ' ' }] }, feed, 'Feed'],
  ])('are %s', (_, item, description, name) => {
    expect(attribute(item, description).authors).toEqual([{ name }]);
  });
});

describe('the licence of a feed', () => {
  const feed = { rights: { text: 'feed', licenses: [BY] } };
  const elsewhere = { ...EMPTY, title: 'The First', feedUrl: 'https://first.example/feed' };

  it('reaches an item that says nothing of its rights', () => {
    expect(attribute({}, feed).licenses).toEqual([BY]);
  });

  it('does not reach an item with a copyright line of its own', () => {
    expect(attribute({ rights: { text: '© Hanna Weil', licenses: [] } }, feed).licenses).toEqual([]);
  });

  it('does not reach an item that came from elsewhere', () => {
    expect(attribute({ source: elsewhere }, feed).licenses).toEqual([]);
  });
});

describe('rights and licences of an item', () => {
  const source = { ...EMPTY, title: 'The First', rights: { text: 'received', licenses: [SA] } };
  const feed = { rights: { text: 'feed', licenses: [BY] } };
  const configured = {
    rights: { text: 'configured', force: false },
    license: { text: 'https://l.example/', force: false },
  };
  const forced = {
    rights: { text: 'forced', force: true },
    license: { text: 'https://f.example/', force: true },
  };
  const own = { text: 'own', licenses: ['https://own.example/license'] };

  it.each([
    ['own', { rights: own, source }, feed, configured, ['own', 'https://own.example/license']],
    ['received', { source }, feed, configured, ['received', SA]],
    ['feed', {}, feed, configured, ['feed', BY]],
    [
      'unknown where the received source states none, whatever the feed that passes it on states',
      { source: { ...source, rights: { licenses: [] } } },
      feed,
      {},
      [undefined, undefined],
    ],
    ['configured', {}, {}, configured, ['configured', 'https://l.example/']],
    ['forced over own', { rights: own, source }, feed, forced, ['forced', 'https://f.example/']],
    ['unknown', {}, {}, {}, [undefined, undefined]],
  ])('are %s', (_, item, description, configuration, [rights, license]) => {
    const attribution = attribute(item, description, configuration);
    expect([attribution.rights, attribution.licenses[0]]).toEqual([rights, license]);
  });
});

describe('the source of an item', () => {
  it('is the polled one where the item names no other', () => {
    expect(
      attribute(
        {},
        { id: 'tag:harbour.example,2020:x', iconUrl: 'https://harbour.example/i.png', updatedAt: AT },
      ),
    ).toMatchObject({
      sourceName: 'Harbour News',
      publisher: 'Harbour News Daily',
      sourceIsReceived: false,
      via: [],
      source: {
        title: 'Harbour News Daily',
        id: 'tag:harbour.example,2020:x',
        feedUrl: 'https://harbour.example/feed.xml',
        siteUrl: 'https://harbour.example/',
        iconUrl: 'https://harbour.example/i.png',
      },
    });
  });

  it('is the received one, as a claim, with the polled one as the last hop', () => {
    const source = { ...EMPTY, title: 'The First', feedUrl: 'https://first.example/feed' };
    const via = { rel: 'via', url: 'https://second.example/feed' };
    const attribution = attribute({ source, links: [via, via] });
    expect(attribution).toMatchObject({
      sourceName: 'Harbour News',
      sourceIsReceived: true,
      source: { title: 'The First', id: 'https://first.example/feed' },
      via: [
        { title: 'second.example', url: 'https://second.example/feed' },
        { title: 'Harbour News Daily', url: 'https://harbour.example/feed.xml' },
      ],
    });
  });

  it('adds no hop twice over three Tributaries in a row', () => {
    const source = { ...EMPTY, title: 'The First', feedUrl: 'https://first.example/feed' };
    const once = attribute({ source });
    const links = once.via.map(({ title, url }) => ({ rel: 'via', title, url }));
    expect(attribute({ source, links }).via).toEqual(once.via);
  });

  it.each([
    ['its address', { ...EMPTY, title: 'Other', feedUrl: 'https://harbour.example/feed.xml' }],
    [
      'its id',
      { ...EMPTY, title: 'Other', id: 'tag:harbour.example,2020:x', feedUrl: 'https://elsewhere.example/' },
    ],
    ['its title alone', { ...EMPTY, title: 'Harbour News Daily' }],
  ])('is the polled one where the received one repeats %s', (_, source) => {
    expect(attribute({ source }, { id: 'tag:harbour.example,2020:x' }).sourceIsReceived).toBe(false);
  });

  it('has an id that is an IRI: its own, its address, or one minted from the address it is polled at', () => {
    expect(attribute({}, { id: '42' }).source.id).toBe('https://harbour.example/feed.xml');
    expect(attribute({}, { id: 'javascript:x' }).source.id).toBe('https://harbour.example/feed.xml');
    const file = { feedUrl: 'file:///srv/feeds/city.xml', address: './city.xml' };
    expect(attribute({}, { id: '42' }, file).source.id).toBe(mintedSourceId('./city.xml'));
  });
});

describe('addresses that are published', () => {
  it('are never files: a file feed goes by the address that it states', () => {
    const file = { feedUrl: 'file:///srv/feeds/city.xml', address: './city.xml' };
    expect(attribute({}, {}, file).source.feedUrl).toBeUndefined();
    expect(attribute({}, { selfUrl: 'https://city.example/feed' }, file).source.feedUrl).toBe(
      'https://city.example/feed',
    );
  });

  const secret = {
    feedUrl: 'https://user:pass99@harbour.example/private/feed.xml?token=s3cr3t&v=1',
    address: 'https://user:pass99@harbour.example/private/feed.xml?token=s3cr3t&v=1',
    feedUrlIsSecret: true,
  };
  const leaks = {
    id: 'https://harbour.example/private/feed.xml?token=s3cr3t&v=1',
    selfUrl: 'https://harbour.example/private/feed.xml?token=s3cr3t&v=1',
    siteUrl: 'https://harbour.example/?token=s3cr3t',
    iconUrl: 'https://user:pass99@harbour.example/icon.png',
  };

  it('give no secret away, whatever the feed and its items repeat of it', () => {
    const attribution = attributionOf({
      item: anItem({
        links: [{ rel: 'via', url: leaks.selfUrl }],
        source: {
          ...EMPTY,
          title: 'The First',
          feedUrl: leaks.selfUrl,
          siteUrl: leaks.iconUrl,
          id: leaks.id,
        },
        rights: { licenses: [leaks.siteUrl] },
      }),
      source: aSource(secret),
      feed: aFeed(leaks),
      also: [{ title: 'x', url: leaks.selfUrl, authors: [] }],
      updatedAt: AT,
    });
    expect(JSON.stringify(attribution)).not.toMatch(/s3cr3t|pass99|private/);
    expect(attribute({}, leaks, { ...secret, publicUrl: 'https://harbour.example/' }).source.feedUrl).toBe(
      'https://harbour.example/',
    );
  });

  it('are the public one, else the site, where a page names the source', () => {
    expect(publicSource(aSource(secret), aFeed())).toEqual({
      title: 'Harbour News',
      url: 'https://harbour.example/',
      feedUrl: undefined,
      siteUrl: 'https://harbour.example/',
    });
    expect(publicSource(aSource({ ...secret, publicUrl: 'https://p.example/' }), aFeed(leaks)).url).toBe(
      'https://p.example/',
    );
    expect(publicSource(aSource(secret), aFeed(leaks)).url).toBeUndefined();
    expect(publicSource(aSource({ name: undefined }), undefined)).toMatchObject({
      title: 'harbour.example',
      url: 'https://harbour.example/feed.xml',
    });
  });
});
