// Sources that are files: only the configuration can name them, and only regular ones are read.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redirect, startEvilSource } from '../../rig/evil-source.ts';
import { codeOf, fetched, fetcherFor, messageOf, textOf } from './fetching.ts';

describe('a file as source', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tributary-file-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const poll = async (path: string, request = {}) => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    return await polls.fetch(pathToFileURL(path).href, request);
  };

  it('is read whole, with the type that its name says', async () => {
    const path = join(folder, 'häfen #1.atom');
    const text = '<feed/>'.repeat(40_000);
    writeFileSync(path, text);
    const outcome = await poll(path, { validators: { etag: '"1"' } });
    expect(textOf(outcome)).toBe(text);
    expect(fetched(outcome)).toMatchObject({
      finalUrl: pathToFileURL(path).href,
      status: 200,
      headers: { 'content-type': 'application/atom+xml' },
      validators: {},
    });
  });

  it('may be empty, but not larger than the bound', async () => {
    const path = join(folder, 'feed');
    writeFileSync(path, '');
    expect(fetched(await poll(path)).body).toHaveLength(0);
    writeFileSync(path, 'x'.repeat(1_001));
    expect(codeOf(await poll(path, { bodyBytesMax: 1_000 }))).toBe('too-large');
    expect(codeOf(await poll('/proc/cpuinfo', { bodyBytesMax: 10 }))).toBe('too-large');
  });

  it('is refused where it is missing, a folder, a pipe or a device', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of [join(folder, 'missing.xml'), folder, pipe, '/dev/zero']) {
      const outcome = await poll(path);
      expect([path, codeOf(outcome)]).toEqual([path, 'file-unreadable']);
      expect(messageOf(outcome)).toContain(path);
    }
  });

  it('is never where a redirect leads', async () => {
    const path = join(folder, 'secret.xml');
    writeFileSync(path, '<rss/>');
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/feed', redirect(302, pathToFileURL(path).href));
    expect(codeOf(await polls.fetch('http://public.test/feed'))).toBe('bad-redirect');
  });
});
