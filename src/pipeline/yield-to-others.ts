// Long work in pieces: requests and polls go in between.

export function yieldToOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
