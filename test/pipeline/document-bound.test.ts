import { expect, it } from 'vitest';
import { DOCUMENT_BYTES_MAX } from '../../src/core/render/document-bound.ts';
import type { EditionItem } from '../../src/model/edition.ts';
import { sourceId } from '../../src/model/ids.ts';
import { droppedWords, renderEdition } from '../../src/pipeline/render-edition.ts';
import { at } from '../core/build-item.ts';
import { editionOf, FULL } from '../core/render/sample-editions.ts';

const NOW = at('2026-11-20T12:00:00Z');

function manyItems(count: number, contentHtml: string): EditionItem[] {
  return Array.from({ length: count }, (_, n) => ({
    ...FULL,
    id: `urn:x-test:${n}` as EditionItem['id'],
    contentHtml,
  }));
}

it.each([
  ['plain text', `<p>${'a'.repeat(262_000)}</p>`],
  ['what is escaped at its longest', '<i></i>&amp;'.repeat(262_000 / 12)],
  ['three bytes for each character', `<p>${'語'.repeat(262_000)}</p>`],
])('leaves the oldest of 500 long items out of every document: %s', async (_, contentHtml) => {
  const { edition, renditions, dropped } = await renderEdition(
    editionOf(...manyItems(500, contentHtml)),
    new Map(),
    NOW,
  );
  for (const { body } of renditions) {
    expect(body.length).toBeLessThanOrEqual(DOCUMENT_BYTES_MAX);
  }
  const json = JSON.parse(Buffer.from(renditions[2]?.body ?? '').toString());
  for (const item of json.items) expect(item.content_html).toBe(`${contentHtml}${FULL.note.html}`);
  const count = edition.items.length;
  expect(json.items).toHaveLength(count);
  expect(count).toBeGreaterThan(3);
  expect(edition.items.map((item) => item.id)).toEqual(manyItems(count, '').map((item) => item.id));
  expect(dropped.map(droppedWords)).toEqual([
    `${500 - count} of the older items: over ${DOCUMENT_BYTES_MAX} bytes in one document`,
  ]);
});

it('fills a document as far as it goes', async () => {
  const items = manyItems(40, '<p>short</p>');
  const whole = await renderEdition(editionOf(...items), new Map(), NOW);
  const longest = Math.max(...whole.renditions.map(({ body }) => body.length));
  const cut = await renderEdition(editionOf(...items), new Map(), NOW, undefined, longest - 1);
  expect([whole.edition.items.length, cut.edition.items.length]).toEqual([40, 39]);
  expect(whole.dropped).toEqual([]);
});

it('leaves each source its newest where another is all long texts', async () => {
  const loud = manyItems(100, `<p>${'a'.repeat(200_000)}</p>`);
  const quiet = manyItems(20, '<p>short</p>').map((item, n) => ({
    ...item,
    id: `urn:x-test:quiet-${n}` as EditionItem['id'],
    attribution: { ...item.attribution, sourceId: sourceId(`quiet-${n % 10}`) },
  }));
  const { edition, renditions } = await renderEdition(editionOf(...loud, ...quiet), new Map(), NOW);
  const ids = edition.items.map((item) => item.id);
  for (let n = 0; n < 10; n += 1) expect(ids).toContain(`urn:x-test:quiet-${n}`);
  expect(ids.filter((id) => !id.includes('quiet')).length).toBeGreaterThan(15);
  const order = [...loud, ...quiet].map((item) => item.id);
  expect(ids).toEqual(order.filter((id) => ids.includes(id)));
  for (const { body } of renditions) expect(body.length).toBeLessThanOrEqual(DOCUMENT_BYTES_MAX);
});
