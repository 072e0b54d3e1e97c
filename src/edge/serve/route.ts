// What kind of address a request was for, for whoever counts: few words, none of them from a request.
import { isArchivePath, isFeedPath } from './document-answer.ts';

export type Route =
  | 'feed'
  | 'archive'
  | 'page'
  | 'status'
  | 'metrics'
  | 'health'
  | 'websub'
  | 'redirect'
  | 'other';

/** Of a published document, by its path relative to the public URL. */
export function routeOfDocument(path: string): Route {
  if (isArchivePath(path)) return 'archive';
  return isFeedPath(path) ? 'feed' : 'page';
}
