import { describe, expect, it } from 'vitest';
import { declaredRightsOf, termsOf } from '../../../src/core/attribute/rights-of.ts';
import { type DeclaredRights, showOf } from '../../../src/core/attribute/show-of.ts';
import type { RslTerms } from '../../../src/model/rights.ts';
import {
  DEFAULT_CONTENT,
  DEFAULT_SHOW,
  RIGHTS_CLASSES,
  SHOWN_LEVELS,
  type Shown,
  type ShowTable,
  stricter,
} from '../../../src/model/shown.ts';
import { aFeed, anItem, aSource } from './samples.ts';

const CC = 'https://creativecommons.org/licenses';
const BY = `${CC}/by/4.0/`;

function rights(said: Partial<DeclaredRights> = {}): DeclaredRights {
  return { text: undefined, licenses: [], rsl: [], tdm: undefined, ...said };
}

/** Every class has another level, so that the level tells the class; `full` stands for one that is not told. */
function table(classes: Partial<Record<string, Shown>>, licenses: ShowTable['licenses'] = []): ShowTable {
  const told = Object.fromEntries(
    Object.entries(classes).map(([name, shown], at) => [name, { shown, line: at + 1 }]),
  );
  const full = Object.fromEntries(RIGHTS_CLASSES.map((name) => [name, { shown: 'full' }]));
  return { classes: { ...full, ...told }, licenses } as ShowTable;
}

const classesOf = (declared: Partial<DeclaredRights>) =>
  showOf({ content: DEFAULT_CONTENT, show: table({}), rights: rights(declared) })
    .because.filter(({ rule }) => rule === 'show')
    .map(({ value }) => value);

const RSL: RslTerms = { licenses: [{ permits: [], prohibits: [{ type: 'usage', values: ['ai-train'] }] }] };

describe('classes of rights', () => {
  it.each<[string, Partial<DeclaredRights>, string[]]>([
    ['nothing declared', {}, ['unknown']],
    ['words that are not known', { text: 'Ask the desk' }, ['unknown']],
    ['a licence that is not known', { licenses: ['https://example.org/licence'] }, ['unknown']],
    ['MIT', { text: 'MIT License' }, ['unknown']],
    ['a Creative Commons licence', { licenses: [BY] }, ['cc']],
    ['the same in words', { text: 'Licensed under CC BY 4.0' }, ['cc']],
    ['claimed and licensed', { text: '© 2026 Ines Marsh, CC BY 4.0' }, ['cc']],
    ['claimed and licensed apart', { text: '© 2026 Ines Marsh', licenses: [BY] }, ['cc']],
    ['CC0', { licenses: ['https://creativecommons.org/publicdomain/zero/1.0/'] }, ['public-domain']],
    ['the public domain', { text: 'In the public domain' }, ['public-domain']],
    ['reserved', { text: 'All rights reserved' }, ['all-rights-reserved']],
    ['claimed alone', { text: '© 2026 Harbour News' }, ['all-rights-reserved']],
    ['some rights reserved, which is not told', { text: 'Some rights reserved' }, ['all-rights-reserved']],
    [
      'licensed and reserved at once',
      { text: 'All rights reserved', licenses: [BY] },
      ['cc', 'all-rights-reserved'],
    ],
    [
      'claimed and called free at once',
      { text: '© X. Public domain.' },
      ['public-domain', 'all-rights-reserved'],
    ],
    [
      'two licences',
      { licenses: [BY, 'https://creativecommons.org/publicdomain/zero/1.0/'] },
      ['cc', 'public-domain'],
    ],
    ['mining reserved', { tdm: { reserved: true } }, ['unknown', 'reserved-tdm']],
    ['mining not reserved', { tdm: { reserved: false } }, ['unknown']],
    ['mining reserved, licensed', { licenses: [BY], tdm: { reserved: true } }, ['cc', 'reserved-tdm']],
    ['RSL that forbids', { rsl: [RSL] }, ['unknown', 'rsl']],
    [
      'RSL in a document of its own',
      { rsl: [{ documentUrl: 'https://a.example/l.rsl', licenses: [] }] },
      ['unknown', 'rsl'],
    ],
  ])('%s', (_, declared, expected) => {
    expect(classesOf(declared).toSorted()).toEqual(expected.toSorted());
  });

  it.each<[string, RslTerms['licenses'][number], boolean]>([
    ['everything for everybody', { permits: [{ type: 'usage', values: ['all'] }], prohibits: [] }, true],
    [
      'everything for credit',
      { permits: [{ type: 'usage', values: ['all'] }], prohibits: [], payment: { type: 'attribution' } },
      true,
    ],
    [
      'everything for money',
      { permits: [{ type: 'usage', values: ['all'] }], prohibits: [], payment: { type: 'purchase' } },
      false,
    ],
    ['search alone', { permits: [{ type: 'usage', values: ['search'] }], prohibits: [] }, false],
    [
      'everything in one country',
      {
        permits: [
          { type: 'usage', values: ['all'] },
          { type: 'geo', values: ['de'] },
        ],
        prohibits: [],
      },
      false,
    ],
    ['nothing said', { permits: [], prohibits: [] }, false],
  ])('RSL that permits %s: free %j', (_, license, isFree) => {
    expect(classesOf({ rsl: [{ licenses: [license] }] }).includes('rsl')).toBe(!isFree);
  });
});

