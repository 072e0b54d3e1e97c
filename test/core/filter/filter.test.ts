import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/core/filter/filter.ts';
import type { FilterRule } from '../../../src/model/config.ts';
import type { Item } from '../../../src/model/item.ts';
import { buildItem } from '../build-item.ts';

const rule = (text: string, field?: FilterRule['field']): FilterRule => ({ text, field, line: 7 });
const verdict = (
  item: Partial<Item>,
  include: FilterRule[],
  exclude: FilterRule[] = [],
  categories: string[] = [],
) => judge(buildItem(item), { include, exclude }, categories).kind;

describe('filter', () => {
  it('passes everything where there are no rules', () => {
    expect(verdict({ title: 'Anything' }, [])).toBe('passes');
  });

  it('keeps only what an include rule matches, letters’ case and Unicode form aside', () => {
    expect(verdict({ title: 'The FERRY is late' }, [rule('ferry')])).toBe('passes');
    expect(verdict({ title: 'Cafe\u0301 opens' }, [rule('CAFÉ')])).toBe('passes');
    expect(verdict({ title: 'The tram is late' }, [rule('ferry')])).toBe('not-included');
  });

  it('lets an exclude rule win, and says which', () => {
    const found = judge(
      buildItem({ title: 'Ferry: sponsored' }),
      { include: [rule('ferry')], exclude: [rule('sponsored')] },
      [],
    );
    expect(found).toEqual({ kind: 'excluded', rule: rule('sponsored') });
  });

  it.each<[NonNullable<FilterRule['field']>, Partial<Item>]>([
    ['title', { title: 'about ferries' }],
    ['author', { authors: [{ name: 'Ferry Master' }] }],
    ['category', { categories: [{ term: 'ferry' }] }],
    ['link', { permalink: 'https://a.example/ferry/1' }],
    ['content', { content: { html: '<p>the <b>ferry</b></p>' } }],
  ])('looks at the %s where the rule names it, and nowhere else', (field, item) => {
    expect(verdict(item, [rule('ferr', field)])).toBe('passes');
    const others = (['title', 'author', 'category', 'link', 'content'] as const).filter(
      (each) => each !== field,
    );
    for (const other of others)
      expect(verdict({ title: '', ...item }, [rule('ferr', other)])).toBe('not-included');
    expect(verdict(item, [rule('ferr')])).toBe('passes');
  });

  it('counts the categories that the configuration adds', () => {
    expect(verdict({}, [rule('transport', 'category')], [], ['Transport'])).toBe('passes');
  });

  it('does not find words inside tags', () => {
    expect(
      verdict({ content: { html: '<a href="https://a.example/ferry">x</a>' } }, [rule('ferry', 'content')]),
    ).toBe('not-included');
    expect(verdict({ content: { html: '<a ferry' } }, [rule('ferry', 'content')])).toBe('not-included');
  });
});
