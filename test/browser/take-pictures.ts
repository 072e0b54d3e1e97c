// Takes the pictures of the documentation: node scripts/node24.mjs test/browser/take-pictures.ts
// The sample site as `once` writes it, in light and dark. Look at each before it is committed.
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT, run, temporaryFolder } from '../e2e/tributary.ts';
import { launchChromium } from './chromium.ts';
import { fileServer } from './sample-site.ts';

const PICTURES = path.join(ROOT, 'docs/pictures');
const PAGES = [
  { name: 'front', path: '', open: true, width: 900, height: 800 },
  { name: 'river', path: 'feeds/city.html', open: false, width: 900, height: 1150 },
  { name: 'status', path: 'status.html', open: false, width: 1200, height: 680 },
  { name: 'phone', path: 'feeds/city.html', open: false, width: 360, height: 720 },
] as const;
/** The publisher's photograph is as made up as the city. */
const FERRY = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="600" viewBox="0 0 1200 600">
<linearGradient id="sky" x2="0" y2="1"><stop stop-color="#243b5a"/><stop offset=".75" stop-color="#d98a5f"/></linearGradient>
<rect width="1200" height="600" fill="url(#sky)"/><path d="M0 400h1200v200H0z" fill="#16283b"/>
<path d="M300 380h560l-60 70H360z" fill="#0b1622"/><path d="M430 310h280v70H430z" fill="#efe3c6"/><path d="M520 260h90v50h-90z" fill="#efe3c6"/>
<path d="M450 330h30v20h-30zm60 0h30v20h-30zm60 0h30v20h-30zm60 0h30v20h-30z" fill="#f2b950"/></svg>`;

await using folder = await temporaryFolder();
const sample = await readFile(path.join(ROOT, 'config/tributary.yaml'), 'utf8');
const config = await folder.write(
  'tributary.yaml',
  sample
    .replace('# publicUrl: https://feeds.example.org/', 'publicUrl: https://feeds.port-elsin.example/')
    .replaceAll('./samples/', `${path.join(ROOT, 'config/samples')}/`),
);
const ended = await run(['once', '--config', config, '--out', folder.file('site')], {
  TRIBUTARY_DATA: folder.file('data'),
});
if (ended.code !== 0) throw new Error(ended.stderr);
const files = await fileServer(folder.file('site'));
const browser = await launchChromium();
await mkdir(PICTURES, { recursive: true });
for (const colorScheme of ['light', 'dark'] as const) {
  const context = await browser.newContext({ colorScheme });
  await context.route(
    (url) => !url.href.startsWith(files.url),
    (route) => route.fulfill({ contentType: 'image/svg+xml', body: FERRY }),
  );
  const page = await context.newPage();
  for (const { name, path: at, open, width, height } of PAGES) {
    await page.setViewportSize({ width, height });
    await page.goto(files.url + at, { waitUntil: 'networkidle' });
    if (open) await page.locator('summary').first().click();
    await page.screenshot({ path: path.join(PICTURES, `${name}-${colorScheme}.png`) });
  }
  await context.close();
}
await browser.close();
await files.close();
