// Reading and making safe, here and in a process: the same results, and an end for what takes too long.
import { afterEach, describe, expect, it } from 'vitest';
import { sourceId } from '../../src/model/ids.ts';
import { readDocument } from '../../src/pipeline/read-document.ts';
import { createUntrustedWork, type UntrustedWork, WORK_BOUNDS } from '../../src/pipeline/untrusted-work.ts';

const SOURCE = sourceId('a');
const ELSEWHERE = { ...WORK_BOUNDS, documentBytesHere: 0, htmlCharsHere: 0 };
const FEED = Buffer.from(
  '<rss version="2.0"><channel><title>A</title><item><guid>1</guid><title>One &amp; only</title>' +
    '<description>&lt;p&gt;x&lt;/p&gt;</description><pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>',
);

let work: UntrustedWork | undefined;
function open(bounds = WORK_BOUNDS, nowMs = () => 0): UntrustedWork {
  work = createUntrustedWork({ nowMs, inner: () => 'refused', bounds });
  return work;
}

afterEach(() => work?.close());

describe('reading in a process', () => {
  it('gives the feed that reading here gives', async () => {
    const options = { url: 'https://a.example/feed', contentType: 'application/rss+xml' };
    expect(await open(ELSEWHERE).readDocument(SOURCE, FEED, options)).toEqual(
      await readDocument(FEED, options),
    );
  });

  it('refuses with the same code and words', async () => {
    const page = Buffer.from('<!doctype html><title>Log in</title>');
    const here = await readDocument(page).catch((error: unknown) => error);
    const there = await open(ELSEWHERE)
      .readDocument(SOURCE, page, {})
      .catch((error: unknown) => error);
    expect(there).toMatchObject({ name: 'ReadError', code: 'not-a-feed' });
    expect(String(there)).toBe(String(here));
  });

  it('ends at its deadline with a reason', async () => {
    const slow = { ...ELSEWHERE, timeoutMs: 1 };
    await expect(open(slow).readDocument(SOURCE, FEED, {})).rejects.toMatchObject({
      name: 'ReadError',
      code: 'too-costly',
    });
  });
});

describe('a source whose document was costly', () => {
  it('is read in a process the next time, and here again when that went well', async () => {
    let nowMs = 0;
    const step = { ms: WORK_BOUNDS.costlyMs + 1 };
    const slow = { ...WORK_BOUNDS, timeoutMs: 1 };
    const { readDocument: read } = open(slow, () => {
      nowMs += step.ms;
      return nowMs;
    });
    const titleOf = async () => (await read(SOURCE, FEED, {})).title;
    expect(await titleOf()).toBe('A');
    step.ms = 1;
    // A thread cannot so much as start within a millisecond: that it fails shows that one was asked.
    await expect(titleOf()).rejects.toMatchObject({ code: 'too-costly' });
    expect(await titleOf()).toBe('A');
  });
});

describe('making HTML safe in a process', () => {
  it('gives what it gives here, and nothing where it takes too long', async () => {
    const html = '<p onclick="x()">a<script>b</script></p>';
    expect(await open(ELSEWHERE).makeSafe(html)).toBe('<p>a</p>');
    work?.close();
    expect(await open({ ...ELSEWHERE, timeoutMs: 1 }).makeSafe(html)).toBe('');
  });
});
