// Copyright and licence of an item: its own before its received source's, its feed's, the configuration's; but what the
// operator forces goes over all.
import type { Source } from '../../model/config.ts';
import type { DeclaredTerms } from '../../model/edition.ts';
import type { FeedDescription, Item } from '../../model/item.ts';
import type { Rights, TdmReservation } from '../../model/rights.ts';
import type { DeclaredRights } from './show-of.ts';

type Claims = Pick<Item, 'rights' | 'source'>;

/** What a feed says of its own rights is not said of an item that it passes on from elsewhere. */
export function rightsOf(
  item: Claims,
  feed: FeedDescription | undefined,
  source: Source,
  isReceived: boolean,
): string | undefined {
  const configured = source.rights;
  if (configured?.force) return configured.text;
  return (
    said(item.rights.text) ??
    said(item.source?.rights.text) ??
    (isReceived ? undefined : said(feed?.rights.text)) ??
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

/**
 * What a decision about an item goes by: its licences, with the statement that stands at least as near to it as they do. What a
 * feed reserves in general does not take back the licence that one of its items has, nor one that the operator forces.
 */
export function declaredRightsOf(
  item: Claims,
  feed: FeedDescription | undefined,
  source: Source,
  { isReceived, terms }: { readonly isReceived: boolean; readonly terms: DeclaredTerms },
): DeclaredRights {
  const licenses = licensesOf(item, feed, source, isReceived);
  return {
    text: statementBeside(licenses, item, feed, source),
    licenses,
    rsl: terms.rsl ?? [],
    tdm: terms.tdm,
  };
}

function statementBeside(
  licenses: readonly string[],
  item: Claims,
  feed: FeedDescription | undefined,
  source: Source,
): string | undefined {
  if (source.rights?.force) return source.rights.text;
  if (source.license?.force) return undefined;
  if (licenses === item.rights.licenses && licenses.length > 0) return said(item.rights.text);
  const received = item.source?.rights;
  if (received !== undefined && licenses === received.licenses && licenses.length > 0)
    return said(item.rights.text) ?? said(received.text);
  // Also of an item from elsewhere: whoever passes it on may reserve rights in it, and the stricter reading counts.
  return rightsOf(item, feed, source, false);
}

/** A reservation in force at addresses of an origin, as the origin's own file has it; undefined where it says nothing. */
export type TdmOfAddress = (url: string) => TdmReservation | undefined;

/**
 * Terms beside copyright and licence. Each is the nearest that is declared; but a reservation that anybody who may make it has
 * made stands, wherever else none is made.
 */
export function termsOf(
  item: Pick<Item, 'rights' | 'source' | 'permalink'>,
  feed: FeedDescription | undefined,
  source: Pick<Source, 'feedUrl'>,
  tdmOfAddress: TdmOfAddress = () => undefined,
): DeclaredTerms {
  const levels: readonly (Rights | undefined)[] = [item.rights, item.source?.rights, feed?.rights];
  const nearest = <Key extends keyof Rights>(key: Key): Rights[Key] | undefined =>
    levels.find((rights) => rights?.[key] !== undefined)?.[key];
  return {
    accessRights: nearest('accessRights'),
    termsUrl: nearest('termsUrl'),
    rsl: nearest('rsl'),
    tdm: strictestOf([
      item.rights.tdm,
      item.source?.rights.tdm,
      item.permalink === undefined ? undefined : tdmOfAddress(item.permalink),
      // A header goes before the file of its origin (TDM Reservation Protocol, section 6).
      feed?.rights.tdm ?? tdmOfAddress(source.feedUrl),
    ]),
    access: nearest('access'),
    indexing: nearest('indexing'),
  };
}

function strictestOf(candidates: readonly (TdmReservation | undefined)[]): TdmReservation | undefined {
  const declared = candidates.filter((tdm) => tdm !== undefined);
  return declared.find((tdm) => tdm.reserved) ?? declared[0];
}

function said(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}
