// Two sources, a service in process and its store, to which something happens.
import { randomUUID } from 'node:crypto';
import { serverOf, through } from '../contract/store-servers.ts';
import type { WorldPlace, WorldPlaceKind } from '../contract/world-places.ts';
import { type Origin, rss, startOrigin } from '../e2e/origin.ts';
import { type Folder, temporaryFolder } from '../e2e/tributary.ts';
import { type MovedClock, type MovedService, type MovedServiceOptions, startMoved } from './moved-service.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const START_MS = Date.parse('2026-11-20T12:00:00Z');

const PATIENCE_MS = 30_000;

export interface OutageWorld extends AsyncDisposable {
  readonly clock: MovedClock;
  readonly place: WorldPlace;
  /** Before the server; undefined where there is none. */
  readonly proxy: TcpProxy | undefined;
  readonly origin: Origin;
  readonly folder: Folder;
  /** Items without dates, so that only we know when they came; the newest first. */
  publish(source: 'one' | 'two', ...names: string[]): void;
  /** How often a source was asked. */
  asked(source: 'one' | 'two'): number;
  /** Lets the store answer again, and waits until the service has found that it does. */
  isBack(service: MovedService): Promise<void>;
  /** On the documents of a name: the same again after a restart. */
  start(dataDir?: string, options?: Pick<MovedServiceOptions, 'every' | 'items'>): Promise<MovedService>;
}

export async function startOutageWorld(kind: WorldPlaceKind): Promise<OutageWorld> {
  const place = await kind.create();
  const proxy =
    kind.name === 'sqlite' ? undefined : await startTcpProxy({ targetPort: serverOf(place.url).port });
  const origin = await startOrigin();
  const folder = await temporaryFolder();
  const clock = { nowMs: START_MS };
  const site = randomUUID().slice(0, 8);
  return {
    clock,
    place,
    proxy,
    origin,
    folder,
    publish(source, ...names) {
      const posts = names.map((name) => ({
        guid: `${site}-${source}-${name}`,
        title: name,
        link: `https://${source}.example/${site}/${name}`,
        body: `What ${name} says.`,
      }));
      origin.publish(`/${source}`, rss(source, posts));
    },
    asked: (source) => origin.answered(`/${source}`).length,
    async isBack(service) {
      if (proxy !== undefined) proxy.mode = 'ok';
      const endMs = performance.now() + PATIENCE_MS;
      while (service.app.status().storeAlarm !== undefined) {
        if (performance.now() > endMs) throw new Error('the store does not come back');
        await service.turn(10 * SECOND_MS);
      }
    },
    start: (dataDir = 'data', said = {}) =>
      startMoved({
        ...said,
        clock,
        store: proxy === undefined ? place.url : through(place.url, proxy.port),
        dataDir: folder.file(dataDir),
        sources: { one: `${origin.url}/one`, two: `${origin.url}/two` },
      }),
    async [Symbol.asyncDispose]() {
      await origin[Symbol.asyncDispose]();
      await proxy?.[Symbol.asyncDispose]();
      await place.remove();
      await folder[Symbol.asyncDispose]();
    },
  };
}
