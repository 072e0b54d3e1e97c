import { describe, expect, it } from 'vitest';
import { publishableUrl, resolveReference } from '../../../src/core/normalize/urls.ts';

describe('resolveReference', () => {
  const base = 'http://a/b/c/d;p?q';
  // RFC 3986, sections 5.4.1 and 5.4.2.
  it.each([
    ['g:h', 'g:h'],
    ['g', 'http://a/b/c/g'],
    ['./g', 'http://a/b/c/g'],
    ['g/', 'http://a/b/c/g/'],
    ['/g', 'http://a/g'],
    ['//g', 'http://g'],
    ['?y', 'http://a/b/c/d;p?y'],
    ['g?y', 'http://a/b/c/g?y'],
    ['#s', 'http://a/b/c/d;p?q#s'],
    ['g#s', 'http://a/b/c/g#s'],
    ['g?y#s', 'http://a/b/c/g?y#s'],
    [';x', 'http://a/b/c/;x'],
    ['g;x?y#s', 'http://a/b/c/g;x?y#s'],
    ['', 'http://a/b/c/d;p?q'],
    ['.', 'http://a/b/c/'],
    ['./', 'http://a/b/c/'],
    ['..', 'http://a/b/'],
    ['../g', 'http://a/b/g'],
    ['../..', 'http://a/'],
    ['../../g', 'http://a/g'],
    ['../../../g', 'http://a/g'],
    ['/./g', 'http://a/g'],
    ['/../g', 'http://a/g'],
    ['g.', 'http://a/b/c/g.'],
    ['..g', 'http://a/b/c/..g'],
    ['./../g', 'http://a/b/g'],
    ['g/./h', 'http://a/b/c/g/h'],
    ['g/../h', 'http://a/b/c/h'],
    ['g?y/../x', 'http://a/b/c/g?y/../x'],
  ])('%s', (reference, expected) => {
    expect(resolveReference(reference, base)).toBe(expected);
  });

  it('has no answer for a relative reference without a base', () => {
    expect(resolveReference('g', undefined)).toBeUndefined();
    expect(resolveReference('//h.example/', undefined)).toBe('https://h.example/');
  });
});

describe('publishableUrl', () => {
  it.each([
    [' https://h.example/a\n', 'https://h.example/a'],
    ['https://h.exam\tple/a\nb', 'https://h.example/ab'],
    ['\u0000\u0001https://h.example/', 'https://h.example/'],
    ['HTTPS://h.example/A', 'https://h.example/A'],
    ['https://user:pass@h.example:8443/', 'https://h.example:8443/'],
    ['https://user@evil@h.example/', 'https://h.example/'],
    ['http:/h.example/a', 'http://h.example/a'],
    ['http:\\\\h.example/a', 'http://h.example/a'],
    ['https://h.example/ä/日本', 'https://h.example/ä/日本'],
    ['https://h.example/a b"<c>', 'https://h.example/a%20b%22%3Cc%3E'],
    ['www.h.example/a', 'http://www.h.example/a'],
    ['https:\\\\h.example\\a\\b?c\\d', 'https://h.example/a/b?c%5Cd'],
    ['\\a\\b', 'https://base.example/a/b'],
    ['//h.example/a', 'https://h.example/a'],
    ['feed://h.example/a', 'http://h.example/a'],
    ['feed:https://h.example/a', 'https://h.example/a'],
    ['feed://https://h.example/a', 'https://h.example/a'],
    ['http://https://h.example/a', 'https://h.example/a'],
    ['http://bücher.example/ä', 'http://bücher.example/ä'],
    ['http://h.example/%E4%zz', 'http://h.example/%E4%zz'],
    ['https://h.example/#a#b', 'https://h.example/#a#b'],
    ['https://h.example/[x]', 'https://h.example/[x]'],
    ['http://[::1]:8080/', 'http://[::1]:8080/'],
    ['https://h.example/a\u202egpj.exe', 'https://h.example/a%E2%80%AEgpj.exe'],
    ['https://h.example/a\u200bb', 'https://h.example/a%E2%80%8Bb'],
    ['#f', 'https://base.example/d/#f'],
    ['?q', 'https://base.example/d/?q'],
    ['a b', 'https://base.example/d/a%20b'],
  ])('makes %j fit', (given, expected) => {
    expect(publishableUrl(given, 'https://base.example/d/')).toBe(expected);
  });

  it.each([
    '',
    '   ',
    'javascript:alert(1)',
    'JAVA\nSCRIPT:alert(1)',
    '\u0001javascript:alert(1)',
    'vbscript:x',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://h.example/',
    'mailto:ada@h.example',
    'tag:h.example,2026:1',
    'http://',
    'https:///',
    'https://@/',
    'https://h example/',
    `https://h.example/${'a'.repeat(9000)}`,
  ])('refuses %j', (given) => {
    expect(publishableUrl(given, 'https://base.example/')).toBeUndefined();
  });

  it.each([
    ['h', 'http:http://'],
    ['//http://h', undefined],
    ['http:http://h', undefined],
    ['HTTPS:/http:\\\\https://h/x', undefined],
    ['http://https:8080/x', undefined],
  ])('publishes what becomes of %s as itself', (reference, base) => {
    const url = publishableUrl(reference, base);
    expect(url).toMatch(/^https?:\/\/h/);
    expect(publishableUrl(url ?? '', undefined)).toBe(url);
  });

  it.each(['http:@http://x', 'http://u:p@https:/x', 'http:http:/x'])('%s is none', (reference) => {
    expect(publishableUrl(reference, undefined)).toBeUndefined();
  });

  it('is not longer once it is encoded than any may be', () => {
    expect(publishableUrl(`https://h.example/${' x'.repeat(4000)}`, undefined)).toBeUndefined();
  });
});
