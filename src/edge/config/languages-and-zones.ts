// Checks of language tags (RFC 5646) and of time zones, with the data that Node brings.
import { type Check, WRITTEN } from './fields.ts';
import { didYouMean } from './suggest.ts';

export const isLanguageTag: Check = (text) => {
  if (isCanonicalizable(text)) return undefined;
  const mended = text.replaceAll('_', '-');
  if (mended === text || !isCanonicalizable(mended)) {
    return `${WRITTEN} is not a language tag (RFC 5646); write for example en, de-CH or zh-Hant`;
  }
  return {
    message: `${WRITTEN} is not a language tag (RFC 5646); did you mean "${mended}"?`,
    blind: `${WRITTEN} is not a language tag (RFC 5646); its parts are joined by "-"`,
  };
};

function isCanonicalizable(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

export const isTimeZone: Check = (text) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return undefined;
  } catch {
    const example =
      didYouMean(text, Intl.supportedValuesOf('timeZone')) || '; write for example Europe/Berlin';
    return {
      message: `${WRITTEN} is not a time zone${example}`,
      blind: `${WRITTEN} is not a time zone; write for example Europe/Berlin`,
    };
  }
};