describe('how much is shown', () => {
  it('is by default everything, but an excerpt of what is reserved against machines', () => {
    const shown = (declared: Partial<DeclaredRights>) =>
      showOf({ content: DEFAULT_CONTENT, show: DEFAULT_SHOW, rights: rights(declared) }).shown;
    expect(
      [{}, { text: 'All rights reserved' }, { licenses: [BY] }, { text: 'Public domain' }].map(shown),
    ).toEqual(['full', 'full', 'full', 'full']);
    expect([{ tdm: { reserved: true } }, { rsl: [RSL] }].map(shown)).toEqual(['excerpt', 'excerpt']);
  });

  it.each(SHOWN_LEVELS.flatMap((content) => SHOWN_LEVELS.map((shown) => [content, shown] as const)))(
    'is the stricter of content: %s and show: %s',
    (content, shown) => {
      const show = table({ unknown: shown });
      const decision = showOf({ content: { shown: content, line: 7 }, show, rights: rights() });
      expect(decision.shown).toBe(stricter(content, shown));
      expect(decision.because[0]?.shown).toBe(decision.shown);
      expect(decision.because).toContainEqual({ rule: 'content', value: content, shown: content, line: 7 });
    },
  );

  it('is the strictest of several classes', () => {
    const show = table({ cc: 'excerpt', 'all-rights-reserved': 'link', 'reserved-tdm': 'title' });
    const declared = rights({ licenses: [BY], text: 'All rights reserved', tdm: { reserved: true } });
    const decision = showOf({ content: DEFAULT_CONTENT, show, rights: declared });
    expect(decision.shown).toBe('link');
    expect(decision.because.map(({ value, line }) => [value, line])).toEqual([
      ['all-rights-reserved', 2],
      ['reserved-tdm', 3],
      ['cc', 1],
      ['full', undefined],
    ]);
  });

  it('goes by a licence that the table names, whatever its spelling, in place of its class', () => {
    const licenses = [
      { url: 'http://creativecommons.org/licenses/by/4.0/deed.de', shown: 'full', line: 3 },
    ] as const;
    const show = table({ cc: 'link', 'all-rights-reserved': 'link' }, licenses);
    const shown = (declared: Partial<DeclaredRights>) =>
      showOf({ content: DEFAULT_CONTENT, show, rights: rights(declared) }).shown;
    expect(shown({ licenses: [BY], text: '© Ines' })).toBe('full');
    expect(shown({ text: 'CC BY 4.0' })).toBe('full');
    expect(shown({ licenses: [`${CC}/by/3.0/`] })).toBe('link');
    expect(shown({ licenses: [BY, `${CC}/by/3.0/`] })).toBe('link');
  });

  it('knows a licence of nobody by its address', () => {
    const show = table({}, [{ url: 'https://example.org/licence', shown: 'title', line: 3 }]);
    const declared = rights({ licenses: ['http://www.example.org/licence/'], text: '© Somebody' });
    expect(showOf({ content: DEFAULT_CONTENT, show, rights: declared }).because[0]).toEqual({
      rule: 'show',
      value: 'https://example.org/licence',
      declared: 'http://www.example.org/licence/',
      shown: 'title',
      line: 3,
    });
  });

  it.each([
    [`${CC}/by-nd/4.0/`, undefined],
    [`${CC}/by-nd-nc/1.0/`, undefined],
    [undefined, 'CC BY-NC-ND 4.0'],
  ])('never cuts what may not be adapted: %s %s', (license, text) => {
    const declared = rights({ licenses: license === undefined ? [] : [license], text });
    const shown = (cc: Shown) => showOf({ content: DEFAULT_CONTENT, show: table({ cc }), rights: declared });
    expect(SHOWN_LEVELS.map((level) => shown(level).shown)).toEqual(['full', 'link', 'title', 'link']);
    expect(shown('excerpt').because.map(({ rule }) => rule)).toEqual(['no-derivatives', 'show', 'content']);
  });
});

