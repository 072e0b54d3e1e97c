import { expect, it } from 'vitest';
import { OUTPUT_FORMATS, type OutputWriter } from '../../src/core/render/output-formats.ts';
import type { Edition, EditionItem } from '../../src/model/edition.ts';
import { droppedWords, renderEdition } from '../../src/pipeline/render-edition.ts';
import { at } from '../core/build-item.ts';
import { EDITION, editionOf, FULL } from '../core/render/sample-editions.ts';

const NOW = at('2026-11-20T12:00:00Z');
const ids = (edition: Edition) => edition.items.map((item) => item.id);

const poisoned = editionOf(
  ...Array.from({ length: 100 }, (_, n) => ({
    ...FULL,
    id: `urn:x-test:${n}` as EditionItem['id'],
    title: n === 50 ? 'poison' : `Item ${n}`,
  })),
);

/** A writer with a mistake: it breaks on one title. */
function breaking(writer: OutputWriter, how: (text: string) => string): OutputWriter {
  return {
    ...writer,
    render: (edition) =>
      edition.items.some((item) => item.title === 'poison')
        ? how(writer.render(edition))
        : writer.render(edition),
  };
}

it.each([
  [
    'makes a writer throw',
    () => {
      throw new Error('cannot write this');
    },
  ],
  ['makes a document that is not well-formed', (text: string) => text.replace('poison', 'poison & <')],
  ['forges an item', (text: string) => text.replace('</item>', '</item><item><title>forged</title></item>')],
] as const)('leaves out the one item that %s, and keeps the other 99 in every format', async (_what, how) => {
  const writers = OUTPUT_FORMATS.map((writer) => (writer.format === 'rss' ? breaking(writer, how) : writer));
  const rendered = await renderEdition(poisoned, new Map(), NOW, writers);
  expect(rendered.edition.items).toHaveLength(99);
  expect(ids(rendered.edition)).not.toContain('urn:x-test:50');
  expect(rendered.dropped.map(droppedWords)).toEqual([expect.stringMatching(/^urn:x-test:50: rss: /)]);
  expect(rendered.renditions).toHaveLength(4);
});

it('throws where no item can be named, so that the last good document stays', async () => {
  const writers = OUTPUT_FORMATS.map((writer) => ({ ...writer, render: () => 'nothing of a feed' }));
  await expect(renderEdition(editionOf(), new Map(), NOW, writers)).rejects.toMatchObject({
    code: 'bad-rendition',
  });
});

it('keeps the rendition that is in place where its bytes are the same', async () => {
  const first = await renderEdition(EDITION, new Map(), NOW);
  const site = new Map(first.renditions.map((rendition) => [rendition.path, rendition]));
  const second = await renderEdition(EDITION, site, at('2026-11-21T12:00:00Z'));
  expect(second.renditions.every((rendition, place) => rendition === first.renditions[place])).toBe(true);
});
