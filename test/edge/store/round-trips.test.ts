// What a poll costs a store on a server: how often it is asked and answered, counted between us and the server.
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/edge/store/open-store.ts';
import { createPostgresPlace } from '../../contract/postgres-place.ts';
import { createRedisPlace } from '../../contract/redis-place.ts';
import {
  editionRecord,
  feedId,
  itemRecord,
  pollRecord,
  sourceId,
  sourceRecord,
} from '../../contract/store-records.ts';
import { POSTGRES_URL, REDIS_URL, through, whyWithout } from '../../contract/store-servers.ts';
import { startTcpProxy } from '../../rig/tcp-proxy.ts';

const ITEMS = 30;
const items = (poll: number) => Array.from({ length: ITEMS }, (_, n) => itemRecord(poll * ITEMS + n));

describe.each([
  ['Redis', REDIS_URL, createRedisPlace, await whyWithout(REDIS_URL, 'TRIBUTARY_TEST_REDIS')],
  [
    'PostgreSQL',
    POSTGRES_URL,
    createPostgresPlace,
    await whyWithout(POSTGRES_URL, 'TRIBUTARY_TEST_POSTGRES'),
  ],
] as const)('a store in %s', (_, url, createPlace, missing) => {
  it.skipIf(missing)(`is asked once for what belongs together${missing ? ` (${missing})` : ''}`, async () => {
    const place = await createPlace();
    const targetPort = Number(new URL(url).port) || (url.startsWith('redis') ? 6379 : 5432);
    await using proxy = await startTcpProxy({ targetPort });
    const store = await openStore(through(place.url, proxy.port), { callTimeoutMs: 20_000 });
    const commit = (poll: number, removed: readonly number[] = []) =>
      store.commitPoll(sourceId(`s${poll}`), 0, {
        source: sourceRecord(`s${poll}`, 1, ITEMS),
        items: items(poll),
        removed: removed.map((n) => itemRecord(n).hash),
        poll: pollRecord(0),
      });
    const tripsOf = async (work: () => Promise<unknown>) => {
      const before = proxy.roundTrips;
      await work();
      return proxy.roundTrips - before;
    };
    const ids = Array.from({ length: 100 }, (_, n) => sourceId(`s${n}`));
    const polls = new Map(ids.map((id) => [id, pollRecord(0)]));
    // The first of each kind tells the server the script or the statement.
    await commit(1);
    await store.readSources(ids);
    await store.writePolls(polls);
    await store.commitEdition(feedId('f'), 0, editionRecord('f', 1));
    expect({
      'a poll of 30 new items, beside which three go': await tripsOf(() => commit(2, [30, 31, 32])),
      'how 100 polls went': await tripsOf(() => store.writePolls(polls)),
      '100 sources': await tripsOf(() => store.readSources(ids)),
      '30 items': await tripsOf(() => store.readItems(items(1).map(({ hash }) => hash))),
      'an edition': await tripsOf(() => store.commitEdition(feedId('f'), 1, editionRecord('f', 2))),
    }).toEqual({
      'a poll of 30 new items, beside which three go': 1,
      'how 100 polls went': 1,
      '100 sources': 1,
      '30 items': 1,
      'an edition': 1,
    });
    expect(await store.readSource(sourceId('s2'))).toMatchObject({ kind: 'hit', value: { revision: 1 } });
    await store.close();
    await place.remove();
  });
});
