// A digest of each document of one edition, for processes of other time zones and languages to be compared.
import { createHash } from 'node:crypto';
import { renderIndexPage } from '../../../src/core/render/index-page.ts';
import { OUTPUT_FORMATS } from '../../../src/core/render/output-formats.ts';
import { BARE, EDITION, EPISODE, editionOf, FULL, HOSTILE, RECEIVED } from './sample-editions.ts';

const edition = editionOf(FULL, EPISODE, RECEIVED, BARE, HOSTILE);
const texts = [
  ...OUTPUT_FORMATS.map(({ render }) => render(edition)),
  renderIndexPage([edition], { publicUrl: EDITION.publicUrl }),
];
for (const text of texts) console.log(createHash('sha256').update(text).digest('hex'));
