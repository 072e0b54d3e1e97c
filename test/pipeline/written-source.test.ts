// The YAML that `probe` gives: read as a configuration, it says what was meant, whatever is in address and title.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { configOf, writeSource } from '../../src/pipeline/written-source.ts';

const write = (url: string, title?: string, ...taken: string[]) =>
  writeSource({ url, title, taken: new Set(taken) });

it.each([
  ['https://a.example/feed', 'https://a.example/feed'],
  ['https://a.example/feed:', '"https://a.example/feed:"'],
  ['https://a.example/f#x', '"https://a.example/f#x"'],
  ['https://a.example/?q=%22{a}', 'https://a.example/?q=%22{a}'],
  ['https://a.example/?q=${HOME}', 'https://a.example/?q=$${HOME}'],
])('%s is written as %s', (url, written) => {
  const source = write(url, 'A');
  expect(source.yaml).toBe(`sources:\n  - id: a\n    url: ${written}\n    name: "A"\n`);
  expect(configOf(source).sources[0]?.feedUrl).toBe(url);
});

it('keeps user, password and secret parameters out of the file', () => {
  const source = write('https://ines:pass@a.example/feed?key=k1&page=2&key=k2', '9 o’clock');
  expect(source.yaml).not.toMatch(/ines|pass@|k1|k2/);
  expect(source.yaml).toContain('page=2');
  expect(source.env).toEqual({
    SOURCE_9_O_CLOCK_LOGIN: 'ines:pass',
    SOURCE_9_O_CLOCK_KEY: 'k1',
    SOURCE_9_O_CLOCK_KEY_2: 'k2',
  });
  expect(configOf(source).sources[0]).toMatchObject({
    feedUrl: 'https://ines:pass@a.example/feed?key=k1&page=2&key=k2',
    feedUrlIsSecret: true,
  });
});

it('takes an id that is free, from the title, else from the address', () => {
  expect(write('https://a.example/x', 'Ä b', 'a-b', 'a-b-2').id).toBe('a-b-3');
  expect(write('https://a.example/x.xml').id).toBe('a-example-x-xml');
  expect(write('https://a.example/x', '新闻').id).toBe('a-example-x');
});

it('is valid whatever title and address are', () => {
  fc.assert(
    fc.property(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.option(fc.string({ unit: 'binary', maxLength: 60 }), { nil: undefined }),
      (url, title) => {
        const { href } = new URL(url);
        const source = write(href, title);
        const [read] = configOf(source).sources;
        expect(read).toMatchObject({ id: source.id, feedUrl: href });
      },
    ),
    { numRuns: 100 },
  );
});
