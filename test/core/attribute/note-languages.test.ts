import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { noteFor } from '../../../src/core/attribute/note-for.ts';
import { noteHtmlComplaint } from '../../../src/edge/config/note-html.ts';
import { dayInWords } from '../../../src/model/day-in-words.ts';
import { defaultWordingFor } from '../../../src/model/default-wording.ts';
import type { Attribution } from '../../../src/model/edition.ts';
import { NOTE_LANGUAGES } from '../../../src/model/note-languages.ts';
import type { Timestamp } from '../../../src/model/timestamp.ts';
import { attribute } from './samples.ts';

const LATE = '2026-11-23T23:30:00.000Z' as Timestamp;
const LANGUAGES = Object.keys(NOTE_LANGUAGES);

function noteIn(language: string | undefined, said: Partial<Attribution> = {}) {
  const subject = {
    title: 'Ferry',
    permalink: 'https://harbour.example/ferry',
    publishedAt: LATE,
    updatedAt: LATE,
    categories: [{ term: 'News' }],
  };
  const authors = [{ name: 'Mara' }, { name: 'Jon' }];
  return noteFor({ ...attribute(), authors, ...said }, subject, defaultWordingFor(language));
}

describe('the default wording', () => {
  it('is that of the contract in English', () => {
    expect(defaultWordingFor('en').template).toBe(
      '<p class="attribution">[{categories} · ]Source: <a href="{permalink}">{source}</a>[ · Author: {author}]' +
        '[ · Published: {published}][<br>{rights}][<br>{copyright}]</p>',
    );
  });

  // Golden: a Node with other locale data fails here, and then its dates change for everybody who upgrades.
  it.each([
    ['en', 'Source: Harbour News (U) · Author: Mara, Jon · Published: November 23, 2026'],
    ['en-GB', 'Source: Harbour News (U) · Author: Mara, Jon · Published: 23 November 2026'],
    ['de', 'Quelle: Harbour News (U) · Von: Mara, Jon · Veröffentlicht: 23. November 2026'],
    ['fr-CA', 'Source\u00a0: Harbour News (U) · Par\u00a0: Mara, Jon · Publication\u00a0: 23 novembre 2026'],
    ['es-MX', 'Fuente: Harbour News (U) · Autoría: Mara, Jon · Publicación: 23 de noviembre de 2026'],
    ['it', 'Fonte: Harbour News (U) · Di: Mara, Jon · Pubblicazione: 23 novembre 2026'],
    ['pt-BR', 'Fonte: Harbour News (U) · Por: Mara, Jon · Publicação: 23 de novembro de 2026'],
    ['nl', 'Bron: Harbour News (U) · Door: Mara, Jon · Gepubliceerd: 23 november 2026'],
    ['sv', 'Källa: Harbour News (U) · Av: Mara, Jon · Publicerat: 23 november 2026'],
    ['fi', 'Lähde: Harbour News (U) · Tekijä: Mara, Jon · Julkaistu: 23. marraskuuta 2026'],
    ['pl', 'Źródło: Harbour News (U) · Autorstwo: Mara, Jon · Opublikowano: 23 listopada 2026'],
    ['ru', 'Источник: Harbour News (U) · Авторство: Mara, Jon · Опубликовано: 23 ноября 2026 г.'],
    ['uk', 'Джерело: Harbour News (U) · Авторство: Mara, Jon · Опубліковано: 23 листопада 2026 р.'],
    ['hu', 'Forrás: Harbour News (U) · Szerző: Mara, Jon · Megjelent: 2026. november 23.'],
    ['tr', 'Kaynak: Harbour News (U) · Yazar: Mara, Jon · Yayım tarihi: 23 Kasım 2026'],
    ['el', 'Πηγή: Harbour News (U) · Από: Mara, Jon · Δημοσίευση: 23 Νοεμβρίου 2026'],
    ['ja', '出典: Harbour News (U) · 著者: Mara、Jon · 公開日: 2026年11月23日'],
    ['zh-CN', '来源：Harbour News (U) · 作者：Mara、Jon · 发布日期：2026年11月23日'],
    ['zh-TW', '來源：Harbour News (U) · 作者：Mara、Jon · 發布日期：2026年11月23日'],
    ['ko', '출처: Harbour News (U) · 글: Mara, Jon · 게시일: 2026년 11월 23일'],
    ['ar', 'المصدر: Harbour News (U) · بقلم: Mara، Jon · تاريخ النشر: 23 نوفمبر 2026'],
    ['he', 'מקור: Harbour News (U) · מאת: Mara, Jon · פורסם: 23 בנובמבר 2026'],
  ])('in %s', (language, line) => {
    const [first] = noteIn(language).text.replace('https://harbour.example/ferry', 'U').split('\n');
    expect(first?.replace('News · ', '')).toBe(line);
  });

  it.each([
    ['de-CH', 'de'],
    ['de-Latn-CH-1996', 'de'],
    ['zh', 'zh-hans'],
    ['zh-HK', 'zh-hant'],
    ['zh-Hant-CN', 'zh-hant'],
    ['zh-Hans-TW', 'zh-hans'],
    ['pt-PT', 'pt-pt'],
    ['no', 'nb'],
    ['EN-x-harbour', 'en'],
    ['tlh', 'en'],
    [undefined, 'en'],
  ])('of %s is found where that of %s is (RFC 4647, section 3.4)', (language, found) => {
    expect(defaultWordingFor(language).copyright).toBe(NOTE_LANGUAGES[found]?.copyright);
  });

  it('keeps to one language where it has no words for that of the feed', () => {
    expect(noteIn('is').text).toContain('Published: November 23, 2026');
  });

  it.each(LANGUAGES)('in %s is right HTML and says each of its words', (language) => {
    expect(noteHtmlComplaint(defaultWordingFor(language).template)).toBeUndefined();
    const also = [{ title: 'Quay', url: 'https://quay.example/', authors: ['Lee'] }];
    const received = { ...attribute().source, title: 'The First' };
    const { html, text } = noteIn(language, {
      also,
      source: received,
      sourceIsReceived: true,
      rights: '© M',
    });
    expect(html).toMatch(/^<p class="attribution"(?: dir="rtl")?>.*<\/p>$/);
    for (const said of ['The First', 'Harbour News', 'Mara', 'Jon', '2026', '© M', 'Quay', 'Lee'])
      expect(text).toContain(said);
    expect(text.indexOf('The First')).toBeLessThan(text.indexOf('Harbour News'));
    expect(text).toContain(NOTE_LANGUAGES[language]?.copyright);
    expect(text).not.toMatch(/[{}[\]]/);
    expect(parseFragment(html).childNodes).toHaveLength(1);
  });

  it('sets names apart where the words run from right to left', () => {
    expect(noteIn('he').html).toContain('dir="rtl"><bdi>News</bdi> · ');
    expect(noteIn('he').html).toContain('<bdi>Harbour News</bdi></a>');
  });
});

describe('a day in words', () => {
  it.each([
    ['UTC', 'November 23, 2026'],
    ['Europe/Berlin', 'November 24, 2026'],
    ['America/Los_Angeles', 'November 23, 2026'],
    ['Pacific/Kiritimati', 'November 24, 2026'],
  ])('is that of %s', (timezone, day) => {
    expect(dayInWords(LATE, 'en', timezone)).toBe(day);
  });

  it('is in numbers where the language is unknown, never in that of the machine', () => {
    expect(dayInWords(LATE, 'tlh', 'Europe/Berlin')).toBe('2026-11-24');
  });

  it('has the calendar and the digits of the web everywhere, and plain spaces', () => {
    for (const locale of ['th-TH-u-ca-buddhist', 'fa', 'ar-EG', 'mr', 'my', ...LANGUAGES]) {
      const day = dayInWords(LATE, locale, 'UTC');
      expect(day).toMatch(/2026/);
      expect(day).toMatch(/23/);
      expect(day).not.toMatch(/[\u00a0\u2009\u202f\u200e\u200f\u061c\p{Cf}]/u);
    }
  });
});
