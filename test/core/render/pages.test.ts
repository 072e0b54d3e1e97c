import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { renderCreditsPage } from '../../../src/core/render/credits-page.ts';
import { renderFeedPage } from '../../../src/core/render/feed-page.ts';
import { alreadySafe, html } from '../../../src/core/render/html.ts';
import { renderIndexPage } from '../../../src/core/render/index-page.ts';
import { PAGE_SECURITY_POLICY } from '../../../src/model/content-security-policy.ts';
import type { Edition } from '../../../src/model/edition.ts';
import { feedId } from '../../../src/model/ids.ts';
import { BARE, EDITION, EPISODE, editionOf, FULL, HOSTILE, RECEIVED } from './sample-editions.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const elementsOf = (nodes: readonly Node[]): Element[] =>
  nodes.flatMap((node) => ('tagName' in node ? [node, ...elementsOf(node.childNodes)] : []));
const elementsIn = (page: string) => elementsOf(parse(page).childNodes);
const named = (page: string, tag: string) => elementsIn(page).filter((element) => element.tagName === tag);
const attribute = (element: Element | undefined, name: string) =>
  element?.attrs.find((one) => one.name === name)?.value;

/** The wording of notes is the operator's. */
const isInNote = ({ parentNode }: Element) =>
  parentNode !== null && 'attrs' in parentNode && attribute(parentNode, 'class') === 'attribution';
const bylinesIn = (page: string) => named(page, 'p').filter((p) => attribute(p, 'class') === 'byline');

const feedPage = renderFeedPage(editionOf(FULL, RECEIVED, BARE, HOSTILE));
const second = { ...editionOf(BARE, FULL), feedId: feedId('second'), title: 'Second' };
const indexPage = renderIndexPage([editionOf(RECEIVED, HOSTILE, FULL), second], {
  publicUrl: EDITION.publicUrl,
});

describe('templates', () => {
  it('escape what is filled in, but for what is safe already', () => {
    const list = ['<', html`<b>${'&'}</b>`, undefined, false] as const;
    expect(html`<p title="${'"\'\u0000'}">${list}${alreadySafe('<i>')}${1}</p>`.markup).toBe(
      '<p title="&quot;&#39;">&lt;<b>&amp;</b><i>1</p>',
    );
  });
});

