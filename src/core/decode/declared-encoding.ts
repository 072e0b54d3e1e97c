// What a document's first bytes say of its encoding (XML 1.0, appendix F).

const HEAD_BYTES = 1024;

/** The label in the XML declaration, where the bytes before it read as ASCII. */
export function declaredEncoding(body: Uint8Array): string | undefined {
  const head = new TextDecoder('windows-1252').decode(body.subarray(0, HEAD_BYTES));
  const start = head.indexOf('<?xml');
  if (start < 0) return undefined;
  const end = head.indexOf('>', start);
  const declaration = head.slice(start, end < 0 ? head.length : end);
  return /encoding\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})/i.exec(declaration)?.[1];
}

/** UTF-16 or UTF-32 without a byte order mark, known by the zeros around the first `<`. */
export function unmarkedUnicode(body: Uint8Array): string | undefined {
  const [a, b, c, d] = body;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  if (isMarkupStart(a) && b === 0 && c === 0 && d === 0) return 'utf-32le';
  if (a === 0 && b === 0 && c === 0 && isMarkupStart(d)) return 'utf-32be';
  if (isMarkupStart(a) && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  if (a === 0 && isMarkupStart(b) && c === 0 && d !== 0) return 'utf-16be';
  return undefined;
}

/** `<`, the `{` of JSON, or the white space that some documents have before them. */
function isMarkupStart(byte: number): boolean {
  return byte === 0x3c || byte === 0x7b || byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
