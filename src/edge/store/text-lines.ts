// Lines of text from chunks of bytes.

const LINE_END = 0x0a;

/** Without their ends; undefined for one of more than `bytesMax`, which is the last that comes. What follows the last end is a line. */
export async function* textLines(
  chunks: AsyncIterable<Uint8Array>,
  bytesMax: number,
): AsyncGenerator<string | undefined> {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  const take = () => {
    const line = Buffer.concat(parts).toString('utf8');
    parts = [];
    bytes = 0;
    return line;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_END); at !== -1; at = chunk.indexOf(LINE_END, from)) {
      parts.push(chunk.subarray(from, at));
      yield take();
      from = at + 1;
    }
    const rest = chunk.subarray(from);
    bytes += rest.byteLength;
    if (bytes > bytesMax) return yield undefined;
    if (rest.byteLength > 0) parts.push(rest);
  }
  if (bytes > 0) yield take();
}
