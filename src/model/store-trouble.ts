// What is wrong with a store that fails, in words that may be published: no address, no path, no account.

const WORDS = {
  away: 'it cannot be reached',
  silent: 'it does not answer in time',
  full: 'it is full',
  'read-only': 'it cannot be written to',
  refused: 'it does not let us in, or not do what we need',
  untrusted: 'its certificate is not accepted',
  held: 'another program holds it',
  starting: 'it is starting, or being stopped',
  damaged: 'it is damaged',
  failing: 'it answers with an error',
} as const;

/** Documented in docs/OPERATING.md. */
export type StoreTrouble = keyof typeof WORDS;

export function storeTroubleWords(trouble: StoreTrouble): string {
  return WORDS[trouble];
}
