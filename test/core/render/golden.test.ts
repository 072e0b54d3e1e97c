// Whole documents, reviewed by eye. To renew them after a wanted change: UPDATE_GOLDEN=1 npm test -- test/core/render/golden
// and read the difference before it is committed.
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderIndexPage } from '../../../src/core/render/index-page.ts';
import { OUTPUT_FORMATS } from '../../../src/core/render/output-formats.ts';
import { BARE, EDITION, EPISODE, editionOf, FULL, HOSTILE, RECEIVED } from './sample-editions.ts';

const edition = editionOf(FULL, EPISODE, RECEIVED, BARE, HOSTILE);

function expectGolden(name: string, text: string): void {
  const file = new URL(`../../fixtures/render/${name}`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

describe('golden documents', () => {
  for (const { extension, render } of OUTPUT_FORMATS) {
    it(`are what they were: city.${extension}`, () => {
      expectGolden(`city.${extension}`, render(edition));
    });
  }

  it('are what they were: index.html', () => {
    expectGolden('index.html', renderIndexPage([edition], { publicUrl: EDITION.publicUrl }));
  });

  it('are the same bytes for the same edition', () => {
    for (const { render } of OUTPUT_FORMATS) expect(render(structuredClone(edition))).toBe(render(edition));
  });
});
