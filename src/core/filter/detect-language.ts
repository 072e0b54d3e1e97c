// The language of a text that nobody says. Its n-grams take a second and 80 MB to load: they wait until a rule asks.

export type LanguageDetector = (text: string) => string | undefined;

/** The detector gives a code of ISO 639-1; undefined where the text is too short or too mixed to tell. */
export async function loadLanguageDetector(): Promise<LanguageDetector> {
  const { eld } = await import('eld/extrasmall');
  return (text) => {
    const result = eld.detect(text);
    return result.isReliable() && result.language !== '' ? result.language : undefined;
  };
}
