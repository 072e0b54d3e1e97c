// What was remembered under former rules for addresses, brought under the present ones. Each set of rules only joins what the one
// before kept apart, so that the present form can be made of the former one.
import type { RetractionRecord } from '../../model/retraction-record.ts';
import type { SourceRecord } from '../../model/source-record.ts';
import { isFrontPage } from '../../model/telling-names.ts';
import { canonicalUrl, PAGE_RULES } from './canonical-url.ts';

/** Itself where it follows them already. */
export function withPresentPages(record: SourceRecord): SourceRecord {
  if (record.pageRules === PAGE_RULES) return record;
  const items = record.items.map((entry) => {
    const page = presentPage(entry.canonicalUrl);
    return page === entry.canonicalUrl ? entry : { ...entry, canonicalUrl: page };
  });
  return { ...record, pageRules: PAGE_RULES, items };
}

/** Where its page is the front page of a site now, it would take out every story that is linked there: that stays as it was. */
export function retractionUnderPresentRules(record: RetractionRecord): RetractionRecord {
  const page = presentPage(record.canonicalUrl);
  if (page === undefined || page === record.canonicalUrl || isFrontPage(page)) return record;
  return { ...record, canonicalUrl: page };
}

function presentPage(page: string | undefined): string | undefined {
  return page === undefined ? undefined : (canonicalUrl(`https:${page}`) ?? page);
}
