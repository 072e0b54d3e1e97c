// Run as a process of its own by sqlite.test.ts, and killed: commits polls as fast as it can, each of a source and the
// items of its revision, and prints a line for each that was reported as committed.
import { writeSync } from 'node:fs';
import { openStore } from '../../../src/edge/store/open-store.ts';
import { itemRecord, sourceId, sourceRecord } from '../../contract/store-records.ts';

const ITEMS_PER_COMMIT = 20;
const file = process.argv[2];
const store = await openStore(`sqlite:${file}`);
const id = sourceId('a');
const read = await store.readSource(id);
let revision = read.kind === 'hit' ? read.value.revision : 0;
for (;;) {
  const items = Array.from({ length: ITEMS_PER_COMMIT }, (_, index) => ({
    ...itemRecord(index, { title: `Revision ${revision + 1} `.repeat(50) }),
    revision: revision + 1,
  }));
  const source = sourceRecord('a', revision + 1, ITEMS_PER_COMMIT);
  const result = await store.commitPoll(id, revision, { source, items, removed: [] });
  if (result.kind !== 'committed') throw new Error(`not committed: ${JSON.stringify(result)}`);
  revision += 1;
  writeSync(1, `${revision}\n`);
}
