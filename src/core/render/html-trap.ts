// Text that readers may take for HTML.

/**
 * feedparser takes a text for HTML where it finds an end tag or an entity, and falls over declarations in it: one title would
 * cost its readers the whole feed. An invisible word joiner parts `<` from `!` in such a text.
 */
export function withoutDeclarations(text: string): string {
  return text.includes('<!') && /<\/\w+>|&#?\w+;/.test(text) ? text.replaceAll('<!', '<\u2060!') : text;
}
