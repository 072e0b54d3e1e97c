// Every pair of items of real feeds that would be one, to be looked at.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { packSignature, signatureOf } from '../../src/core/merge/similar/signature.ts';
import { createSimilarIndex } from '../../src/core/merge/similar/similar-index.ts';
import { plainText } from '../../src/core/sanitize/plain-text.ts';
import { readFeed } from '../../src/index.ts';

export async function printCorpus(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const index = createSimilarIndex({ windowMs: Number.POSITIVE_INFINITY });
  const texts = new Map<string, string>();
  let unreadable = 0;
  for (const file of files.toSorted()) {
    const feed = await readFeed(await readFile(file)).catch(() => undefined);
    if (feed === undefined) unreadable += 1;
    for (const [nth, item] of (feed?.items ?? []).entries()) {
      const html = [item.content?.html, item.summary?.html].map((each) => each ?? '');
      const text = html.map(plainText).reduce((a, b) => (b.length > a.length ? b : a), '');
      const hash = `${path.relative(folder, file)} ${nth}`;
      texts.set(hash, `${item.title} | ${text.slice(0, 160)}`);
      index.add({
        hash,
        sourceId: file,
        atMs: 0,
        signature: packSignature(signatureOf({ title: item.title, text })),
      });
    }
  }
  console.log(
    `\n${folder}: ${files.length - unreadable} feeds, ${texts.size} items; pairs that would be one:`,
  );
  for (const hash of texts.keys())
    for (const near of index.near(hash))
      if (hash < near.hash)
        console.log(
          `  ${near.nearness.toFixed(2)}  ${hash}: ${texts.get(hash)}\n        ${near.hash}: ${texts.get(near.hash)}`,
        );
}
