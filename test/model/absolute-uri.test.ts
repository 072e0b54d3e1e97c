import { describe, expect, it } from 'vitest';
import { isAbsoluteUri } from '../../src/model/absolute-uri.ts';

describe('an id that may be published as it came', () => {
  it.each([
    'https://harbour.example/1',
    'tag:harbour.example,2024:1',
    'urn:uuid:225c695c-cfb8-4ebb-aaaa-80da344efa6a',
    'yt:video:abc',
    'x://harbour.example:80/1',
    'x://user@[2001:db8::1]:80/1',
    'x:///1',
  ])('is %s', (id) => {
    expect(isAbsoluteUri(id)).toBe(true);
  });

  it.each([
    '42',
    't3_1',
    '//harbour.example/1',
    'https:',
    'https://',
    'javascript:alert(1)',
    'urn:x',
    'tag:harbour.example:1',
    'x:a b',
    // As Bluesky has them: what stands after `//` has no host and port that could be one.
    'at://did:plc:1/app.bsky.feed.post/1',
    'x://harbour.example:port/1',
  ])('is not %s', (id) => {
    expect(isAbsoluteUri(id)).toBe(false);
  });
});
