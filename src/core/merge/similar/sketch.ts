// Sets of words and of runs of words as sorted 32-bit hashes: whole where they are small, else the k smallest of them. As all
// sketches keep the smallest by one hash, two of them show how much of the smaller set the larger one has.

export type Sketch = Uint32Array;

/** FNV-1a over UTF-16 units, then mixed (Murmur3's last step): the smallest are a fair draw. Fixed: signatures are kept. */
export function hash32(text: string, seed = 0): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix32(hash);
}

export function mix32(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export function sketchOf(hashes: ReadonlySet<number>, sizeMax: number): Sketch {
  const sorted = Uint32Array.from(hashes).sort();
  return sorted.length <= sizeMax ? sorted : sorted.slice(0, sizeMax);
}

export interface Overlap {
  readonly shared: number;
  /** How many of each stand in the range of hashes that both sketches cover. */
  readonly a: number;
  readonly b: number;
}

/** `sizeMax`: as the sketches were made with; a full one covers the hashes up to its greatest alone. */
export function overlapOf(a: Sketch, b: Sketch, sizeMax: number): Overlap {
  const end = Math.min(coverOf(a, sizeMax), coverOf(b, sizeMax));
  let [i, j, shared] = [0, 0, 0];
  while (true) {
    const x = a[i] ?? Number.POSITIVE_INFINITY;
    const y = b[j] ?? Number.POSITIVE_INFINITY;
    if (Math.min(x, y) > end) return { shared, a: i, b: j };
    if (x === y) shared += 1;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
}

function coverOf(sketch: Sketch, sizeMax: number): number {
  return sketch.length < sizeMax ? 0xffffffff : (sketch.at(-1) ?? 0xffffffff);
}

/** By halving. */
export function hasHash(sketch: Sketch, hash: number): boolean {
  let [low, high] = [0, sketch.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sketch[middle] ?? 0) < hash) low = middle + 1;
    else high = middle;
  }
  return sketch[low] === hash;
}

/** The share of the smaller set that the other has; 0 for an empty one. */
export function containment({ shared, a, b }: Overlap): number {
  const smaller = Math.min(a, b);
  return smaller === 0 ? 0 : shared / smaller;
}