describe('our pages', () => {
  it.each([
    ['the feed', feedPage, '../page.js'],
    ['the front page', indexPage, 'page.js'],
  ])('have no script but the one file, no inline style and no handler: %s', (_, page, script) => {
    for (const element of elementsIn(page)) {
      expect(['style', 'iframe', 'object', 'form', 'base']).not.toContain(element.tagName);
      for (const { name } of element.attrs) expect(name).not.toMatch(/^on|^style$/);
    }
    const scripts = named(page, 'script');
    expect(scripts.map((each) => [attribute(each, 'src'), each.childNodes.length])).toEqual([[script, 0]]);
  });

  it.each([
    ['the feed', feedPage],
    ['the front page', indexPage],
  ])(
    'say the policy that they stand under themselves, and claim to be the place of nothing: %s',
    (_, page) => {
      const metas = named(page, 'meta').filter((meta) => attribute(meta, 'http-equiv') !== undefined);
      expect(metas.map((meta) => attribute(meta, 'content'))).toEqual([PAGE_SECURITY_POLICY]);
      expect(page).not.toMatch(/rel="canonical"|\/items\//);
    },
  );

  it('ask search engines to stay away where the feed does, or an item’s publisher', () => {
    const robots = (page: string) =>
      named(page, 'meta').filter((meta) => attribute(meta, 'name') === 'robots');
    expect(robots(feedPage)).toEqual([]);
    expect(robots(renderFeedPage({ ...editionOf(FULL), noindex: true }))).toHaveLength(1);
    expect(robots(renderFeedPage(editionOf(FULL, EPISODE)))).toHaveLength(1);
  });

  it('show on the front page no item that is not to be found', () => {
    const front = (...editions: Edition[]) => renderIndexPage(editions, { publicUrl: EDITION.publicUrl });
    expect(front(editionOf(RECEIVED, EPISODE))).not.toContain(EPISODE.permalink);
    const hidden = { ...second, noindex: true };
    expect(front(editionOf(RECEIVED), hidden)).not.toContain(FULL.permalink);
    expect(front(editionOf(RECEIVED), hidden)).not.toContain('noindex');
    expect(front(hidden)).toContain('<meta name="robots" content="noindex">');
  });

  it('send readers out without a handle on us', () => {
    const outside = [...named(feedPage, 'a'), ...named(indexPage, 'a')].filter(
      (link) => /^https?:/.test(attribute(link, 'href') ?? '') && !isInNote(link),
    );
    expect(outside.length).toBeGreaterThan(5);
    for (const link of outside) expect(attribute(link, 'rel')).toBe('noopener nofollow');
  });

  it('let no name in a byline turn the direction of what stands beside it', () => {
    const turned = {
      ...FULL.attribution,
      authors: [{ name: '\u202eMara' }, { name: 'עדה' }],
      rights: undefined,
    };
    const [byline] = bylinesIn(renderFeedPage(editionOf({ ...FULL, attribution: turned })));
    const names = elementsOf(byline?.childNodes ?? []).filter(({ tagName }) => tagName === 'bdi');
    expect(names.map((element) => (element.childNodes[0] as { value?: string }).value)).toEqual([
      'Harbour News',
      '\u202eMara',
      'עדה',
    ]);
  });

  it('announce the feed in its formats, by relative addresses', () => {
    const announced = named(feedPage, 'link').filter((link) => attribute(link, 'rel') === 'alternate');
    expect(announced.map((link) => [attribute(link, 'href'), attribute(link, 'type')])).toEqual([
      ['../feeds/city.rss', 'application/rss+xml'],
      ['../feeds/city.atom', 'application/atom+xml'],
      ['../feeds/city.json', 'application/feed+json'],
    ]);
    expect(named(indexPage, 'a').map((link) => attribute(link, 'href'))).toContain('feeds/second.atom');
  });

  it('show every item with its note', () => {
    expect(named(feedPage, 'article')).toHaveLength(4);
    expect(feedPage).toContain(FULL.note.html);
    expect(feedPage).toContain('The First, via Harbour News');
  });

  it('show a text in the direction of its language, whatever its note begins with', () => {
    const note = { ...FULL.note, position: 'before' as const };
    const directionIn = (language: string | undefined) =>
      /<div class="body e-content"[^>]* dir="(\w+)">/.exec(
        renderFeedPage(editionOf({ ...FULL, note, language })),
      )?.[1];
    expect(['he', 'ar-EG', 'fa', 'az-Arab', 'UR'].map(directionIn)).toEqual(Array(5).fill('rtl'));
    expect(['en', 'az', 'he-Latn', 'arn', undefined].map(directionIn)).toEqual(Array(5).fill('auto'));
  });

  it('say the rights and licences of an item that its note leaves out, and none twice', () => {
    const rights = '© Mara <& others>';
    const license = 'https://creativecommons.org/licenses/by/4.0/';
    const item = { ...FULL, attribution: { ...FULL.attribution, rights, licenses: [license] } };
    const linesOf = (note: Partial<typeof FULL.note>) =>
      /<p class="rights">.*/.exec(
        renderFeedPage(editionOf({ ...item, note: { ...FULL.note, ...note } })),
      )?.[0];
    const statement = '<bdi>© Mara &lt;&amp; others&gt;</bdi>';
    const link = `<a href="${license}" rel="noopener nofollow">CC BY 4.0</a>`;
    const html = `<p>© Mara &lt;&amp; others&gt;, <a href="${license}">CC BY 4.0</a></p>`;
    expect(linesOf({ position: 'none', html })).toBe(`<p class="rights">${statement} · ${link}</p>`);
    expect(linesOf({ position: 'after', html: '<p>© Mara &lt;&amp; others&gt;</p>' })).toBe(
      `<p class="rights">${link}</p>`,
    );
    expect(linesOf({ position: 'after', html })).toBeUndefined();
  });

  it('lead to the status where whoever reads them may see it', () => {
    const { publicUrl } = EDITION;
    expect(indexPage).toContain('href="status.html"');
    expect(renderIndexPage([], { publicUrl, leadsToStatus: false })).not.toContain('status.html');
    expect(renderCreditsPage({ contactUrl: undefined, sources: [] }, false)).not.toContain('status.html');
    expect(feedPage).not.toContain('status.html');
  });

  it('hand no private feed to readers on the web', () => {
    expect(feedPage).toContain('feedly.com');
    expect(renderFeedPage({ ...editionOf(FULL), isPrivate: true })).not.toContain('feedly.com');
    const local = { ...editionOf(FULL), publicUrl: 'http://localhost:8080/' };
    expect(renderFeedPage(local)).not.toContain('feedly.com');
  });

  it('list the newest items of each feed on the front page, fewer where there are many feeds', () => {
    const datesIn = (page: string) => named(page, 'time').map((time) => attribute(time, 'datetime'));
    expect(datesIn(indexPage)).toEqual([FULL, RECEIVED, HOSTILE, FULL, BARE].map((item) => item.publishedAt));
    const many = Array.from({ length: 60 }, (_, place) => ({
      ...editionOf(BARE, FULL, RECEIVED),
      feedId: feedId(`feed-${place}`),
    }));
    const page = renderIndexPage(many, { publicUrl: EDITION.publicUrl });
    expect(datesIn(page)).toEqual(many.map(() => FULL.publishedAt));
  });
});
