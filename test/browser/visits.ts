// Visits of pages in Chromium, with everything told that a page should not do.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** In place of every picture of a publisher's. */
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="675"><rect width="1200" height="675" fill="#8ab"/></svg>';

export interface Visit extends AsyncDisposable {
  readonly page: Page;
  /** What it said on the console, threw, or asked of another host that is no picture or media of an item. */
  readonly faults: string[];
}

export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext(options);
  const faults: string[] = [];
  const { origin } = new URL(url);
  await context.route(
    (target) => target.origin !== origin,
    (route) => {
      const type = route.request().resourceType();
      if (type === 'image') return route.fulfill({ contentType: 'image/svg+xml', body: PICTURE });
      if (type !== 'media') faults.push(`asks for ${route.request().url()}`);
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.on('console', (message) => faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`throws: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`asks: ${dialog.message()}`);
    return dialog.dismiss();
  });
  await page.goto(url, { waitUntil: 'load' });
  return { page, faults, [Symbol.asyncDispose]: () => context.close() };
}

/** What axe-core finds that keeps people out, as `rule: element`. */
export async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate<string[]>(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 200))))`);
}

/** How far the page can be moved sideways, in CSS pixels. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>(
    'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)',
  );
}

/** Sum of all layout shifts from its first paint to its end, read to the last line. */
export async function layoutShift(page: Page): Promise<number> {
  return page.evaluate<number>(`(async () => {
    let sum = 0;
    new PerformanceObserver((list) => { for (const { value } of list.getEntries()) sum += value; }).observe({ type: 'layout-shift', buffered: true });
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) { scrollTo(0, y); await frame(); }
    await Promise.all([...document.images].map((image) => image.complete || new Promise((resolve) => image.addEventListener('load', resolve, { once: true }))));
    await frame(); await frame();
    return sum;
  })()`);
}
