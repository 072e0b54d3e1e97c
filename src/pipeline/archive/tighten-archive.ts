// What may be shown of an archived item now: never more than when it was sealed. Pure.
import { createHash } from 'node:crypto';
import { showOf } from '../../core/attribute/show-of.ts';
import type { ArchivedItem } from '../../model/archive.ts';
import type { Config, MergedFeed, Source } from '../../model/config.ts';
import { DEFAULT_EXCERPT_CHARS, stricter } from '../../model/shown.ts';
import { withoutLines } from '../config-changes.ts';
import { shownOf } from '../shown-item.ts';

/** Digest of what the configuration lets be shown, and of where we are: an archive is looked at again when it is another. */
export function termsOf(feed: MergedFeed, sources: readonly Source[], config: Config): string {
  const contents = sources.map(({ id, content, excerptChars }) => [id, content, excerptChars]);
  const terms = [config.server.publicUrl, feed.show, feed.noindex === true, contents];
  return createHash('sha256').update(withoutLines(terms)).digest('base64url').slice(0, 27);
}

/** The same where nothing is stricter; `source` undefined where the configuration has it no more. */
export function tightened(
  archived: ArchivedItem,
  feed: MergedFeed,
  source: Source | undefined,
): ArchivedItem {
  const { item } = archived;
  const { rights: text, licenses, terms } = item.attribution;
  const before = item.shown?.shown ?? 'full';
  const decision = showOf({
    content: source?.content ?? { shown: before },
    show: feed.show,
    rights: { text, licenses, rsl: terms?.rsl ?? [], tdm: terms?.tdm },
  });
  const shown = stricter(before, decision.shown);
  if (shown === before) return archived;
  const parts = shownOf({ item, contentHtml: item.contentHtml, summaryHtml: undefined }, shown, {
    excerptChars: source?.excerptChars ?? DEFAULT_EXCERPT_CHARS,
    language: item.language,
  });
  return { ...archived, item: { ...item, ...parts, shown: { shown, because: decision.because } } };
}
