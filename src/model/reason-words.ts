// What the reason of a failed poll means, in a few words: docs/OPERATING.md says what to do about each.
import type { FetchFailure } from './fetch-outcome.ts';

/** What a poll may fail of beside the fetching. */
type PollFailure =
  | 'http-429'
  | 'http-503'
  | 'gone'
  | 'own-feed'
  | 'empty-body'
  | 'not-a-feed'
  | 'not-a-list'
  | 'empty-list'
  | 'too-deep'
  | 'too-costly'
  | 'store-unavailable'
  | 'stale-commit'
  | 'internal';

const WORDS: Readonly<Record<FetchFailure | PollFailure, string>> = {
  'address-refused': 'it leads to a private address',
  'bad-url': 'its address is none',
  'bad-header': 'a configured header cannot be sent',
  'bad-redirect': 'it redirects to nowhere',
  'too-many-redirects': 'it redirects too often',
  dns: 'the name of its host is unknown',
  connect: 'nobody answers there',
  proxy: 'the configured proxy refuses us',
  'own-feed': 'it leads to a feed of ours',
  tls: 'its certificate is not valid',
  timeout: 'it took too long',
  'too-large': 'it is larger than allowed',
  truncated: 'the answer ended too early',
  'bad-encoding': 'the answer is coded in an unknown way',
  'bad-response': 'the answer is no HTTP',
  'bad-status': 'an unexpected answer',
  unauthorized: 'it wants a login',
  forbidden: 'we are refused',
  'not-found': 'there is nothing at its address',
  'server-error': 'an error of its server',
  'unexpected-not-modified': 'an answer that was not asked for',
  'file-unreadable': 'the file cannot be read',
  aborted: 'we stopped meanwhile',
  'http-429': 'it asks us to come less often',
  'http-503': 'it asks us to come later',
  gone: 'it was taken down for good',
  'empty-body': 'the answer is empty',
  'not-a-feed': 'what stands there is not a feed',
  'not-a-list': 'what stands there is not a list of feeds',
  'empty-list': 'the list names no feeds',
  'too-deep': 'the document is nested beyond reason',
  'too-costly': 'the document takes too much to read',
  'store-unavailable': 'our own store does not answer',
  'stale-commit': 'another process polled it meanwhile',
  internal: 'a mistake of ours',
};

/** By the documented code. */
export const REASON_WORDS: ReadonlyMap<string, string> = new Map(Object.entries(WORDS));

/** The words for a reason; the code itself where it has none. */
export function reasonWords(reason: string): string {
  return REASON_WORDS.get(reason) ?? reason;
}
