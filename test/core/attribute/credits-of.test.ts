import { describe, expect, it } from 'vitest';
import { creditsOf } from '../../../src/core/attribute/credits-of.ts';
import { renderCreditsPage } from '../../../src/core/render/credits-page.ts';
import type { Source } from '../../../src/model/config.ts';
import { sourceId } from '../../../src/model/ids.ts';
import type { FeedDescription } from '../../../src/model/item.ts';
import type { Shown } from '../../../src/model/shown.ts';
import { buildFeed } from '../../pipeline/rig.ts';
import { FULL } from '../render/sample-editions.ts';
import { aFeed, aSource } from './samples.ts';

const BY = 'https://creativecommons.org/licenses/by/4.0/';

function credits(
  { source = {}, feed }: { source?: Partial<Source>; feed?: Partial<FeedDescription> | null },
  shown: readonly Shown[] = [],
  contact?: string,
) {
  const built = aSource(source);
  return creditsOf({
    contact,
    sources: [
      {
        source: built,
        feed: feed === null ? undefined : aFeed(feed),
        tdmOfAddress: () => undefined,
      },
    ],
    feeds: [
      {
        feed: buildFeed(),
        sourceIds: new Set([built.id]),
        items: shown.map((level) => ({
          ...FULL,
          attribution: { ...FULL.attribution, sourceId: built.id },
          shown: { shown: level, because: [] },
        })),
      },
    ],
  });
}

describe('the data of /credits', () => {
  it('says for a source its site, feed, rights, licence and how much is shown', () => {
    const [credit] = credits({ feed: { rights: { text: '© Harbour News', licenses: [`${BY}deed.de`] } } }, [
      'full',
      'full',
      'excerpt',
    ]).sources;
    expect(credit).toMatchObject({
      name: 'Harbour News',
      siteUrl: 'https://harbour.example/',
      feedUrl: 'https://harbour.example/feed.xml',
      rights: '© Harbour News',
      licenses: [{ name: 'CC BY 4.0', url: `${BY}deed.de` }],
      feeds: [
        {
          feedId: 'all',
          items: 3,
          decision: { shown: 'full' },
          shown: [
            { shown: 'full', items: 2 },
            { shown: 'excerpt', items: 1 },
          ],
        },
      ],
    });
  });

  it('says why less than everything is shown', () => {
    const terms = { licenses: [], tdm: { reserved: true, policyUrl: 'https://harbour.example/tdm' } };
    const [credit] = credits({ feed: { rights: terms } }).sources;
    expect(credit?.feeds[0]?.decision).toEqual({
      shown: 'excerpt',
      because: [
        { rule: 'show', value: 'reserved-tdm', shown: 'excerpt', declared: 'https://harbour.example/tdm' },
        { rule: 'content', value: 'full', shown: 'full' },
        { rule: 'show', value: 'unknown', shown: 'full' },
      ],
    });
  });

  it('counts the items that a source leads, and lists it in no feed that does not draw from it', () => {
    const other = aSource({ id: sourceId('other') });
    const { sources } = creditsOf({
      contact: undefined,
      sources: [{ source: other, feed: undefined, tdmOfAddress: () => undefined }],
      feeds: [
        { feed: buildFeed(), sourceIds: new Set([other.id]), items: [FULL] },
        { feed: buildFeed({ title: 'None' }), sourceIds: new Set(), items: [FULL] },
      ],
    });
    expect(sources[0]?.feeds.map(({ title, items }) => [title, items])).toEqual([['All', 0]]);
  });

  it('names no file and no secret address', () => {
    const file = credits({ source: { feedUrl: 'file:///srv/a.xml' }, feed: null }).sources[0];
    expect([file?.feedUrl, file?.siteUrl]).toEqual([undefined, undefined]);
    const secret = {
      feedUrl: 'https://harbour.example/k3yk3y/feed',
      feedUrlIsSecret: true,
      secrets: ['k3yk3y'],
    };
    const told = JSON.stringify(credits({ source: secret, feed: { selfUrl: secret.feedUrl } }));
    expect(told).not.toContain('k3yk3y');
  });

  it.each([
    ['https://feeds.example/about', 'https://feeds.example/about'],
    ['mailto:me@feeds.example', 'mailto:me@feeds.example'],
    ['me@feeds.example', 'mailto:me@feeds.example'],
    [undefined, undefined],
  ])('gives the contact %s as an address', (contact, expected) => {
    expect(credits({}, [], contact).contactUrl).toBe(expected);
  });
});

describe('the page of credits', () => {
  const evil = '"><script>alert(1)</script>';
  const page = renderCreditsPage(
    credits(
      {
        source: { name: evil },
        feed: {
          rights: {
            text: evil,
            licenses: [BY],
            accessRights: evil,
            indexing: 'no',
            tdm: { reserved: true, policyUrl: 'https://harbour.example/tdm' },
            rsl: [
              {
                copyright: evil,
                documentUrl: 'https://harbour.example/l.rsl',
                licenses: [
                  {
                    permits: [{ type: 'usage', values: ['search'] }],
                    prohibits: [{ type: 'usage', values: ['ai-train'] }],
                    payment: { type: 'subscription', amount: '12 EUR' },
                  },
                ],
              },
            ],
          },
        },
      },
      ['excerpt'],
      'me@feeds.example',
    ),
  );

  it.each([
    'Write to <a href="mailto:me@feeds.example">me@feeds.example</a>',
    'href="https://harbour.example/feed.xml"',
    'CC BY 4.0',
    'reserved, see',
    'permits usage: search; prohibits usage: ai-train; payment: subscription, 12 EUR',
    'asked to stay away',
    'shown as excerpts, as this site does with rights of the kind “reserved-tdm”; 1 item now (1 as excerpts)',
  ])('says: %s', (text) => {
    expect(page).toContain(text);
  });

  it('holds no markup of a source', () => {
    expect(page).not.toContain('<script>');
  });

  it('says so where nobody can be reached', () => {
    expect(renderCreditsPage(credits({}))).toContain('has named no contact');
  });
});
