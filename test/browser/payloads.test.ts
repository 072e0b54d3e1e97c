// Every payload in a browser without any Content-Security-Policy: made safe, none runs a script and none asks for anything but
// what pictures and media of other hosts are; as it is, many do, which shows that the browser would notice.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sanitizeHtml } from '../../src/core/sanitize/sanitize.ts';
import { PAYLOADS } from '../core/sanitize/payloads.ts';
import { chromiumIsMissing, launchChromium } from './chromium.ts';

const PAGE = 'http://page.example/';
/** What a reader may load: pictures and media of public hosts. */
/** So many on one page, as items on a river of news. */
const TOGETHER = 20;
const LOADED = new Set(['image', 'media']);

describe.skipIf(chromiumIsMissing)('payloads in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  /** Shows each as the body of a page of its own, and tells which ran something or asked for something else. */
  async function caught(documents: readonly string[]): Promise<string[]> {
    const page = await browser.newPage();
    let body = '';
    let outside: string[] = [];
    await page.route('**/*', (route) => {
      const request = route.request();
      const url = request.url();
      if (url === PAGE && request.isNavigationRequest() && request.frame() === page.mainFrame()) {
        return route.fulfill({ contentType: 'text/html; charset=utf-8', body });
      }
      if (!LOADED.has(request.resourceType()) || /\/\/(?:evil|127|10\.|192\.168|localhost)/.test(url))
        outside.push(url);
      return route.abort();
    });
    page.on('dialog', (dialog) => dialog.dismiss());
    const found: string[] = [];
    for (const html of documents) {
      body = `<!doctype html><meta charset="utf-8"><title>t</title><body>${html}`;
      outside = [];
      await page.goto(PAGE, { waitUntil: 'load' }).catch(() => undefined);
      if ((await ran(page)) || outside.length > 0) found.push(html);
    }
    await page.close();
    return found;
  }

  it('run nothing and load nothing of their own once made safe', async () => {
    const safe = PAYLOADS.map(({ html }) => sanitizeHtml(html));
    const pages = Array.from({ length: Math.ceil(safe.length / TOGETHER) }, (_, index) =>
      safe.slice(index * TOGETHER, (index + 1) * TOGETHER),
    );
    expect(await caught(pages.map((page) => page.join('<hr>')))).toEqual([]);
  });

  it('would run and load, as they are', async () => {
    const some = PAYLOADS.filter(({ kind }, index) => kind !== 'scheme' && index % 4 === 0);
    const found = await caught(some.map(({ html }) => html));
    expect(found.length).toBeGreaterThan(some.length / 5);
  });
});

/** Touches what waits to be touched: pointers over every element, clicks on links that would run something. */
const TOUCH = `(async () => {
  for (const element of document.querySelectorAll('body *')) {
    for (const type of ['mouseover', 'mouseenter', 'pointerover', 'focus', 'toggle', 'scroll'])
      element.dispatchEvent(new Event(type, { bubbles: true }));
    if (element.protocol === 'javascript:') element.click();
  }
  await new Promise((resolve) => setTimeout(resolve, 5));
  return globalThis.hit === 1;
})()`;

function ran(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(TOUCH).catch(() => true);
}
