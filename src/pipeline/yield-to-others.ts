// Long work in pieces: requests and polls go in between.

/** Rejects where `signal` was aborted meanwhile: the rest of the work is not done. */
export async function yieldToOthers(signal?: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}
