import { expect, it } from 'vitest';
import { withoutNote } from '../../../src/core/attribute/declared-note.ts';

const NOTE = '<p>Source: B</p>';

it.each([
  ['at the end', `<p>x</p>${NOTE}`, '<p>x</p>'],
  ['at the beginning', `${NOTE} <p>x</p>`, '<p>x</p>'],
  ['at both, once each', `${NOTE}${NOTE}<p>x</p>${NOTE}`, `${NOTE}<p>x</p>`],
  ['alone', NOTE, ''],
  ['in the middle: not at all', `<p>x</p>${NOTE}<p>y</p>`, `<p>x</p>${NOTE}<p>y</p>`],
  ['in other words: not at all', '<p>x</p><p>Source: C</p>', '<p>x</p><p>Source: C</p>'],
])('takes a declared note off %s', (_, html, expected) => {
  expect(withoutNote(html, NOTE)).toBe(expected);
});

it('takes nothing off where nothing is declared', () => {
  expect(withoutNote('<p>x</p> ', ' ')).toBe('<p>x</p> ');
});
