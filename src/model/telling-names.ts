// What says nothing of which item it is.

/** The front page of a site (`//host/`, normalized), which says nothing of what is linked there. */
export function isFrontPage(page: string): boolean {
  return /^\/\/[^/]+\/?$/.test(page);
}

/** The digest of an empty title (core/identify/document-lines.ts). */
const NO_TITLE = 'unaLMx_YbOyA';

export function isUntitled(titleHash: string): boolean {
  return titleHash === NO_TITLE;
}
