// Rules and verdicts: whether an item may pass, and which rule of the configuration said so.
import type { Filter, FilterRule } from '../../model/config.ts';
import { assertNever } from '../../model/errors.ts';
import type { Item } from '../../model/item.ts';

export type Verdict =
  | { readonly kind: 'passes'; readonly rule: FilterRule | undefined }
  | { readonly kind: 'excluded'; readonly rule: FilterRule }
  | { readonly kind: 'not-included' };

/**
 * Judges an item: an exclude rule that matches decides; else, where there are include rules, one of them must match.
 * `categories` are those that the configuration adds to the source's items.
 */
export function judge(item: Item, filter: Filter, categories: readonly string[]): Verdict {
  const excluding = filter.exclude.find((rule) => matches(item, rule, categories));
  if (excluding !== undefined) return { kind: 'excluded', rule: excluding };
  if (filter.include.length === 0) return { kind: 'passes', rule: undefined };
  const including = filter.include.find((rule) => matches(item, rule, categories));
  return including === undefined ? { kind: 'not-included' } : { kind: 'passes', rule: including };
}

export function isFiltering(filter: Filter): boolean {
  return filter.include.length > 0 || filter.exclude.length > 0;
}

function matches(item: Item, rule: FilterRule, categories: readonly string[]): boolean {
  const wanted = fold(rule.text);
  return textsOf(item, rule.field, categories).some((text) => fold(text).includes(wanted));
}

/** Letters' case aside, in one Unicode form. */
function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function textsOf(item: Item, field: FilterRule['field'], categories: readonly string[]): readonly string[] {
  switch (field) {
    case 'title':
      return [item.title];
    case 'author':
      return item.authors.flatMap((author) => [author.name ?? '', author.email ?? '']);
    case 'category':
      return [...categories, ...item.categories.flatMap((c) => [c.term, c.label ?? ''])];
    case 'link':
      return [item.permalink ?? ''];
    case 'content':
      return [textBetweenTags(item.content?.html ?? ''), textBetweenTags(item.summary?.html ?? '')];
    case undefined:
      return (['title', 'author', 'category', 'link', 'content'] as const).flatMap((each) =>
        textsOf(item, each, categories),
      );
    default:
      return assertNever(field);
  }
}

/** Words must not be found inside tags and attributes. A scan by index: linear, whatever the text. */
function textBetweenTags(html: string): string {
  let text = '';
  let from = 0;
  for (;;) {
    const open = html.indexOf('<', from);
    if (open === -1) return text + html.slice(from);
    text += `${html.slice(from, open)} `;
    const close = html.indexOf('>', open);
    if (close === -1) return text;
    from = close + 1;
  }
}
