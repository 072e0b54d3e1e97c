// Run as a process of its own by last-known-good.test.ts, and killed: saves a feed again and again, each time all of
// its documents with one number in them.
import { writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { openLastKnownGood } from '../../../src/edge/store/last-known-good.ts';
import type { Timestamp } from '../../../src/model/timestamp.ts';
import { editionRecord, feedId } from '../../contract/store-records.ts';

const lastKnownGood = await openLastKnownGood(String(process.argv[2]));
const ITEMS = 5_000; // a manifest that takes its time to write
const start = (await lastKnownGood.load()).editions[0]?.revision ?? 0;
for (let number = start + 1; ; number += 1) {
  const renditions = ['rss', 'atom', 'json'].map((format) => {
    const body = Buffer.from(`${number} `.repeat(2_000));
    return {
      path: `feeds/city.${format}`,
      mediaType: 'text/plain',
      body,
      gzip: gzipSync(body),
      etag: `"${number}"`,
      gzipEtag: `"${number}-gzip"`,
      changedAt: '2026-03-01T12:00:00.000Z' as Timestamp,
    };
  });
  const edition = editionRecord('city', number);
  const items = Array.from({ length: ITEMS }, () => edition.items).flat();
  await lastKnownGood.save(feedId('city'), renditions, { ...edition, items });
  writeSync(1, `${number}\n`);
}
