import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { renderArchiveListPage } from '../../../src/core/render/archive-list-page.ts';
import { renderFeedPage } from '../../../src/core/render/feed-page.ts';
import { counted, voiceOf } from '../../../src/core/render/page-voice.ts';
import { PAGE_LANGUAGES } from '../../../src/core/render/words/page-languages.ts';
import { at, editionOf, FULL, RECEIVED } from './sample-editions.ts';

const LANGUAGES = Object.entries(PAGE_LANGUAGES);
/** Loan words that stand as they are in several languages. */
const textsOf = (words: object): string[] =>
  Object.values(words).flatMap((value) => (typeof value === 'string' ? [value] : textsOf(value)));
const placeholdersOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

describe('the words of our pages', () => {
  it.each(LANGUAGES)('fill the same places in %s as in English', (_, words) => {
    const english = PAGE_LANGUAGES.en;
    const { items, ...others } = words;
    const { items: _items, ...englishOthers } = english;
    expect(textsOf(others).map(placeholdersOf)).toEqual(textsOf(englishOthers).map(placeholdersOf));
    for (const text of textsOf(words)) expect(text).toBe(text.trim());
  });

  it.each(LANGUAGES)('count in every way that %s asks for', (tag, { items }) => {
    const categories = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    expect(Object.keys(items).sort()).toEqual([...categories].sort());
    expect(counted(voiceOf({ language: tag }), items, 7)).toMatch(/7/);
  });

  it('are those of another language in each', () => {
    const all = LANGUAGES.map(([, words]) => textsOf(words).join('\n'));
    expect(new Set(all).size).toBe(LANGUAGES.length);
    expect(LANGUAGES.length).toBeGreaterThanOrEqual(20);
  });
});

describe('a page', () => {
  const pageIn = (language: string | undefined, timezone?: string) =>
    renderFeedPage({ ...editionOf(FULL, RECEIVED), language, timezone });
  const frame = (page: string) => /<html [^>]*>/.exec(page)?.[0];

  it.each([
    ['de-AT', '<html lang="de-AT" dir="ltr">', 'Abonnieren', '19. November 2026'],
    ['ar', '<html lang="ar" dir="rtl">', 'اشترك', '19 نوفمبر 2026'],
    ['he-IL', '<html lang="he-IL" dir="rtl">', 'הרשמה', '19 בנובמבר 2026'],
    ['ja', '<html lang="ja" dir="ltr">', '購読', '2026年11月19日'],
    ['zh-TW', '<html lang="zh-TW" dir="ltr">', '訂閱', '2026年11月19日'],
    ['no', '<html lang="no" dir="ltr">', 'Abonner', '19. november 2026'],
  ])('in %s has words, dates and direction of its language', (language, start, word, day) => {
    const page = pageIn(language);
    expect(frame(page)).toBe(start);
    expect(page).toContain(word);
    expect(page).toContain(`>${day}</time>`);
  });

  it.each([
    [undefined, '<html lang="en" dir="ltr">', '<h1 dir="auto">'],
    ['not a tag', '<html lang="en" dir="ltr">', '<h1 dir="auto">'],
    ['eu', '<html lang="en" dir="ltr">', '<h1 lang="eu" dir="auto">'],
    ['ur', '<html lang="en" dir="rtl">', '<h1 lang="ur" dir="auto">'],
  ])(
    'of language %s has English words and dates, and says whose language the rest is',
    (language, start, heading) => {
      const page = pageIn(language);
      expect(frame(page)).toBe(start);
      expect(page).toContain(heading);
      expect(page).toContain('>November 19, 2026</time>');
    },
  );

  it('has the days of the feed’s time zone', () => {
    expect(pageIn('en', 'Pacific/Kiritimati')).toContain('>November 18, 2026</time>');
    expect(pageIn('en', 'Pacific/Kiritimati')).toContain('datetime="2026-11-18T00:00:00.000Z"');
    expect(pageIn('en', 'Pacific/Honolulu')).toContain('>November 17, 2026</time>');
  });

  it('of archives counts and dates in its language', () => {
    const archives = [
      { name: '2026-10', items: 3, from: at('2026-10-01T00:00:00.000Z'), to: at('2026-10-30T00:00:00.000Z') },
    ];
    const page = renderArchiveListPage({ ...editionOf(FULL), language: 'pl' }, archives);
    expect(page).toContain('3 wpisy');
    expect(page).toContain('1 października 2026 – 30 października 2026');
    expect(parseFragment(page).childNodes.length).toBeGreaterThan(0);
  });
});
