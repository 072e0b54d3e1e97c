// Language tags (RFC 5646) from what publishers write: `en_US`, `de-DE.UTF-8`. What is no tag, such as `English`, is none.

const TAG = /^(?:[a-z]{2,3}|[xi](?=-))(?:-(?:[a-z0-9]{2,8}|[a-z0-9](?=-))){0,8}$/i;

/** As written but for `_`, which other systems have for `-`. */
export function languageTag(text: string | undefined): string | undefined {
  const tag = text
    ?.trim()
    .replace(/[.@].{0,40}$/, '')
    .replaceAll('_', '-');
  return tag !== undefined && TAG.test(tag) ? tag : undefined;
}

/** `xml:lang=""` says that the language around it does not count (XML 1.0, section 2.12). */
export function languageWithin(text: string | undefined, outer: string | undefined): string | undefined {
  return text === '' ? undefined : (languageTag(text) ?? outer);
}
