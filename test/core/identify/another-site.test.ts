import { describe, expect, it } from 'vitest';
import { isAnotherSite, type SiteIdentity } from '../../../src/core/identify/another-site.ts';

const was: SiteIdentity = {
  title: 'Harbour News',
  siteUrl: 'https://harbour.example/',
  selfUrl: 'https://harbour.example/feed',
};
const other: SiteIdentity = {
  title: 'Casino',
  siteUrl: 'https://casino.example/',
  selfUrl: 'https://casino.example/feed',
};

describe('another site', () => {
  it.each<[string, Partial<SiteIdentity>, boolean]>([
    ['everything changes', other, true],
    ['nothing does', {}, false],
    ['the title alone', { title: other.title }, false],
    ['title and site', { title: other.title, siteUrl: other.siteUrl }, false],
    ['site and self: it moved', { siteUrl: other.siteUrl, selfUrl: other.selfUrl }, false],
    ['the title’s letters and spaces', { ...other, title: ' HARBOUR  news' }, false],
    [
      'to a subdomain',
      {
        title: 'The News',
        siteUrl: 'https://www.harbour.example/',
        selfUrl: 'https://blog.harbour.example/feed',
      },
      false,
    ],
    ['the site is not told any more', { ...other, siteUrl: undefined }, false],
    ['self is not told any more', { ...other, selfUrl: undefined }, false],
  ])('%s', (_what, now, expected) => {
    expect(isAnotherSite(was, { ...was, ...now })).toBe(expected);
  });

  it('goes by title and site where neither names an address of its own', () => {
    const { selfUrl: _was, ...before } = was;
    const { selfUrl: _is, ...now } = other;
    expect(isAnotherSite(before, now)).toBe(true);
    expect(isAnotherSite(before, other)).toBe(false);
  });
});
