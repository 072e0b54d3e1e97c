// Filters over what is known: each item is judged once by the rules of its source and of the feed, and again only when it
// changes or when time changes what a rule about age says.
import { type LanguageDetector, loadLanguageDetector } from '../core/filter/detect-language.ts';
import {
  asksForLanguage,
  hasPatterns,
  isFiltering,
  judge,
  nextAgeChange,
  type Verdict,
} from '../core/filter/filter.ts';
import { shownCategories } from '../core/filter/map-categories.ts';
import { forgetPatterns } from '../core/filter/pattern.ts';
import { type Subject, saidLanguage, subjectOf } from '../core/filter/subject.ts';
import { type Copy, compareText } from '../core/merge/order.ts';
import { SortedList } from '../core/merge/sorted-list.ts';
import { plainText } from '../core/sanitize/plain-text.ts';
import type { Filter, MergedFeed } from '../model/config.ts';
import type { ItemHash } from '../model/ids.ts';
import type { Item } from '../model/item.ts';
import { effectivePublishedAt } from '../model/item-dates.ts';
import { earlierOf, type Timestamp } from '../model/timestamp.ts';
import type { KnownSources } from './known-sources.ts';
import type { ItemReader } from './prepare-items.ts';
import { yieldToOthers } from './yield-to-others.ts';

/** What the rules say of a copy. `by`: whose rules decided; those of the source come first. */
export interface CopyVerdict {
  readonly verdict: Verdict;
  readonly by: 'source' | 'feed';
}

/** Told of each copy that was judged, or that nobody asks about; a copy whose text cannot be read does not pass. */
export type TellVerdict = (copy: Copy, passes: boolean) => void;

export interface CopyJudge {
  /** A copy is new, or says something else. */
  put(copy: Copy): void;
  remove(hash: ItemHash): void;
  knows(hash: ItemHash): boolean;
  /** Judges what was put, what could not be read before, and what time alone may have changed. */
  settle(now: Timestamp): Promise<void>;
  /** Undefined where no rule asks about the copy, or its text cannot be read. */
  of(hash: ItemHash): CopyVerdict | undefined;
  /** When time alone next changes a verdict. */
  nextChangeAt(): Timestamp | undefined;
}

interface Judged extends CopyVerdict {
  readonly copy: Copy;
  readonly name: string;
  readonly changesAt: Timestamp | undefined;
}

/** When the first of several verdicts changes. */
type Ageing = Judged & { readonly changesAt: Timestamp };

const AT_ONCE = 100;

