// What we rely on in feed: its Feed class as the model and the seam, with writers that a subclass replaces.
import { Feed } from 'feed';
import { describe, expect, it } from 'vitest';

describe('feed', () => {
  it('keeps options, items and extensions as they are put in, in order', () => {
    const feed = new Feed({ title: 'T', generator: false });
    const item = {
      title: 'One',
      link: 'https://a.example/1',
      date: new Date(0),
      extensions: [{ name: '_x', objects: { a: 1 } }],
    };
    feed.addItem(item);
    feed.addItem({ ...item, title: 'Two' });
    feed.addExtension({ name: '_y', objects: {} });
    expect(feed.options.title).toBe('T');
    expect(feed.items.map((each) => each.title)).toEqual(['One', 'Two']);
    expect(feed.items[0]).toBe(item);
    expect(feed.extensions).toEqual([{ name: '_y', objects: {} }]);
  });

  it('asks a subclass for its documents', () => {
    class Own extends Feed {
      override rss2(): string {
        return `own ${this.items.length}`;
      }
    }
    expect(new Own({ title: 'T' }).rss2()).toBe('own 0');
  });

  it('lets content forge an item with its own RSS writer: why ours stands in its place', () => {
    const feed = new Feed({ title: 'T' });
    const forged = '<item><title>forged</title></item>';
    feed.addItem({
      title: 'One',
      link: 'https://a.example/1',
      date: new Date(0),
      content: `]]> ]]>${forged}`,
    });
    expect(feed.rss2()).toContain(`]]>${forged}`);
  });
});
