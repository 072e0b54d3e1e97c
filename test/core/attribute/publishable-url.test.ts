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