export function createCopyJudge(
  feed: MergedFeed,
  known: Pick<KnownSources, 'of' | 'askAgain'>,
  read: ItemReader,
  tell: TellVerdict,
): CopyJudge {
  const kept = new Map<ItemHash, Judged>();
  const ageing = new SortedList<Ageing>(
    (a, b) => compareText(a.changesAt, b.changesAt) || compareText(a.copy.entry.hash, b.copy.entry.hash),
  );
  /** To be judged, or to be read again. */
  const waiting = new Map<ItemHash, Copy>();
  const filtersOf = ({ source }: Copy): readonly Filter[] => [source.filter, feed.filter];
  const isJudged = (copy: Copy) => filtersOf(copy).some(isFiltering);

  function feedLanguage({ source }: Copy): string | undefined {
    const state = known.of(source.id);
    return state.kind === 'known' ? state.record.feed?.language : undefined;
  }

  const nameOf = (copy: Copy) =>
    [copy.entry.hash, copy.entry.fingerprint, effectivePublishedAt(copy.entry), feedLanguage(copy)].join(' ');

  function keep(judged: Judged): void {
    forget(judged.copy.entry.hash);
    kept.set(judged.copy.entry.hash, judged);
    if (judged.changesAt !== undefined) ageing.add(judged as Ageing);
    tell(judged.copy, judged.verdict.kind === 'passes');
  }

  function forget(hash: ItemHash): void {
    const judged = kept.get(hash);
    if (judged?.changesAt !== undefined) ageing.delete(judged as Ageing);
    kept.delete(hash);
    waiting.delete(hash);
  }

  /** To be read again; what it was judged by before says nothing. */
  function lose(copy: Copy): void {
    forget(copy.entry.hash);
    waiting.set(copy.entry.hash, copy);
    tell(copy, false);
  }

  async function judgeSome(copies: readonly Copy[], shared: SharedWork, now: Timestamp): Promise<void> {
    const records = await read(copies.map((copy) => copy.entry));
    const mustGuess = (copy: Copy) => {
      const item = records.get(copy.entry.hash)?.item;
      return (
        item !== undefined &&
        filtersOf(copy).some(asksForLanguage) &&
        saidLanguage(item, feedLanguage(copy)) === undefined
      );
    };
    if (copies.some(mustGuess)) shared.detector ??= await loadLanguageDetector();
    for (const copy of copies) {
      const { hash } = copy.entry;
      // Meanwhile it may have gone, or say something else.
      if (waiting.get(hash) !== copy) continue;
      const item = records.get(hash)?.item;
      if (item === undefined) {
        shared.lost.add(hash);
        lose(copy);
      } else keep(judgeOne(copy, item, shared.detector, now));
      // A pattern may take a tenth of a second.
      if (filtersOf(copy).some(hasPatterns)) await yieldToOthers();
    }
  }

  function judgeOne(
    copy: Copy,
    item: Item,
    languageOf: LanguageDetector | undefined,
    now: Timestamp,
  ): Judged {
    const publishedAt = effectivePublishedAt(copy.entry);
    const subject = subjectOf({
      item,
      // Rules find a category by the name that its publisher gives it and by the one that is shown.
      categories: shownCategories(item.categories, copy.source, feed).map(({ term }) => term),
      publishedAt,
      feedLanguage: feedLanguage(copy),
      textOf: plainText,
      languageOf,
    });
    const changes = filtersOf(copy).map((filter) => nextAgeChange(filter, publishedAt, now));
    return {
      ...judgeByBoth(subject, copy.source.filter, feed.filter, now),
      copy,
      name: nameOf(copy),
      changesAt: changes.reduce(earlierOf),
    };
  }

  return {
    put(copy) {
      const { hash } = copy.entry;
      if (!isJudged(copy)) {
        tell(copy, true);
        return;
      }
      const judged = kept.get(hash);
      if (judged !== undefined && judged.name === nameOf(copy)) keep({ ...judged, copy });
      else waiting.set(hash, copy);
    },
    remove: forget,
    knows: (hash) => kept.has(hash) || waiting.has(hash),
    async settle(now) {
      for (const { changesAt, copy } of ageing) {
        if (changesAt > now) break;
        waiting.set(copy.entry.hash, copy);
      }
      if (waiting.size === 0) return;
      const copies = [...waiting.values()];
      const shared: SharedWork = { detector: undefined, lost: new Set() };
      for (let from = 0; from < copies.length; from += AT_ONCE) {
        await judgeSome(copies.slice(from, from + AT_ONCE), shared, now);
        await yieldToOthers();
      }
      known.askAgain(shared.lost);
      forgetPatterns();
    },
    of: (hash) => kept.get(hash),
    nextChangeAt() {
      for (const { changesAt } of ageing) return changesAt;
      return undefined;
    },
  };
}

/** What judging many copies shares. */
interface SharedWork {
  /** Loaded when the first text asks for it. */
  detector: LanguageDetector | undefined;
  /** Texts that cannot be read. */
  readonly lost: Set<ItemHash>;
}

function judgeByBoth(subject: Subject, ofSource: Filter, ofFeed: Filter, now: Timestamp): CopyVerdict {
  const bySource = judge(subject, ofSource, now);
  if (bySource.kind !== 'passes') return { verdict: bySource, by: 'source' };
  return { verdict: judge(subject, ofFeed, now), by: 'feed' };
}
