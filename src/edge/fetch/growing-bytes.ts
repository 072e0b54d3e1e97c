// Bytes that come in pieces, copied together: a body sent one byte at a time must not cost an object a byte.

const FIRST_BYTES = 16_384;
/** A stated length is believed up to here; room beyond it is made when the bytes are there. */
const STATED_BYTES_MAX = 262_144;

export class GrowingBytes {
  readonly #bytesMax: number;
  #buffer: Uint8Array;
  #length = 0;

  constructor(statedLength: number, bytesMax: number) {
    this.#bytesMax = bytesMax;
    const wanted = statedLength > 0 ? Math.min(statedLength, STATED_BYTES_MAX) : FIRST_BYTES;
    this.#buffer = new Uint8Array(Math.min(wanted, bytesMax));
  }

  /** False where the piece goes over the bound: then nothing of it is kept. */
  append(piece: Uint8Array): boolean {
    const length = this.#length + piece.length;
    if (length > this.#bytesMax) return false;
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(Math.min(Math.max(length, this.#buffer.length * 2), this.#bytesMax));
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    this.#buffer.set(piece, this.#length);
    this.#length = length;
    return true;
  }

  /** A view, not a copy. */
  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }
}
