import { describe, expect, it } from 'vitest';
import {
  publishableFor,
  publishableIdsFor,
  secretsRemoverFor,
  withoutSecretLinks,
} from '../../../src/core/attribute/publishable-url.ts';

const secret = {
  feedUrl: 'https://reader:pa55word@a.example/feed?key=s3cr3t-key&n=1',
  feedUrlIsSecret: true,
};
const open = { feedUrl: 'https://a.example/feed?key=s3cr3t-key', feedUrlIsSecret: false };

describe('addresses that may be published', () => {
  it.each([
    ['https://a.example/1', true],
    ['https://a.example/feed?key=s3cr3t-key', false],
    ['https://b.example/?back=s3cr3t-key', false],
    ['https://u:p@b.example/', false],
    ['javascript:alert(1)', false],
    ['/relative', false],
  ])('%s of a source with a secret address: %s', (url, expected) => {
    expect(publishableFor(secret)(url)).toBe(expected);
  });

  it('hold no secret where the source has none', () => {
    expect(publishableFor(open)('https://a.example/feed?key=s3cr3t-key')).toBe(true);
  });

  it('bind ids of other kinds where a token stands in them', () => {
    expect(publishableIdsFor(secret)('tag:a.example,2026:s3cr3t-key/1')).toBe(false);
    expect(publishableIdsFor(open)('tag:a.example,2026:s3cr3t-key/1')).toBe(true);
  });

  it('bind ids only where these are addresses', () => {
    const isPublic = publishableIdsFor(secret);
    expect([
      isPublic('tag:a.example,2026:1'),
      isPublic('42'),
      isPublic('https://a.example/?key=s3cr3t-key'),
    ]).toEqual([true, true, false]);
  });
});

describe('links in content', () => {
  const html =
    '<p><a href="https://a.example/x?n=2&amp;key=s3cr3t-key" rel="nofollow">one</a> <a href="https://b.example/" rel="nofollow">two</a> <img src="https://a.example/1.png" srcset="https://a.example/2.png 2x, https://a.example/3.png?key=s3cr3t-key 3x" alt="x" /> <a href="mailto:m@a.example">mail</a></p>';

  it('lose an address that gives a secret away, and nothing else', () => {
    expect(withoutSecretLinks(html, secret)).toBe(
      '<p><a rel="nofollow">one</a> <a href="https://b.example/" rel="nofollow">two</a> <img src="https://a.example/1.png" alt="x" /> <a href="mailto:m@a.example">mail</a></p>',
    );
  });

  it('stay as they are where the source has no secret', () => {
    expect(withoutSecretLinks(html, open)).toBe(html);
  });
});

describe('texts', () => {
  it.each([
    ['the address', 'see https://a.example/feed?key=s3cr3t-key&n=1.', 'see https://….'],
    ['in HTML', 'see a.example/feed?key=s3cr3t-key&amp;n=1', 'see …'],
    ['a value alone', 'the key is s3cr3t-key', 'the key is …'],
    ['userinfo', 'https://reader:pa55word@b.example/', 'https://…b.example/'],
    ['words of the address', 'a reader of the feed at a.example', 'a reader of the feed at a.example'],
  ])('lose what gives a secret away, and nothing else: %s', (_, text, expected) => {
    expect(secretsRemoverFor(secret)(text)).toBe(expected);
    expect(secretsRemoverFor(open)(text)).toBe(text);
  });
});

describe('values from the environment', () => {
  const told = (feedUrl: string, ...secrets: string[]) => ({ feedUrl, feedUrlIsSecret: true, secrets });
  const inPath = told('https://a.example/u/q7x2/rss', 'q7x2');

  it.each([
    ['where an item links with it', 'https://a.example/u/q7x2/1', false],
    ['at another site', 'https://b.example/?from=q7x2', false],
    ['within a longer word', 'https://a.example/aq7x2b', false],
    ['percent-encoded', 'https://a.example/%71%37x2/1', false],
    ['percent-encoded twice', 'https://a.example/%2571%2537x2/1', false],
    ['elsewhere on the site', 'https://a.example/u/1', true],
  ])('keep an address back, however short they are: %s', (_, url, expected) => {
    expect(publishableFor(inPath)(url)).toBe(expected);
    expect(publishableIdsFor(inPath)(url)).toBe(expected);
  });

  it.each([
    ['an id of another kind', 'tag:a.example,2026:q7x2/1'],
    ['a text', 'for q7x2 only'],
    ['an address in a text', 'see https://a.example/%71%37%78%32/1 there'],
  ])('are in nothing else: %s', (_, text) => {
    expect(publishableIdsFor(inPath)(text)).toBe(false);
    expect(secretsRemoverFor(inPath)(text)).not.toMatch(/q7x2|%71/);
  });

  it('of letters alone leave longer words whole', () => {
    const remove = secretsRemoverFor(told('https://a.example/hush/rss', 'hush'));
    expect(remove('hush, hush: hushed (hush)')).toBe('…, …: hushed (…)');
  });

  it('with characters that addresses encode are found in both spellings', () => {
    const odd = told('https://a.example/?k=a%26b%2Fc%C3%BC', 'a&b/cü');
    expect(publishableFor(odd)('https://a.example/?x=a%26b%2fc%c3%bc')).toBe(false);
    expect(secretsRemoverFor(odd)('a&amp;b/cü or a&b/cü')).toBe('… or …');
  });

  it.each([
    ['the host', 'https://a.example/rss', 'a.example'],
    ['the site', 'https://a.example/rss', 'https://a.example'],
    ['a value under four characters', 'https://a.example/en/rss', 'en'],
  ])('are no secret where every page has them: %s', (_, feedUrl, value) => {
    expect(publishableFor(told(feedUrl, value))('https://a.example/en/1')).toBe(true);
  });

  it('of several parts are secret as a whole, and in the parts that are no words', () => {
    const whole = told('https://a.example/news/9f3k/feed.xml', 'https://a.example/news/9f3k/feed.xml');
    const isOpen = publishableFor(whole);
    expect(isOpen('https://a.example/news/2026/1')).toBe(true);
    expect(isOpen('https://a.example/9f3k')).toBe(false);
    expect(isOpen('https://a.example/news/9f3k/feed.xml?x')).toBe(false);
  });

  it('of request headers bind an open address too', () => {
    const source = { feedUrl: 'https://a.example/rss', feedUrlIsSecret: false, secrets: ['t0ken'] };
    expect(publishableFor(source)('https://a.example/?t=t0ken')).toBe(false);
    expect(secretsRemoverFor(source)('Bearer t0ken')).toBe('Bearer …');
  });
});
