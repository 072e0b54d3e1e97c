// OPML 1.0, 1.1 and 2.0 (http://opml.org/spec2.opml) as a list of feeds: which outlines are feeds, and which groups they stand in.
import type { ListedSource, SourceList } from '../../../model/source-list.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { DeclaredEntities } from '../xml/declared-entities.ts';
import { readProlog } from '../xml/prolog.ts';
import { decodeReferences } from '../xml/references.ts';
import { type OutlineAttributes, type OutlineTag, outlineTags } from './outline-tags.ts';

export interface OpmlLimits {
  /** Feeds that are read; the rest is counted. */
  readonly sourcesMax: number;
  readonly tagsMax: number;
  readonly includesMax: number;
  readonly categoriesMax: number;
  /** Characters of an address, a title, a category. */
  readonly addressCharsMax: number;
  readonly titleCharsMax: number;
}

export const OPML_LIMITS: OpmlLimits = {
  sourcesMax: 10_000,
  tagsMax: 100_000,
  includesMax: 100,
  categoriesMax: 20,
  addressCharsMax: 4_096,
  titleCharsMax: 1_024,
};

/** Undefined where the text is no OPML. Never throws. Titles and categories may hold HTML. */
export function readOpml(text: string, limits: OpmlLimits = OPML_LIMITS): SourceList | undefined {
  if (!/<(?:[a-z][\w.-]*:)?(?:opml|outline)[\s>]/i.test(text)) return undefined;
  const { entities } = readProlog(text, DEFAULT_LIMITS, true);
  const tags = outlineTags(text, entities, limits.tagsMax);
  const title = /<title(?:\s[^<>]{0,200})?>([^<]{0,4096})<\/title>/i.exec(text)?.[1];
  return {
    title: title === undefined ? undefined : nonEmpty(decoded(title, entities), limits.titleCharsMax),
    ...new Outlines(limits, isBalanced(tags)).read(tags),
  };
}

function decoded(text: string, entities: DeclaredEntities | undefined): string {
  return decodeReferences(text, () => undefined, entities);
}

/** Where tags are left open, feeds are taken for closed: they have none within them. */
function isBalanced(tags: readonly OutlineTag[]): boolean {
  const starts = tags.filter((tag) => tag.kind === 'start' && !tag.isClosed).length;
  return starts === tags.filter((tag) => tag.kind === 'end').length;
}

interface Group {
  /** None for a feed that others stand in. */
  readonly categories: readonly string[];
  readonly isComment: boolean;
}

class Outlines {
  readonly #limits: OpmlLimits;
  readonly #isBalanced: boolean;
  readonly #groups: Group[] = [];
  readonly #sources = new Map<string, ListedSource>();
  readonly #includes = new Set<string>();
  #dropped = 0;

  constructor(limits: OpmlLimits, balanced: boolean) {
    this.#limits = limits;
    this.#isBalanced = balanced;
  }

  read(tags: readonly OutlineTag[]): Omit<SourceList, 'title'> {
    for (const tag of tags) {
      if (tag.kind === 'end') this.#groups.pop();
      else this.#start(tag.attributes, tag.isClosed);
    }
    return {
      sources: [...this.#sources.values()],
      includes: [...this.#includes],
      dropped: this.#dropped,
    };
  }

  #start(attributes: OutlineAttributes, isClosed: boolean): void {
    const around = this.#groups.at(-1);
    // What is within a comment is one (OPML 2.0, isComment).
    const isComment =
      around?.isComment === true || attributes.get('iscomment')?.trim().toLowerCase() === 'true';
    const kind = kindOf(attributes);
    if (!isComment && kind === 'feed') this.#feed(attributes, around?.categories ?? []);
    if (!isComment && kind === 'include') this.#include(attributes);
    if (isClosed || (kind !== 'group' && !this.#isBalanced)) return;
    this.#groups.push({ categories: this.#categoriesWithin(attributes, kind, around), isComment });
  }

  #categoriesWithin(attributes: OutlineAttributes, kind: Kind, around: Group | undefined): readonly string[] {
    const outer = around?.categories ?? [];
    const own = kind === 'group' ? this.#title(attributes) : undefined;
    return own === undefined ? outer : [...outer, own].slice(0, this.#limits.categoriesMax);
  }

  #feed(attributes: OutlineAttributes, groups: readonly string[]): void {
    const address = feedAddress(attributes.get('xmlurl') ?? attributes.get('url') ?? '');
    if (address === '' || address.length > this.#limits.addressCharsMax) {
      this.#dropped += 1;
      return;
    }
    const key = URL.parse(address)?.href ?? address;
    const before = this.#sources.get(key);
    if (before === undefined && this.#sources.size >= this.#limits.sourcesMax) {
      this.#dropped += 1;
      return;
    }
    const categories = [...groups, ...this.#ownCategories(attributes)];
    this.#sources.set(key, {
      address: before?.address ?? address,
      title: before?.title ?? this.#title(attributes),
      siteUrl: before?.siteUrl ?? nonEmpty(attributes.get('htmlurl'), this.#limits.addressCharsMax),
      categories: [...new Set([...(before?.categories ?? []), ...categories])].slice(
        0,
        this.#limits.categoriesMax,
      ),
    });
  }

  #include(attributes: OutlineAttributes): void {
    const url = nonEmpty(attributes.get('url'), this.#limits.addressCharsMax);
    if (url === undefined || this.#includes.size >= this.#limits.includesMax) this.#dropped += 1;
    else this.#includes.add(url);
  }

  /** Comma-separated, each with slashes from the general to the special (OPML 2.0): every step of one is a category. */
  #ownCategories(attributes: OutlineAttributes): readonly string[] {
    const steps = (attributes.get('category') ?? '').split(/[,/]/);
    return steps.flatMap((step) => nonEmpty(step, this.#limits.titleCharsMax) ?? []);
  }

  /** `text` is what the list's keeper calls it, `title` what the feed calls itself. */
  #title(attributes: OutlineAttributes): string | undefined {
    const { titleCharsMax } = this.#limits;
    return (
      nonEmpty(attributes.get('text'), titleCharsMax) ?? nonEmpty(attributes.get('title'), titleCharsMax)
    );
  }
}

type Kind = 'feed' | 'include' | 'group' | 'other';

const FEED_TYPES: ReadonlySet<string> = new Set([
  'rss',
  'atom',
  'rdf',
  'feed',
  'jsonfeed',
  'json',
  'rss1',
  'rss2',
]);

/** `xmlUrl` makes a feed whatever its type; `url` does where the type says so, or says nothing and nothing else is said. */
function kindOf(attributes: OutlineAttributes): Kind {
  const type = (attributes.get('type') ?? '').trim().toLowerCase();
  if (attributes.has('xmlurl')) return 'feed';
  if (!attributes.has('url')) return FEED_TYPES.has(type) ? 'other' : 'group';
  if (type === 'include') return 'include';
  return FEED_TYPES.has(type) || type === '' ? 'feed' : 'other';
}

/** `feed:` and its like stand for http (draft-obasanjo-feed-URI-scheme, section 2). */
function feedAddress(text: string): string {
  const address = text.replace(/\s+/g, '');
  if (/^(?:feed|rss|pcast|itpc):https?:/i.test(address)) return address.replace(/^[a-z]+:/i, '');
  return address.replace(/^(?:feed|rss|pcast|itpc):(?=\/\/)/i, 'http:');
}

function nonEmpty(text: string | undefined, charsMax: number): string | undefined {
  const folded = text?.replace(/\s+/g, ' ').trim().slice(0, charsMax).trim();
  return folded === '' ? undefined : folded?.toWellFormed();
}
