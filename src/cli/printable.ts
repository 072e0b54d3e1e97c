// Text of strangers on a terminal: nothing in it steers the terminal or turns the line around.

const STEERING = /[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+/g;

/** On one line; longer text ends in an ellipsis. */
export function printable(text: string, charsMax = 300): string {
  const line = text.replace(STEERING, ' ').replace(/ {2,}/g, ' ').trim();
  const chars = [...line];
  return chars.length <= charsMax ? line : `${chars.slice(0, charsMax - 1).join('')}…`;
}
