import { expect, it } from 'vitest';
import { loadLanguageDetector } from '../../../src/core/filter/detect-language.ts';

it('tells the language of a headline, and says nothing where there is no telling', async () => {
  const languageOf = await loadLanguageDetector();
  expect(languageOf('Der Hafenmeister sagt die Abendfähren wegen des Windes ab')).toBe('de');
  expect(languageOf('The harbour master cancels the evening ferries because of the wind')).toBe('en');
  expect(languageOf('Fırtına sonrası feribot iptal edildi')).toBe('tr');
  expect(languageOf('')).toBeUndefined();
  expect(languageOf('24 : 7 — 3,50 €')).toBeUndefined();
});
