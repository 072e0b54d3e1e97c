// Filters over what is known: each item is judged once by the rules of its source and of the feed, and again only when it
// changes or when time changes what a rule about age says.
import { type LanguageDetector, loadLanguageDetector } from '../core/filter/detect-language.ts';
import { asksForLanguage, isFiltering, judge, nextAgeChange, type Verdict } from '../core/filter/filter.ts';
import { shownCategories } from '../core/filter/map-categories.ts';
import { forgetPatterns } from '../core/filter/pattern.ts';
import { type Subject, saidLanguage, subjectOf } from '../core/filter/subject.ts';
import type { Copy } from '../core/merge/order.ts';
import { plainText } from '../core/sanitize/plain-text.ts';
import type { Filter, MergedFeed } from '../model/config.ts';
import type { ItemHash } from '../model/ids.ts';
import type { Item } from '../model/item.ts';
import { effectivePublishedAt } from '../model/item-dates.ts';
import { earlierOf, type Timestamp } from '../model/timestamp.ts';
import type { KnownSources } from './known-sources.ts';
import type { ItemReader } from './prepare-items.ts';

/** What the rules say of a copy. `by`: whose rules decided; those of the source come first. */
export interface CopyVerdict {
  readonly verdict: Verdict;
  readonly by: 'source' | 'feed';
}

export interface CopyVerdicts {
  /** Undefined where no rule asks about the copy, or its text cannot be read. */
  of(copy: Copy): CopyVerdict | undefined;
  passes(copy: Copy): boolean;
  /** When time alone changes a verdict. */
  readonly nextChangeAt: Timestamp | undefined;
}

export interface CopyJudge {
  judge(copies: readonly Copy[], now: Timestamp): Promise<CopyVerdicts>;
}

interface Judged extends CopyVerdict {
  readonly changesAt: Timestamp | undefined;
}

const AT_ONCE = 100;

export function createCopyJudge(feed: MergedFeed, known: KnownSources, read: ItemReader): CopyJudge {
  let kept = new Map<string, Judged>();
  const filtersOf = ({ source }: Copy): readonly Filter[] => [source.filter, feed.filter];
  const isJudged = (copy: Copy) => filtersOf(copy).some(isFiltering);

  function feedLanguage({ source }: Copy): string | undefined {
    const state = known.of(source.id);
    return state.kind === 'known' ? state.record.feed?.language : undefined;
  }

  const nameOf = (copy: Copy) =>
    [copy.entry.hash, copy.entry.fingerprint, effectivePublishedAt(copy.entry), feedLanguage(copy)].join(' ');

  /** What holds no longer at `now` is judged again. */
  function stillHolds(copy: Copy, now: Timestamp): Judged | undefined {
    const judged = kept.get(nameOf(copy));
    return judged?.changesAt !== undefined && judged.changesAt <= now ? undefined : judged;
  }

  async function judgeFresh(
    copies: readonly Copy[],
    now: Timestamp,
    into: Map<string, Judged>,
  ): Promise<void> {
    let languageOf: LanguageDetector | undefined;
    const mustGuess = (copy: Copy, item: Item | undefined) =>
      item !== undefined &&
      filtersOf(copy).some(asksForLanguage) &&
      saidLanguage(item, feedLanguage(copy)) === undefined;
    const lost = new Set<ItemHash>();
    for (let from = 0; from < copies.length; from += AT_ONCE) {
      const some = copies.slice(from, from + AT_ONCE);
      const records = await read(some.map((copy) => copy.entry));
      if (some.some((copy) => mustGuess(copy, records.get(copy.entry.hash)?.item)))
        languageOf ??= await loadLanguageDetector();
      for (const copy of some) {
        const item = records.get(copy.entry.hash)?.item;
        if (item === undefined) lost.add(copy.entry.hash);
        else into.set(nameOf(copy), judgeOne(copy, item, languageOf, now));
      }
      await yieldToOthers();
    }
    known.askAgain(lost);
    forgetPatterns();
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
      changesAt: changes.reduce(earlierOf),
    };
  }

  return {
    async judge(copies, now) {
      const asked = copies.filter(isJudged);
      const next = new Map<string, Judged>();
      const fresh: Copy[] = [];
      for (const copy of asked) {
        const judged = stillHolds(copy, now);
        if (judged === undefined) fresh.push(copy);
        else next.set(nameOf(copy), judged);
      }
      if (fresh.length > 0) await judgeFresh(fresh, now, next);
      kept = next;
      const of = (copy: Copy) => (isJudged(copy) ? next.get(nameOf(copy)) : undefined);
      return {
        of,
        passes: (copy) => !isJudged(copy) || of(copy)?.verdict.kind === 'passes',
        nextChangeAt: [...next.values()].map(({ changesAt }) => changesAt).reduce(earlierOf, undefined),
      };
    },
  };
}

function judgeByBoth(subject: Subject, ofSource: Filter, ofFeed: Filter, now: Timestamp): CopyVerdict {
  const bySource = judge(subject, ofSource, now);
  if (bySource.kind !== 'passes') return { verdict: bySource, by: 'source' };
  return { verdict: judge(subject, ofFeed, now), by: 'feed' };
}

/** Rules take milliseconds over a long text: requests and polls go in between. */
function yieldToOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
