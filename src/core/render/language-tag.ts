// Language tags (RFC 5646) as our documents may state them.

/** The tag in outline form; undefined for anything else, which XML readers would take for the language all the same. */
export function languageTag(language: string | undefined): string | undefined {
  return language !== undefined && /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,8}$/.test(language)
    ? language
    : undefined;
}

/**
 * Of an item in a feed of ours. Where nobody says an item's language and our feed has one, readers would give it ours: `und`
 * (RFC 5646, section 4.1) says that it is not known.
 */
export function itemLanguage(item: string | undefined, feed: string | undefined): string | undefined {
  return languageTag(item) ?? (languageTag(feed) === undefined ? undefined : UNDETERMINED);
}

const UNDETERMINED = 'und';
