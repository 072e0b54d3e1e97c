// Names of things, branded so that one kind is never passed for another. Each brand has one constructor.
import { createHash } from 'node:crypto';

/** A source's name in the configuration: letters, digits and '-'. */
export type SourceId = string & { readonly __brand: 'SourceId' };
/** A merged feed's name in the configuration: letters, digits and '-'. */
export type FeedId = string & { readonly __brand: 'FeedId' };
/** Which item of its source this is: a digest of its id, else its permalink, else its content. */
export type ItemKey = string & { readonly __brand: 'ItemKey' };
/** What an item says: a digest of what the publisher sent, not of what we made of it. */
export type Fingerprint = string & { readonly __brand: 'Fingerprint' };
/** The id that an item is published under in every format: an absolute IRI. */
export type PublishedId = string & { readonly __brand: 'PublishedId' };
/** Where an item's record is kept: a digest over its source's first address and its key. */
export type ItemHash = string & { readonly __brand: 'ItemHash' };

const ID_PATTERN = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?$/;

/** True for 1 to 64 letters, digits and inner '-': what sources and feeds may be called. */
export function isConfigId(text: string): boolean {
  return ID_PATTERN.test(text);
}

export function sourceId(text: string): SourceId {
  if (!isConfigId(text)) throw new TypeError(`not a source id: ${JSON.stringify(text)}`);
  return text as SourceId;
}

/** A list of sources goes by an id too where it is polled: by its address, and never one that a source can have. */
export function listId(address: string): SourceId {
  return `list:${createHash('sha256').update(address).digest('hex').slice(0, 16)}` as SourceId;
}

export function isListId(id: SourceId): boolean {
  return id.startsWith('list:');
}

export function feedId(text: string): FeedId {
  if (!isConfigId(text)) throw new TypeError(`not a feed id: ${JSON.stringify(text)}`);
  return text as FeedId;
}
