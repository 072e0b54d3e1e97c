// The wording of notes where the configuration gives none. Parts in [ … ] go when a value in them is missing.
import type { AttributionWording } from './config.ts';

export const DEFAULT_WORDING: AttributionWording = {
  position: 'after',
  template:
    '<p class="attribution">[{categories} · ]Source: <a href="{permalink}">{source}</a>' +
    '[ · Author: {author}][ · Published: {published}][<br>{rights}][<br>{copyright}]</p>',
  copyright: 'Copyright for syndicated content belongs to the linked source.',
};
