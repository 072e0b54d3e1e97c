import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { POLL_WHYS } from '../../src/model/poll-record.ts';
import { REASON_WORDS } from '../../src/model/reason-words.ts';

/** The codes in the first column of the first table after a heading of docs/OPERATING.md. */
function codesUnder(heading: string): readonly string[] {
  const text = readFileSync(new URL('../../docs/OPERATING.md', import.meta.url), 'utf8');
  const lines = text.slice(text.indexOf(`\n${heading}\n`)).split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const rows = lines.slice(first).slice(
    2,
    lines.slice(first).findIndex((line) => !line.startsWith('|')),
  );
  return rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([a-z0-9-]+)`/g)].map(([, code = '']) => code),
  );
}

describe('what an operator is told', () => {
  it('has words for every reason that is documented, and documents every reason that has words', () => {
    expect(codesUnder('### Reasons of failed polls').toSorted()).toEqual([...REASON_WORDS.keys()].toSorted());
  });

  it('documents every word that decides when a source is polled', () => {
    expect(codesUnder('## When a source is polled').toSorted()).toEqual([...POLL_WHYS].toSorted());
  });
});
