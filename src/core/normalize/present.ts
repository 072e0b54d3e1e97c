// What is absent is left out of what is made here, rather than being there as undefined.

/** A copy without what is absent, so that what is stored and compared says nothing about nothing. Keys are ours. */
export function present<T extends object>(value: T): T {
  const copy: Partial<T> = {};
  for (const key in value) {
    if (value[key] !== undefined) copy[key] = value[key];
  }
  return copy as T;
}
