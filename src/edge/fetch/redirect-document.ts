// A document that says nothing but where the feed is now, from the days when not every author could set a status:
// <redirect><newLocation>ADDRESS</newLocation></redirect>. It means what 301 means. Pure.

/** One that is longer says something else. */
const BYTES_MAX = 4_096;
const DOCUMENT =
  /^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->)[\s\S]){0,1000}-->\s*)?<redirect(?:\s[^>]{0,200})?>\s*<newLocation>\s*([^<\s]+)\s*<\/newLocation>\s*<\/redirect>\s*$/i;

/** The address that it names, as it stands there; undefined for any other document. */
export function locationOfRedirectDocument(body: Uint8Array): string | undefined {
  if (body.length > BYTES_MAX) return undefined;
  const address = DOCUMENT.exec(new TextDecoder().decode(body))?.[1];
  return address?.replaceAll('&amp;', '&');
}