describe('rights that a decision goes by', () => {
  const declared = (...[item, feed, source]: [object, object?, object?]) => {
    const [anyItem, anyFeed, anySource] = [anItem(item), aFeed(feed), aSource(source)];
    const terms = termsOf(anyItem, anyFeed, anySource);
    const { text, licenses } = declaredRightsOf(anyItem, anyFeed, anySource, { isReceived: false, terms });
    return [text, licenses];
  };
  const of = (text?: string, ...licenses: string[]) => ({
    rights: text === undefined ? { licenses } : { text, licenses },
  });

  it.each([
    ['the item before its feed', declared(of('© Item'), of('© Feed', BY)), ['© Item', []]],
    [
      "an item's licence without its feed's reservation",
      declared(of(undefined, BY), of('All rights reserved')),
      [undefined, [BY]],
    ],
    [
      'the feed before the configuration',
      declared(of(), of('© Feed'), { rights: { text: '© C', force: false } }),
      ['© Feed', []],
    ],
    [
      'the configuration where nobody says anything',
      declared(of(), of(), { rights: { text: '© C', force: false } }),
      ['© C', []],
    ],
    [
      'what is forced over all',
      declared(of('© Item', BY), of('© Feed'), { rights: { text: '© C', force: true } }),
      ['© C', [BY]],
    ],
    [
      'a forced licence over every statement',
      declared(of('All rights reserved'), of('© Feed'), { license: { text: BY, force: true } }),
      [undefined, [BY]],
    ],
  ])('are %s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  it('keep a reservation that anybody has made', () => {
    const reserved = { reserved: true, policyUrl: 'https://harbour.example/tdm' };
    const free = { reserved: false };
    const tdm = (
      item: object | undefined,
      feed: object | undefined,
      ofAddress?: (url: string) => object | undefined,
    ) =>
      termsOf(
        anItem({ rights: { licenses: [], ...(item && { tdm: item as never }) } }),
        aFeed({ rights: { licenses: [], ...(feed && { tdm: feed as never }) } }),
        aSource(),
        ofAddress as never,
      ).tdm;
    expect(tdm(undefined, undefined)).toBeUndefined();
    expect(tdm(free, reserved)).toEqual(reserved);
    expect(tdm(reserved, free)).toEqual(reserved);
    expect(tdm(undefined, free)).toEqual(free);
    const byFile = (url: string) => (url.endsWith('/ferry') ? reserved : free);
    expect(tdm(undefined, free, byFile)).toEqual(reserved);
    // The header of the feed goes before the file, for the feed.
    expect(tdm(undefined, free, (url) => (url.endsWith('feed.xml') ? reserved : undefined))).toEqual(free);
    expect(tdm(undefined, undefined, (url) => (url.endsWith('feed.xml') ? reserved : undefined))).toEqual(
      reserved,
    );
  });

  it('take each other term from where it is nearest', () => {
    const item = anItem({ rights: { licenses: [], access: 'allow' } });
    const feed = aFeed({
      rights: { licenses: [], access: 'deny', indexing: 'no', accessRights: 'Members', rsl: [RSL] },
    });
    expect(termsOf(item, feed, aSource())).toMatchObject({
      access: 'allow',
      indexing: 'no',
      accessRights: 'Members',
      rsl: [RSL],
    });
  });
});
