// What other Tributaries put on an item comes off before our note is put on. The note of another Tributary comes off before ours is put on: exactly the text that it declared beside the item, at the
// ends of the content where notes stand, and nothing that only looks like one.

/** `html` without `note` at its beginning and its end; both made safe in the same way, so that they can be compared. */
export function withoutNote(html: string, note: string): string {
  const wanted = note.trim();
  if (wanted === '') return html;
  let rest = html.trim();
  // Not where that would part an entity: what is left must be as whole as it was.
  if (rest.endsWith(wanted) && !/&[#\w]*$/.test(rest.slice(0, -wanted.length)))
    rest = rest.slice(0, -wanted.length);
  if (rest.startsWith(wanted)) rest = rest.slice(wanted.length);
  return rest.length === html.trim().length ? html : rest.trim();
}

/**
 * `html` without our own note, wherever it stands: an item that came back to us, by a way that took every mark off, carries the
 * one that we put on the last time, and the next one would be added to it for ever.
 */
export function withoutOwnNote(html: string, noteHtml: string, makeSafe: (html: string) => string): string {
  if (!html.includes(longestText(noteHtml))) return html;
  const note = makeSafe(noteHtml).trim();
  return note === '' ? html : html.replaceAll(note, '');
}

/** Found by searching alone, what has no part of it need not be compared. */
function longestText(html: string): string {
  return html
    .split(/<[^>]*>|&[^;]*;/)
    .reduce((longest, text) => (text.length > longest.length ? text : longest), '');
}
