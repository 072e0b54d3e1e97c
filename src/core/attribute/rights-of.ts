// Copyright and licence of an item: its own before its received source's, its feed's, the configuration's; but what the
// operator forces goes over all (DESIGN.md sections 1.3 and 5).
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

export function licensesOf(
  item: Claims,
  feed: FeedDescription | undefined,
  source: Source,
): readonly string[] {
  const configured = source.license;
  if (configured?.force) return [configured.text];
  const declared = [item.rights, item.source?.rights, feed?.rights].find(
    (rights) => (rights?.licenses.length ?? 0) > 0,
  );
  return declared?.licenses ?? (configured === undefined ? [] : [configured.text]);
}

function said(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}
