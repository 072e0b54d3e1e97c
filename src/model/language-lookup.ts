// Which of the languages that we have words in a feed's language tag asks for (RFC 4647, section 3.4).

/** Tags that another one stands for. */
const ALIASES: Readonly<Record<string, string>> = {
  no: 'nb',
  iw: 'he',
  zh: 'zh-hans',
  'zh-tw': 'zh-hant',
  'zh-hk': 'zh-hant',
  'zh-mo': 'zh-hant',
};

/** Subtags go from the end until one of `available` (lower case) is found; a single letter goes with the one after it. */
export function lookupLanguage<Tag extends string>(
  language: string,
  available: Readonly<Record<Tag, unknown>>,
): Tag | undefined {
  const subtags = language.toLowerCase().split('-');
  while (subtags.length > 0) {
    const tag = subtags.join('-');
    const found = Object.hasOwn(ALIASES, tag) ? ALIASES[tag] : tag;
    if (found !== undefined && Object.hasOwn(available, found)) return found as Tag;
    subtags.pop();
    if (subtags.at(-1)?.length === 1) subtags.pop();
  }
  return undefined;
}
