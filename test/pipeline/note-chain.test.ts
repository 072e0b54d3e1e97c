// Tributaries in a row, by each format in between: one note, the first publisher first, one more hop with each.
import { describe, expect, it } from 'vitest';
import type { NotePosition } from '../../src/model/config.ts';
import { DEFAULT_WORDING } from '../../src/model/default-wording.ts';
import { buildSource } from '../core/build-item.ts';
import { CREDIT_SOURCES, SOURCE_URL } from './credit-sources.ts';
import { publishOnce } from './publish-once.ts';

const NOTE_WORDS = 'Copyright for syndicated content belongs to the linked source.';
const first = buildSource('a', { feedUrl: SOURCE_URL });
const [rss2, atom1] = CREDIT_SOURCES;
const wordless = `<rss version="2.0"><channel><title>Quiet</title><link>https://a.example/</link><description>d</description>
<item><guid isPermaLink="false">1</guid><title>Quiet</title><link>https://a.example/1</link></item></channel></rss>`;

type Format = 'rss' | 'atom' | 'json';

/** What the last of `hosts` publishes as JSON, each reading the one before by `format`. */
async function passOn(
  text: string,
  hosts: readonly string[],
  format: Format,
  position: NotePosition = 'after',
) {
  const feed = (title: string) => ({ title, attribution: { ...DEFAULT_WORDING, position } });
  let source = first;
  let documents = { rss: text, atom: text, json: text };
  for (const host of hosts) {
    documents = await publishOnce(
      [{ source, text: documents[format] }],
      feed(host),
      `https://${host}.example/`,
    );
    source = buildSource(host, { feedUrl: `https://${host}.example/feeds/all.${format}` });
  }
  return JSON.parse(documents.json).items;
}

describe.each(['rss', 'atom', 'json'] as const)('three Tributaries in a row by %s', (format) => {
  it.each(['before', 'after', 'both'] as const)('show one note, %s', async (position) => {
    const notes = position === 'both' ? 2 : 1;
    for (const item of await passOn(atom1?.text ?? '', ['one', 'two', 'three'], format, position)) {
      expect(item.content_html.split(NOTE_WORDS)).toHaveLength(notes + 1);
      expect(item.content_html.split('Source: ')).toHaveLength(notes + 1);
      expect(item.summary).toBe('Text');
    }
  });

  it('name the first publisher first, and each of them in the chain', async () => {
    const [, plain] = await passOn(rss2?.text ?? '', ['one', 'two', 'three'], format);
    expect(plain._tributary.source.feed_url).toBe(SOURCE_URL);
    expect(plain._tributary.via.map((hop: { url: string }) => hop.url)).toEqual([
      `https://one.example/feeds/all.${format}`,
      `https://two.example/feeds/all.${format}`,
    ]);
    expect(plain).toMatchObject({ authors: [{ name: 'The Harbour Desk' }], id: plain.url });
    expect(plain._tributary.rights).toBe('© 2026 Harbour News');
  });

  it('make no content of the note of an item that has none', async () => {
    const [quiet] = await passOn(wordless, ['one', 'two'], format);
    expect(quiet.content_html).toBe(quiet._tributary.note);
    expect(quiet).not.toHaveProperty('summary');
  });
});

describe('what only looks like a note', () => {
  const said = (note: string, content: string) =>
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'A',
      items: [{ id: '1', content_html: content, _tributary: { note } }],
    });
  const contentOf = async (note: string, content: string) => {
    const [item] = await passOn(said(note, content), ['one'], 'json');
    return item.content_html.replace(item._tributary.note, '');
  };

  it('stays: another wording, the middle of the content, a declared note that is not there', async () => {
    const note = '<p class="attribution">Source: B</p>';
    expect(await contentOf(note, '<p>x</p><p class="attribution">Source: C</p>')).toBe(
      '<p>x</p><p>Source: C</p>',
    );
    expect(await contentOf(note, `<p>x</p>${note}<p>y</p>`)).toBe('<p>x</p><p>Source: B</p><p>y</p>');
    expect(await contentOf('', '<p>x</p>')).toBe('<p>x</p>');
  });

  it('takes no picture with it that stands before the note alone', async () => {
    const picture = '<img src="https://a.example/1.png" alt="" referrerpolicy="no-referrer" />';
    const note = '<p class="attribution">Source: B</p>';
    expect(await contentOf(note, `${picture}${note}`)).toBe(picture);
    expect(await contentOf('<p></p>', picture)).toBe(picture);
  });

  it('goes where it is the declared one', async () => {
    const note = '<p class="attribution">Source: B</p>';
    expect(await contentOf(note, `<p>x</p>${note}`)).toBe('<p>x</p>');
  });
});
