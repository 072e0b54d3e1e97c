// How we introduce ourselves: a publisher who sees us in a log can reach a person, and sees what we republish.

/** `Tributary/VERSION (+contact; N subscriber feeds)`; without a contact, only the number. */
export function userAgent(version: string, contact: string | undefined, feedCount: number): string {
  const comment = `${feedCount} subscriber feeds`;
  const safeContact = contact?.replace(/[^\x21-\x7e]|[()\\;]/g, '') ?? '';
  return `Tributary/${version} (${safeContact === '' ? '' : `+${safeContact}; `}${comment})`;
}
