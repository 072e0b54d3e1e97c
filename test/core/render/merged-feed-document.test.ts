import { Feed } from 'feed';
import { describe, expect, it } from 'vitest';
import { MergedFeedDocument } from '../../../src/core/render/merged-feed-document.ts';
import { readWithFeedsmith } from '../../oracles/readers.ts';
import { BARE, EDITION, FULL, RECEIVED } from './sample-editions.ts';

describe("a merged feed's document", () => {
  it("is a Feed of npm feed's, with its items", () => {
    const document = new MergedFeedDocument(EDITION);
    expect(document).toBeInstanceOf(Feed);
    expect(document.items.map((item) => item.id)).toEqual([FULL.id, RECEIVED.id, BARE.id]);
    expect(document.options).toMatchObject({ title: EDITION.title, generator: EDITION.generator });
  });

  it('writes what stands in its items and extensions when it is asked', () => {
    const document = new MergedFeedDocument(EDITION);
    document.items = document.items.slice(1);
    document.items[0]?.extensions.push({ name: '_more', objects: { a: 1 } });
    document.addExtension({ name: '_ours', objects: { b: 2 } });
    for (const text of [document.rss2(), document.atom1(), document.json1()]) {
      expect(readWithFeedsmith(text).map((item) => item.id)).toEqual([RECEIVED.id, BARE.id]);
    }
    expect(JSON.parse(document.json1())).toMatchObject({ _ours: { b: 2 }, items: [{ _more: { a: 1 } }, {}] });
  });
});
