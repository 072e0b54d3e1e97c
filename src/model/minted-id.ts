// Ids of our own for what has no absolute URI as its id: UUIDs of version 5 (RFC 9562, section 5.5) as URNs. The same
// address and id give the same URN on every machine and in every format.
import { createHash } from 'node:crypto';

/** The namespace for URLs (RFC 9562, section 6.6). */
const NAMESPACE_URL = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';

/** `urn:uuid:…` for a source without an id of its own: version 5 in the namespace for URLs over `address`. */
export function mintedSourceId(address: string): string {
  return `urn:uuid:${uuid5(NAMESPACE_URL, address)}`;
}

/**
 * `urn:uuid:…` for an item: version 5 over `guid`, in a namespace that is itself version 5 over the source's first
 * `address`; so no pair of address and guid can be mistaken for another.
 */
export function mintedId(address: string, guid: string): string {
  return `urn:uuid:${uuid5(uuid5(NAMESPACE_URL, address), guid)}`;
}

function uuid5(namespace: string, name: string): string {
  const digest = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
    .subarray(0, 16);
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  return digest.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
