// The data of `/credits`, from what is configured, known and published. Pure; nothing secret gets in.
import type { MergedFeed, Source } from '../../model/config.ts';
import type { Credits, FeedCredit, SourceCredit } from '../../model/credits.ts';
import type { EditionItem } from '../../model/edition.ts';
import type { SourceId } from '../../model/ids.ts';
import type { FeedDescription } from '../../model/item.ts';
import { licenseName } from '../../model/known-license.ts';
import { NO_RIGHTS } from '../../model/rights.ts';
import { SHOWN_LEVELS } from '../../model/shown.ts';
import { publicSource } from './attribution-of.ts';
import { publishableFor } from './publishable-url.ts';
import { declaredRightsOf, type TdmOfAddress, termsOf } from './rights-of.ts';
import { showOf } from './show-of.ts';

export interface CreditedSource {
  readonly source: Source;
  /** What it says of itself, without secrets; undefined where it was never read. */
  readonly feed: FeedDescription | undefined;
  readonly tdmOfAddress: TdmOfAddress;
}

export interface CreditedFeed {
  readonly feed: MergedFeed;
  readonly sourceIds: ReadonlySet<SourceId>;
  /** As published now. */
  readonly items: readonly EditionItem[];
}

export interface CreditsInput {
  /** `network.contact`. */
  readonly contact: string | undefined;
  readonly sources: readonly CreditedSource[];
  readonly feeds: readonly CreditedFeed[];
}

export function creditsOf({ contact, sources, feeds }: CreditsInput): Credits {
  return { contactUrl: contactUrl(contact), sources: sources.map((source) => creditOf(source, feeds)) };
}

/** A mailbox may be configured without its scheme. */
function contactUrl(contact: string | undefined): string | undefined {
  if (contact === undefined || /^(?:https?|mailto):/i.test(contact)) return contact;
  return `mailto:${contact}`;
}

/** An item that says nothing of itself: what is left is its source's. */
const SILENT = { rights: NO_RIGHTS };

function creditOf(credited: CreditedSource, feeds: readonly CreditedFeed[]): SourceCredit {
  const { source, feed, tdmOfAddress } = credited;
  const { title, feedUrl, siteUrl } = publicSource(source, feed);
  const terms = termsOf(SILENT, feed, source, tdmOfAddress);
  const declared = declaredRightsOf(SILENT, feed, source, { isReceived: false, terms });
  const licenses = declared.licenses.filter(publishableFor(source));
  return {
    sourceId: source.id,
    name: title,
    siteUrl,
    feedUrl,
    rights: declared.text,
    licenses: licenses.map((url) => ({ name: licenseName(url), url })),
    terms,
    feeds: feeds
      .filter(({ sourceIds }) => sourceIds.has(source.id))
      .map(({ feed: merged, items }): FeedCredit => {
        const own = items.filter(({ attribution }) => attribution.sourceId === source.id);
        return {
          feedId: merged.id,
          title: merged.title,
          decision: showOf({ content: source.content, show: merged.show, rights: declared }),
          items: own.length,
          shown: SHOWN_LEVELS.map((shown) => ({
            shown,
            items: own.filter((item) => (item.shown?.shown ?? 'full') === shown).length,
          })).filter((count) => count.items > 0),
        };
      }),
  };
}
