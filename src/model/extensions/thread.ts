// Atom Threading Extensions (RFC 4685): what an item answers, and how many answers it has.
import type { ExtensionElement } from '../extension.ts';
import type { Timestamp } from '../timestamp.ts';
import { attributeIn, type Elements, ElementView, said, timestampIn, wholeIn } from './element-view.ts';

export interface Thread {
  readonly inReplyTo?: readonly InReplyTo[] | undefined;
  /** Of all answers that are known. */
  readonly total?: number | undefined;
  /** Links to answers that say how many are there. */
  readonly replies?: readonly Replies[] | undefined;
}

export interface InReplyTo {
  /** The id of the item that is answered; an IRI, not an address. */
  readonly ref?: string | undefined;
  readonly url?: string | undefined;
  readonly type?: string | undefined;
  /** A feed or an entry that has the item. */
  readonly source?: string | undefined;
}

export interface Replies {
  readonly url: string;
  readonly type?: string | undefined;
  readonly count?: number | undefined;
  readonly updatedAt?: Timestamp | undefined;
}

export function threadOf(elements: Elements): Thread | undefined {
  const thread = new ElementView(elements, 'thr');
  return said({
    inReplyTo: thread.list('in-reply-to', inReplyToIn),
    total: thread.whole('total'),
    replies: new ElementView(elements, 'atom').list('link', repliesIn),
  });
}

function inReplyToIn(element: ExtensionElement): InReplyTo | undefined {
  return said({
    ref: attributeIn(element, 'ref'),
    url: attributeIn(element, 'href'),
    type: attributeIn(element, 'type')?.toLowerCase(),
    source: attributeIn(element, 'source'),
  });
}

function repliesIn(element: ExtensionElement): Replies | undefined {
  const url = attributeIn(element, 'href');
  const count = wholeIn(attributeIn(element, 'thr:count'));
  const updatedAt = timestampIn(attributeIn(element, 'thr:updated') ?? attributeIn(element, 'thr:when'));
  if (url === undefined || (count === undefined && updatedAt === undefined)) return undefined;
  return said({ url, type: attributeIn(element, 'type')?.toLowerCase(), count, updatedAt });
}
