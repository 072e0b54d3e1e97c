// UTF-32, which the Encoding Standard leaves out and feeds of old server software still use (Unicode, section 3.10, D99).

const CHUNK_CHARACTERS = 4096;

/** Values that are no characters, and a cut one at the end, become U+FFFD. */
export function decodeUtf32(body: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const parts: string[] = [];
  let points: number[] = [];
  for (let offset = 0; offset + 4 <= body.byteLength; offset += 4) {
    const point = view.getUint32(offset, littleEndian);
    points.push(point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? 0xfffd : point);
    if (points.length === CHUNK_CHARACTERS) {
      parts.push(String.fromCodePoint(...points));
      points = [];
    }
  }
  if (body.byteLength % 4 !== 0) points.push(0xfffd);
  parts.push(String.fromCodePoint(...points));
  return parts.join('');
}
