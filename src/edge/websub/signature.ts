// X-Hub-Signature: whether a delivered document is the hub's own. WebSub, section 7.1. Pure.
import { createHmac, timingSafeEqual } from 'node:crypto';

export type SignatureVerdict = 'valid' | 'unsigned' | 'unknown-method' | 'wrong-signature';

const METHODS: ReadonlySet<string> = new Set(['sha1', 'sha256', 'sha384', 'sha512']);
const HEADER = /^\s*([a-z0-9-]+)=([0-9a-f]+)\s*$/i;

/** `header`: the method and the HMAC of the body in hexadecimal, as in `sha256=…`. Takes as long for a near miss as for a far one. */
export function signatureVerdict(
  header: string | undefined,
  secret: string,
  body: Uint8Array,
): SignatureVerdict {
  if (header === undefined || header.trim() === '') return 'unsigned';
  const [, method = '', signature = ''] = HEADER.exec(header.slice(0, 256)) ?? [];
  const algorithm = method.toLowerCase();
  if (!METHODS.has(algorithm)) return 'unknown-method';
  const expected = createHmac(algorithm, secret).update(body).digest();
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected) ? 'valid' : 'wrong-signature';
}
