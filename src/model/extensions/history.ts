// Feed paging and archiving (RFC 5005): `fh:complete` and `fh:archive`, which are empty elements.
import { type Elements, ElementView, said } from './element-view.ts';

export interface FeedHistory {
  /** The document has every item that the feed has. */
  readonly isComplete?: boolean | undefined;
  /** The document is an archive, which does not change any more. */
  readonly isArchive?: boolean | undefined;
}

export function historyOf(elements: Elements): FeedHistory | undefined {
  const history = new ElementView(elements, 'fh');
  const has = (name: string) => (history.first(name) === undefined ? undefined : true);
  // A draft of the RFC had `incremental`, which is `false` in a feed that is complete.
  const isComplete = has('complete') ?? (history.flag('incremental') === false ? true : undefined);
  return said({ isComplete, isArchive: has('archive') });
}
