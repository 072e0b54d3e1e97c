// Copyright and licence of an item: its own before its received source's, its feed's, the configuration's; but what the
// operator forces goes over all.
import type { Source } from '../../model/config.ts';
import type { FeedDescription, Item } from '../../model/item.ts';

type Claims = Pick<Item, 'rights' | 'source'>;

export function rightsOf(
  item: Claims,
  feed: FeedDescription | undefined,
  source: Source,
): string | undefined {
  const configured = source.rights;
  if (configured?.force) return configured.text;
  return (
    said(item.rights.text) ??
    said(item.source?.rights.text) ??
    said(feed?.rights.text) ??
    said(configured?.text)
  );
}

/**
 * A licence is a permission, so it reaches an item only where nothing nearer to the item says anything of its rights: an item
 * with a copyright line of its own is not under its feed's licence, nor is an item from elsewhere under the licence of the
 * feed that passes it on (RFC 4946, section 3, leaves both open).
 */
export function licensesOf(
  item: Claims,
  feed: FeedDescription | undefined,
  source: Source,
  isReceived: boolean,
): readonly string[] {
  const configured = source.license;
  if (configured?.force) return [configured.text];
  if (item.rights.licenses.length > 0 || said(item.rights.text) !== undefined) return item.rights.licenses;
  const received = item.source?.rights.licenses ?? [];
  if (isReceived || received.length > 0) return received;
  const declared = feed?.rights.licenses ?? [];
  return declared.length > 0 || configured === undefined ? declared : [configured.text];
}

function said(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}
