import { deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ReadError } from '../../src/model/errors.ts';
import { inflateBody } from '../../src/pipeline/inflate-body.ts';
import { readFeed } from '../../src/pipeline/read-feed.ts';

const FEED = Buffer.from(
  '<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><title>\xe9</title></channel></rss>',
  'latin1',
);

async function codeOf(reading: Promise<unknown>): Promise<unknown> {
  return reading.then(
    () => 'read',
    (error: unknown) => (error instanceof ReadError ? error.code : error),
  );
}

describe('documents that are compressed themselves', () => {
  it.each([
    ['gzip', gzipSync(FEED)],
    ['zlib', deflateSync(FEED)],
    ['zlib, fast', deflateSync(FEED, { level: 1 })],
    ['zlib, best', deflateSync(FEED, { level: 9 })],
    ['zstd', zstdCompressSync(FEED)],
    ['gzip twice', gzipSync(gzipSync(FEED))],
    ['nothing', FEED],
  ])('are read whatever the header says: %s', async (_, body) => {
    expect((await readFeed(body, { contentType: 'application/xml' })).title).toBe('й');
    expect((await readFeed(body, { contentType: 'application/gzip' })).title).toBe('й');
  });

  it('are no feeds where they end too early or are broken', async () => {
    const whole = gzipSync(FEED);
    expect(await codeOf(readFeed(whole.subarray(0, whole.length - 12)))).toBe('not-a-feed');
    expect(await codeOf(readFeed(gzipSync(Buffer.from('hello'))))).toBe('not-a-feed');
    expect(await codeOf(readFeed(gzipSync(gzipSync(gzipSync(FEED)))))).toBe('not-a-feed');
    expect(await codeOf(readFeed(deflateRawSync(FEED)))).toBe('not-a-feed');
  });

  it('are refused at the first byte too many, without having been made whole', async () => {
    const bomb = gzipSync(Buffer.alloc(8_000_000, 0x20));
    expect(bomb.length).toBeLessThan(10_000);
    expect(await codeOf(inflateBody(bomb, 7_999_999))).toBe('too-large');
    expect(await codeOf(inflateBody(gzipSync(bomb), 100_000))).toBe('too-large');
    expect((await inflateBody(bomb, 8_000_000)).length).toBe(8_000_000);
    expect(await codeOf(readFeed(bomb, { bytesMax: 1000 }))).toBe('too-large');
  });

  it('leaves text that only begins like something compressed', async () => {
    for (const text of ['x^2 + 1', 'x\u0001', 'x']) {
      const body = Buffer.from(text, 'latin1');
      expect(await inflateBody(body, 100)).toEqual(body);
    }
  });
});
