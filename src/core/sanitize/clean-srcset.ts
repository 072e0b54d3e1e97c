// `srcset` (HTML, section 4.8.4.2.1), candidate by candidate.
import { cleanMediaUrl, type InnerHosts } from './clean-url.ts';

const DESCRIPTOR = /^\d{1,5}(?:\.\d{1,3})?[wx]$/;
const CANDIDATES_MAX = 32;

/** The candidates with absolute http and https URLs and a descriptor that is one; undefined where none is left. */
export function cleanSrcset(value: string, inner: InnerHosts): string | undefined {
  const kept: string[] = [];
  // A URL ends at white space; commas at its end are none of it.
  const words = value.split(/[\t\n\f\r ]+/);
  for (let at = 0; at < words.length && kept.length < CANDIDATES_MAX; at++) {
    const word = (words[at] ?? '').replace(/^,/, '');
    if (word === '') continue;
    const alone = word.endsWith(',');
    const url = cleanMediaUrl(alone ? word.slice(0, -1) : word, inner);
    if (alone || at + 1 === words.length) {
      if (url !== undefined) kept.push(url);
      continue;
    }
    at += 1;
    const descriptor = (words[at] ?? '').replace(/,$/, '');
    if (url !== undefined && !url.endsWith(',') && DESCRIPTOR.test(descriptor))
      kept.push(`${url} ${descriptor}`);
  }
  return kept.length === 0 ? undefined : kept.join(', ');
}
