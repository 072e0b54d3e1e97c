// Rights as their publisher declares them: of a feed, of an item, of a source that an item names. Never what we make of them.

import type { Timestamp } from './timestamp.ts';

export interface Rights {
  /** The statement as plain text: RSS `copyright`, Atom `rights`, `dc:rights`, `dcterms:rights`, `media:copyright`. */
  readonly text?: string | undefined;
  /** Absolute URLs of licences, in the order given, without repeats; canonical for those that were given by name. */
  readonly licenses: readonly string[];
  /** `dcterms:accessRights`: who may get at it, in the publisher's words or as a URI. */
  readonly accessRights?: string | undefined;
  /** Terms of use that are no licence: `media:copyright url`. */
  readonly termsUrl?: string | undefined;
  readonly rsl?: readonly RslTerms[] | undefined;
  readonly tdm?: TdmReservation | undefined;
  /** `access:restriction` (Feed Access Control 1.0): `deny` asks that it be in no public directory or search. */
  readonly access?: 'allow' | 'deny' | undefined;
  /** `indexing:index`: whether search engines may list it. */
  readonly indexing?: 'yes' | 'no' | undefined;
  /** What X-Robots-Tag says of the document itself, for every robot: `noindex`, `nosnippet` … */
  readonly robots?: readonly string[] | undefined;
}

/** RSL 1.0, `content` (https://rslstandard.org/rsl, section on the content element). */
export interface RslTerms {
  /** What they cover, where that is an absolute URL. */
  readonly url?: string | undefined;
  /** A licence server. */
  readonly server?: string | undefined;
  /** A document that has the terms: a link of type `application/rsl+xml`. It is not fetched. */
  readonly documentUrl?: string | undefined;
  readonly copyright?: string | undefined;
  readonly termsUrl?: string | undefined;
  /** Alternatives: each is a licence of its own. */
  readonly licenses: readonly RslLicense[];
}

export interface RslLicense {
  readonly permits: readonly RslUse[];
  readonly prohibits: readonly RslUse[];
  readonly payment?: RslPayment | undefined;
}

export interface RslUse {
  readonly type: 'usage' | 'user' | 'geo';
  /** Lower case: `ai-train`, `commercial`, `eu`. */
  readonly values: readonly string[];
}

export interface RslPayment {
  /** `free`, `attribution`, `purchase`, `subscription`, `training`, `crawl`, `use`, `contribution`. */
  readonly type?: string | undefined;
  /** Its `standard` or `custom` terms. */
  readonly url?: string | undefined;
  /** `12.50 EUR`. */
  readonly amount?: string | undefined;
}

/** W3C TDM Reservation Protocol, section 6. */
export interface TdmReservation {
  readonly reserved: boolean;
  readonly policyUrl?: string | undefined;
}

/** One rule of an origin's file: a reservation for the paths that match `location`. */
export interface TdmRule extends TdmReservation {
  readonly location: string;
}

/** What an origin reserves, as its file said when it was last asked for. */
export interface OriginTdm {
  /** `https://harbour.example` */
  readonly origin: string;
  readonly checkedAt: Timestamp;
  readonly rules: readonly TdmRule[];
}

export const NO_RIGHTS: Rights = { licenses: [] };
