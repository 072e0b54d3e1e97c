// What every kind of store must do, whatever it is made of. A kind's own test file calls `describeStoreContract`.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KeyvStore } from '../../src/edge/store/keyv-store.ts';
import { describeAnswers } from './store-answers.ts';
import { describeArchives } from './store-archives.ts';
import { describeCommits } from './store-commits.ts';
import { describeContents } from './store-contents.ts';
import {
  editionRecord,
  feedId,
  hubRecord,
  pollRecord,
  retractionRecord,
  retractionStamp,
  sourceId,
  sourceRecord,
  subscriptionRecord,
} from './store-records.ts';
import { CALL_TIMEOUT_MS, type StoreKind, type StorePlace, type StoreRig } from './store-rig.ts';
import { describeValues } from './store-values.ts';

export function describeStoreContract(kind: StoreKind): void {
  describe(`store contract: ${kind.name}`, () => {
    let place: StorePlace;
    const rig = { kind, open: () => place.open() } as StoreRig;

    beforeEach(async () => {
      place = await kind.create();
      rig.adapter = await place.open();
      rig.store = new KeyvStore(rig.adapter, CALL_TIMEOUT_MS);
    });
    afterEach(async () => {
      await rig.store.close();
      await place.remove();
    });

    describeAnswers(rig);
    describeCommits(rig);
    describeArchives(rig);
    describeContents(rig);
    describeValues(rig);
    describeClosing(rig);
  });
}

function describeClosing(rig: StoreRig): void {
  describe('closing', () => {
    test('every verb answers `unavailable` after it, and closing again is no error', async () => {
      const id = sourceId('a');
      await rig.store.close();
      await rig.store.close();
      expect((await rig.store.readSource(id)).kind).toBe('unavailable');
      expect((await rig.store.readSources([id])).get(id)?.kind).toBe('unavailable');
      expect((await rig.store.readPolls([id])).get(id)?.kind).toBe('unavailable');
      expect((await rig.store.listSourceIds()).kind).toBe('unavailable');
      expect((await rig.store.readItems([])).kind).toBe('unavailable');
      expect((await rig.store.readEdition(feedId('f'))).kind).toBe('unavailable');
      expect((await rig.store.readRetractions()).kind).toBe('unavailable');
      expect((await rig.store.writePolls(new Map([[id, pollRecord(0)]]))).kind).toBe('unavailable');
      expect((await rig.store.readRetractionStamp()).kind).toBe('unavailable');
      expect((await rig.store.readSubscriptions()).kind).toBe('unavailable');
      expect((await rig.store.writeSubscriptions([subscriptionRecord('a')])).kind).toBe('unavailable');
      expect((await rig.store.forgetSubscriptions([id])).kind).toBe('unavailable');
      expect((await rig.store.readHubs(['https://hub.example/'])).get('https://hub.example/')?.kind).toBe(
        'unavailable',
      );
      expect((await rig.store.writeHub(hubRecord('https://hub.example/'))).kind).toBe('unavailable');
      expect((await rig.store.listFeedIds()).kind).toBe('unavailable');
      expect((await rig.store.forgetFeed(feedId('f'), 0)).kind).toBe('unavailable');
      const retractions = [retractionRecord(1)];
      expect((await rig.store.commitRetractions(0, retractionStamp(1), retractions)).kind).toBe(
        'unavailable',
      );
      expect((await rig.store.forgetSource(id, 0, [])).kind).toBe('unavailable');
      const writes = { source: sourceRecord('a', 1), items: [], removed: [] };
      expect((await rig.store.commitPoll(id, 0, writes)).kind).toBe('unavailable');
      expect((await rig.store.commitEdition(feedId('f'), 0, editionRecord('f', 1))).kind).toBe('unavailable');
    });
  });
}
