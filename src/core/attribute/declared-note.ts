// The note of another Tributary comes off before ours is put on: exactly the text that it declared beside the item, at the
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
