// Our pages in a browser: as `serve` serves them and as `once` writes them.

import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumIsMissing, launchChromium } from './chromium.ts';
import { HOSTILE_ITEMS, RIVER_ITEMS, type SampleSite, sampleSite, TOKEN } from './sample-site.ts';
import { barriers, layoutShift, overflow, visit } from './visits.ts';

const WIDE = { width: 1280, height: 800 };
/** The narrowest that WCAG 2.2 asks for (1.4.10). */
const NARROW = { width: 320, height: 640 };
const VIEWS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [WIDE, NARROW].map((viewport) => ({ colorScheme, viewport })),
);
const LIST = 'feeds/river/archive/';
const PAGES = [
  '',
  'feeds/city.html',
  'feeds/mina.html',
  'feeds/river.html',
  'feeds/empty.html',
  LIST,
  'credits.html',
  'status.html',
];
const SHIFT_MAX = 0;

describe.skipIf(chromiumIsMissing)('our pages', () => {
  let browser: Browser;
  let site: SampleSite;
  beforeAll(async () => {
    [browser, site] = await Promise.all([launchChromium(), sampleSite()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  it.each(PAGES)('are sound in light and dark, narrow and wide: /%s', async (path) => {
    await using visited = await visit(browser, `${site.served}${path}`);
    const { page, faults } = visited;
    for (const { colorScheme, viewport } of VIEWS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      expect([colorScheme, viewport, await overflow(page)]).toEqual([colorScheme, viewport, 0]);
      // Each colour once, each width once.
      if ((viewport === WIDE) === (colorScheme === 'light'))
        expect([colorScheme, await barriers(page)]).toEqual([colorScheme, []]);
    }
    expect(faults).toEqual([]);
  });

  it('would be told of what keeps people out', async () => {
    await using visited = await visit(browser, `${site.served}feeds/city.html`);
    const { page } = visited;
    await page.evaluate(
      'document.querySelector(".filters label").replaceWith(document.querySelector(".filters select"))',
    );
    await page.evaluate('document.querySelector(".lead").style.color = "#eee"');
    expect((await barriers(page)).map((each) => each.split(':', 1)[0])).toEqual([
      'color-contrast',
      'select-name',
    ]);
  });

  it('lead to each other and out, by links that are there: over HTTP and as files', async () => {
    for (const root of [site.served, site.fixed]) {
      const seen = new Map<string, number>();
      const waiting = [root];
      for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
        if (seen.has(url)) continue;
        const answer = await fetch(url);
        seen.set(url, answer.status);
        if (!answer.headers.get('content-type')?.startsWith('text/html')) continue;
        const from = url;
        const html = await answer.text();
        for (const [, href = ''] of html.matchAll(/ (?:href|src)="([^"#]+)"/g)) {
          const target = new URL(href.replaceAll('&amp;', '&'), from);
          expect(target.pathname).not.toContain('/items/');
          if (target.origin === new URL(root).origin) waiting.push(target.href);
        }
      }
      expect([...seen].filter(([, status]) => status !== 200)).toEqual([]);
      const paths = [...seen.keys()].map((url) => url.slice(root.length));
      expect(paths).toEqual(
        expect.arrayContaining([
          ...PAGES,
          'feeds/city.rss',
          'feeds.opml',
          'icon.svg',
          'style.css',
          'page.js',
          'status.json',
        ]),
      );
      expect(
        paths.filter((path) => /^feeds\/river\/archive\/\d{4}-\d\d(?:-\d)?\.html$/.test(path)).length,
      ).toBeGreaterThan(0);
    }
  });

  it('look the same as files, from a web host and from a disk', async () => {
    const background = 'getComputedStyle(document.body).backgroundColor';
    await using served = await visit(browser, `${site.served}feeds/city.html`);
    const expected = await served.page.evaluate(background);
    expect(expected).not.toBe('rgba(0, 0, 0, 0)');
    for (const root of [site.fixed, `${pathToFileURL(site.folder).href}/`]) {
      await using visited = await visit(browser, `${root}feeds/city.html`);
      expect(await visited.page.evaluate(background)).toBe(expected);
      expect(visited.faults).toEqual([]);
      expect(await visited.page.locator('.filters option').count()).toBeGreaterThan(5);
    }
  });

  it('are from right to left where the feed is', async () => {
    await using visited = await visit(browser, `${site.served}feeds/mina.html`, { viewport: WIDE });
    const { page } = visited;
    expect(await page.evaluate('getComputedStyle(document.body).direction')).toBe('rtl');
    const boxes = await page.evaluate<{ start: number; picture: number }>(`({
      start: document.querySelector('.item h2[lang=ar] a').getBoundingClientRect().right,
      picture: document.querySelector('main').getBoundingClientRect().right })`);
    expect(boxes.picture - boxes.start).toBeLessThan(30);
    expect(await page.locator('.note').first().textContent()).toContain('المصدر');
  });

  describe('subscribing', () => {
    const ADDRESS = 'https://feeds.example.org/feeds/city.rss';

    it.each([
      ['with a clipboard', ''],
      ['without one, as over plain http', 'delete Navigator.prototype.clipboard'],
    ])('copies the feed’s address %s', async (_, before) => {
      const url = `${site.served}feeds/city.html`;
      await using visited = await visit(browser, url, { permissions: ['clipboard-read', 'clipboard-write'] });
      const { page, faults } = visited;
      await using reader = await visit(browser, url, { permissions: ['clipboard-read', 'clipboard-write'] });
      await reader.page.evaluate('navigator.clipboard.writeText("before")');
      await page.bringToFront();
      await page.evaluate(before);
      await page.getByText('Subscribe').click();
      await page.getByRole('button', { name: 'Copy' }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await page.locator('.said[role=status]').textContent()).toBe('Copied');
      await reader.page.bringToFront();
      expect(await reader.page.evaluate('navigator.clipboard.readText()')).toBe(ADDRESS);
      await page.getByRole('button', { name: 'Copy', exact: true }).waitFor();
      expect(faults).toEqual([]);
    });

    it('hands the address to readers by links alone', async () => {
      await using visited = await visit(browser, site.served);
      const hrefs = await visited.page
        .locator('.readers')
        .first()
        .locator('a')
        .evaluateAll((links) => links.map((link) => (link as unknown as { href: string }).href));
      expect(hrefs[0]).toBe(`feed:${ADDRESS}`);
      expect(hrefs.length).toBeGreaterThan(3);
      for (const href of hrefs.slice(1))
        expect(decodeURIComponent(href)).toMatch(new RegExp(`^https://.+${ADDRESS}$`));
    });

    it('opens by the keyboard, from the first key on', async () => {
      await using visited = await visit(browser, `${site.served}feeds/city.html`);
      const { page } = visited;
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.className')).toBe('skip');
      expect(
        await page.evaluate('document.activeElement.getBoundingClientRect().top'),
      ).toBeGreaterThanOrEqual(0);
      for (let key = 0; key < 3; key += 1) await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.value')).toBe(ADDRESS);
      expect(await page.evaluate('getSelection().toString()')).toBe(ADDRESS);
    });
  });

  it('of a private feed hand its token on to its own documents alone', async () => {
    const query = `?${new URLSearchParams({ token: TOKEN })}`;
    await using visited = await visit(browser, `${site.served}feeds/board.html${query}`);
    const { page, faults } = visited;
    expect(await (await fetch(page.url())).text()).not.toMatch(/a-word|feedly/);
    expect(await page.locator('.address input').inputValue()).toBe(
      `https://feeds.example.org/feeds/board.rss${query}`,
    );
    const hrefs: string[] = await page.evaluate('[...document.links].map((link) => link.href)');
    const told = hrefs.filter((href) => href.includes('token'));
    expect(told.length).toBeGreaterThan(5);
    for (const href of told) expect(href).toContain('/feeds/board');
    await page.locator('.older a').first().click();
    await page.waitForURL('**/archive/*.html?token=*');
    expect(await page.locator('.item').count()).toBeGreaterThan(0);
    await page.locator('.up a').first().click();
    await page.waitForURL('**/feeds/board.html?token=*');
    expect(faults).toEqual([]);
  });

  describe('the river', () => {
    it('is narrowed by source and category, at an address that can be passed on', async () => {
      const url = `${site.fixed}feeds/city.html`;
      await using visited = await visit(browser, url);
      const { page } = visited;
      const shown = () => page.locator('.item:visible h2').allTextContents();
      const all = await shown();
      await page.getByRole('combobox', { name: 'Source' }).selectOption('Tram Notes');
      const some = await shown();
      expect(some.length).toBeGreaterThan(0);
      expect(some.length).toBeLessThan(all.length);
      expect(await page.locator('.filters output').textContent()).toBe(`${some.length} / ${all.length}`);
      expect(page.url()).toBe(`${url}#source=Tram+Notes`);

      await page.getByRole('combobox', { name: 'Category' }).selectOption('Radio');
      expect(await shown()).toEqual([]);
      expect(await page.getByText('No item is of both.').isVisible()).toBe(true);
      await page.getByRole('combobox', { name: 'Source' }).selectOption('');
      expect(await shown()).toEqual(['Harbour radio, episode 12: the lamp keeper']);

      await using second = await visit(browser, page.url());
      expect(await second.page.locator('.item:visible').count()).toBe(1);
      await page.getByRole('combobox', { name: 'Category' }).selectOption('');
      expect(await shown()).toEqual(all);
      expect(page.url()).toBe(url);
    });

    it('is whole without JavaScript, and offers nothing that needs it', async () => {
      await using visited = await visit(browser, `${site.served}feeds/city.html`, {
        javaScriptEnabled: false,
      });
      const { page } = visited;
      expect(await page.locator('.item:visible').count()).toBe(await page.locator('.item').count());
      expect(await page.locator('.filters').isVisible()).toBe(false);
      await page.getByText('Subscribe').click();
      expect(await page.locator('.address input').isVisible()).toBe(true);
      expect(await page.locator('.copy').isVisible()).toBe(false);
    });

    it('has what is older one step away', async () => {
      await using visited = await visit(browser, `${site.served}feeds/river.html`);
      const { page } = visited;
      const count = await page.locator('.item').count();
      await page.getByRole('link', { name: 'Ältere Beiträge' }).click();
      await page.waitForURL('**/archive/*.html');
      expect(await page.locator('.item').count()).toBeGreaterThan(0);
      expect(count).toBeLessThanOrEqual(RIVER_ITEMS);
      await page.getByRole('link', { name: 'Archive', exact: true }).click();
      expect(await page.locator('.archives > li').count()).toBeGreaterThan(0);
    });

    it.each([WIDE, NARROW])('of a hundred items moves nothing while it is read: %o', async (viewport) => {
      await using visited = await visit(browser, `${site.served}feeds/river.html`, { viewport });
      expect(await layoutShift(visited.page)).toBe(SHIFT_MAX);
    });

    it('would be caught if it moved', async () => {
      await using visited = await visit(browser, `${site.served}feeds/river.html`);
      const { page } = visited;
      await page.evaluate(`new Promise((resolve) => requestAnimationFrame(() => {
        document.querySelector('.item').style.marginTop = '300px';
        requestAnimationFrame(resolve);
      }))`);
      expect(await layoutShift(page)).toBeGreaterThan(0.01);
    });

    it('of a hundred items is small', async () => {
      const html = await (await fetch(`${site.served}feeds/river.html`)).text();
      expect(html.split('<article').length - 1).toBeGreaterThan(RIVER_ITEMS - 20);
      expect(gzipSync(html).byteLength).toBeLessThan(150_000);
      const extra = await Promise.all(
        ['style.css', 'page.js', 'icon.svg'].map(
          async (name) => gzipSync(await (await fetch(site.served + name)).text()).byteLength,
        ),
      );
      expect(extra.reduce((sum, bytes) => sum + bytes)).toBeLessThan(10_000);
    });

    it('is on paper what it says, without what only a screen can do', async () => {
      await using visited = await visit(browser, `${site.served}feeds/city.html`, { colorScheme: 'dark' });
      const { page } = visited;
      await page.emulateMedia({ media: 'print' });
      for (const part of ['nav.site', '.subscribe', '.filters', 'audio'])
        expect([part, await page.locator(part).first().isVisible()]).toEqual([part, false]);
      expect(await page.locator('.item:visible').count()).toBeGreaterThan(5);
      const [red = 255] =
        (await page.evaluate<string>('getComputedStyle(document.body).color')).match(/\d+/g) ?? [];
      expect(Number(red)).toBeLessThan(80);
    });

    it('moves nothing where motion is not wanted', async () => {
      const moving = `[...document.querySelectorAll('*')].filter((element) => getComputedStyle(element).transitionDuration !== '0s').length`;
      await using still = await visit(browser, site.served, { reducedMotion: 'reduce' });
      expect(await still.page.evaluate(moving)).toBe(0);
      await using usual = await visit(browser, site.served, { reducedMotion: 'no-preference' });
      expect(await usual.page.evaluate(moving)).toBeGreaterThan(0);
    });
  });

  it('show the status, narrowed and sorted', async () => {
    await using visited = await visit(browser, `${site.served}status`);
    const { page, faults } = visited;
    const names = () => page.locator('tbody tr:visible th small:last-child').allTextContents();
    const all = await names();
    expect(all[0]).toBe('lost');
    await page.getByRole('combobox', { name: 'Order' }).selectOption('items');
    expect((await names())[0]).toBe('almanac');
    await page.getByRole('combobox', { name: 'Order' }).selectOption('name');
    expect((await names()).slice(0, 3)).toEqual(['hostile', 'lost', 'harbour-news']);
    await page.getByRole('combobox', { name: 'State' }).selectOption('failing');
    expect(await names()).toEqual(['lost']);
    await page.getByRole('combobox', { name: 'State' }).selectOption('');
    await page.getByRole('searchbox', { name: 'Source' }).fill('TRAM');
    expect(await names()).toEqual(['tram-notes']);
    expect(await page.locator('.filters output').textContent()).toBe(`1 / ${all.length}`);
    await page.getByRole('searchbox', { name: 'Source' }).fill('');
    await page.getByRole('combobox', { name: 'Order' }).selectOption('');
    expect(await names()).toEqual(all);
    expect(faults).toEqual([]);
  });

  describe('a script that somebody got into a page', () => {
    const PLANTED =
      '<script>globalThis.hit = 1</script><img src="/none" onerror="globalThis.hit = 1"><script src="https://evil.example/x.js"></script>';

    it.each(['served', 'fixed'] as const)('does not run, %s', async (root) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const refused: string[] = [];
      const asked: string[] = [];
      page.on('console', (message) => refused.push(message.text()));
      await page.route('https://evil.example/**', (route) => {
        asked.push(route.request().url());
        return route.abort();
      });
      await page.route('**/feeds/city.html', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({
          response: answer,
          body: (await answer.text()).replace('<main', `${PLANTED}<main`),
        });
      });
      await page.goto(`${site[root]}feeds/city.html`);
      await page.evaluate(
        'const late = document.createElement("script"); late.textContent = "globalThis.hit = 1"; document.body.append(late)',
      );
      expect(await page.evaluate('globalThis.hit')).toBeUndefined();
      expect(asked).toEqual([]);
      expect(
        refused.filter((text) => text.includes('Content Security Policy')).length,
      ).toBeGreaterThanOrEqual(3);
      await context.close();
    });

    it('would run without the policy', async () => {
      const context = await browser.newContext({ bypassCSP: true });
      const page = await context.newPage();
      await page.goto(`${site.served}feeds/city.html`);
      await page.evaluate(
        'const late = document.createElement("script"); late.textContent = "globalThis.hit = 1"; document.body.append(late)',
      );
      expect(await page.evaluate('globalThis.hit')).toBe(1);
      await context.close();
    });
  });

  it('let hostile items do nothing, and lose none', async () => {
    for (const root of [site.served, site.fixed]) {
      await using visited = await visit(browser, `${root}feeds/hostile.html`, { viewport: NARROW });
      const { page, faults } = visited;
      expect(await page.locator('main > .river > article').count()).toBe(HOSTILE_ITEMS);
      await page.getByRole('combobox', { name: 'Category' }).selectOption({ index: 1 });
      expect(await page.locator('article:visible').count()).toBeLessThan(HOSTILE_ITEMS);
      expect(await page.evaluate('globalThis.hit')).toBeUndefined();
      expect(await page.evaluate('document.querySelectorAll("#_content").length')).toBe(1);
      expect(faults).toEqual([]);
      expect(await overflow(page)).toBe(0);
    }
    await using front = await visit(browser, site.served);
    expect(await front.page.getByText('Hostile').count()).toBeGreaterThan(0);
    expect(await front.page.content()).not.toContain('hostile.example');
  });
});
