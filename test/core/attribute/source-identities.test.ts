import { describe, expect, it } from 'vitest';
import { type DescribedSource, identitiesOf } from '../../../src/core/attribute/source-identities.ts';
import type { Source } from '../../../src/model/config.ts';
import type { FeedDescription } from '../../../src/model/item.ts';
import { buildSource } from '../build-item.ts';
import { aFeed } from './samples.ts';

function described(
  id: string,
  feed: Partial<FeedDescription>,
  source: Partial<Source> = {},
): DescribedSource {
  return { source: buildSource(id, source), feed: aFeed({ siteUrl: undefined, ...feed }) };
}

const hostsOf = (...sources: readonly DescribedSource[]) => Object.fromEntries(identitiesOf(sources).hosts);
const withoutId = (...sources: readonly DescribedSource[]) => [...identitiesOf(sources).withoutId];

describe('two sources of one name', () => {
  const victim = described('victim', { title: 'Harbour News', siteUrl: 'https://www.victim.example/' });

  it('are told apart: who is elsewhere than it says has its host beside the name', () => {
    const thief = described('thief', { title: 'Harbour  NEWS', siteUrl: 'https://victim.example/' });
    expect(hostsOf(thief, victim)).toEqual({ thief: 'thief.example' });
    const hidden = described('thief', { title: 'Har\u200bbour News' });
    expect(hostsOf(hidden, victim)).toEqual({ thief: 'thief.example' });
  });

  it('leave it to the first of the configuration where each has a site of its own, or none has', () => {
    const other = described('other', { title: 'Harbour News', siteUrl: 'https://other.example/' });
    expect(hostsOf(victim, other)).toEqual({ other: 'other.example' });
    expect(hostsOf(other, victim)).toEqual({ victim: 'victim.example' });
    const [a, b] = ['a', 'b'].map((id) => described(id, { title: 'X', siteUrl: 'https://site.example/' }));
    if (a !== undefined && b !== undefined) expect(hostsOf(a, b)).toEqual({ b: 'b.example' });
  });

  it('keep it where the operator gave it, and are one where they are of one site', () => {
    const named = described('named', { title: 'X' }, { name: 'Harbour News' });
    expect(hostsOf(described('thief', { title: 'Harbour News' }), named)).toEqual({ thief: 'thief.example' });
    const comments = described(
      'feeds',
      { title: 'Harbour News' },
      { feedUrl: 'https://victim.example/comments' },
    );
    expect(hostsOf(victim, comments)).toEqual({});
    expect(hostsOf(victim, described('b', { title: 'Other' }), described('c', { title: undefined }))).toEqual(
      {},
    );
  });

  it('give no secret address away', () => {
    const secret = { feedUrl: 'https://secret-host.example/?token=x', feedUrlIsSecret: true };
    expect(hostsOf(victim, described('hidden', { title: 'Harbour News' }, secret))).toEqual({
      hidden: 'hidden',
    });
  });
});

describe('one feed id at two sources', () => {
  it('is that of the site that it names, else of the first', () => {
    const id = 'tag:victim.example,2020:feed';
    expect(withoutId(described('thief', { id }), described('victim', { id }))).toEqual(['thief']);
    expect(withoutId(described('a', { id: 'urn:x' }), described('b', { id: 'urn:x' }))).toEqual(['b']);
    expect(withoutId(described('a', { id: 'urn:x' }), described('b', { id: 'urn:y' }))).toEqual([]);
  });
});
