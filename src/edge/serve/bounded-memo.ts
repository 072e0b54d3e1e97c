// What is said by nearly all clients in one of a few ways is worked out once for each of them, and never kept for many.

const LENGTH_MAX = 256;

/** `answerOf` must be pure. At most `countMax` answers are kept, of texts of at most 256 characters. */
export function boundedMemo<T>(
  answerOf: (text: string | undefined) => T,
  countMax = 100,
): (text: string | undefined) => T {
  const kept = new Map<string | undefined, T>();
  return (text) => {
    const before = kept.get(text);
    if (before !== undefined) return before;
    const answer = answerOf(text);
    if (text !== undefined && text.length > LENGTH_MAX) return answer;
    if (kept.size >= countMax) kept.clear();
    kept.set(text, answer);
    return answer;
  };
}
