// Three Tributaries in a row, by every pair of formats between them: what the last one says of an item is what the first one
// said, but for one more hop with each and the wording of its own note.
import { describe, expect, it } from 'vitest';
import { defaultWordingFor } from '../../src/model/default-wording.ts';
import { buildSource } from '../core/build-item.ts';
import { CREDIT_SOURCES, SOURCE_URL } from './credit-sources.ts';
import { type Documents, publishOnce } from './publish-once.ts';

const FORMATS = ['rss', 'atom', 'json'] as const;
type Format = (typeof FORMATS)[number];

const LANGUAGES = { one: 'fr', two: 'he', three: 'zh-Hant' } as const;
type Host = keyof typeof LANGUAGES;

function publish(host: Host, feedUrl: string, text: string, position: 'after' | 'both'): Promise<Documents> {
  const language = LANGUAGES[host];
  const attribution = { ...defaultWordingFor(language), position };
  return publishOnce(
    [{ source: buildSource('a', { feedUrl, address: feedUrl }), text }],
    // Of the feed itself, and so of none of its items.
    { title: `All of ${host}`, language, attribution, author: { name: `Desk of ${host}` } },
    `https://${host}.example/`,
  );
}

const addressOf = (host: Host, format: Format) => `https://${host}.example/feeds/all.${format}`;

interface JsonItem {
  readonly content_html: string;
  readonly language?: string;
  readonly _tributary: {
    readonly note: string;
    readonly publisher: string;
    readonly source: { readonly title: string; readonly feed_url: string };
    readonly via: readonly { readonly url: string }[];
  };
}

function itemsOf(documents: Documents): readonly JsonItem[] {
  return JSON.parse(documents.json).items;
}

/** What is the item's alone. RSS has no more of a source than its title and its feed, and no language of items without one. */
function withoutHops(item: JsonItem) {
  const { note, via: _, publisher: __, source, ...said } = item._tributary;
  const { language: ___, ...rest } = item;
  const bare = item.content_html.split(note);
  const { title, feed_url } = source;
  return {
    ...rest,
    content_html: bare.join(''),
    notes: bare.length - 1,
    _tributary: { ...said, title, feed_url },
  };
}

describe.each(CREDIT_SOURCES)('of $name', ({ text }) => {
  const first = publish('one', SOURCE_URL, text, 'both');

  it.each(FORMATS.flatMap((one) => FORMATS.map((two) => [one, two] as const)))(
    'by %s and %s',
    async (one, two) => {
      const second = await publish('two', addressOf('one', one), (await first)[one], 'both');
      const third = await publish('three', addressOf('two', two), second[two], 'both');
      const [before, after] = [itemsOf(await first), itemsOf(third)];
      expect(after.map(withoutHops)).toEqual(before.map(withoutHops));
      expect(after.map(withoutHops).map((item) => item.notes)).toEqual([2, 2]);
      for (const [place, item] of after.entries()) {
        expect(item._tributary.via.map((hop) => hop.url)).toEqual([
          ...(before[place]?._tributary.via.map((hop) => hop.url) ?? []),
          addressOf('one', one),
          addressOf('two', two),
        ]);
      }
    },
  );
});
