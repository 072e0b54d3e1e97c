// Services, a hub and publishers over real sockets on loopback, under a clock that the test moves: names lead to them after the
// guard said yes. A service is turned by hand, as the running one does once a second.
import { type App, createApp } from '../../src/app.ts';
import { parseConfig } from '../../src/edge/config/load-config.ts';
import { createLog } from '../../src/edge/ops/log.ts';
import { createWebServer } from '../../src/edge/serve/web-server.ts';
import { type Origin, startOrigin } from '../e2e/origin.ts';
import { type Folder, temporaryFolder } from '../e2e/tributary.ts';
import { createTestClock, type TestClock } from '../ops/test-clock.ts';
import { type Hub, startHub } from './hub.ts';
import { collector, type LogLine } from './log-lines.ts';

export const HUB_URL = 'http://hub.test/';

export interface Item {
  readonly id: string;
  readonly title?: string;
}

export interface Planet {
  readonly app: App;
  readonly port: number;
  readonly log: readonly LogLine[];
  /** Starts what is due, publishes what changed, asks hubs; waits until no poll runs. */
  turn(): Promise<void>;
  /** The items of its feed `all`, as served. */
  items(): Promise<readonly Item[]>;
  titles(): Promise<readonly string[]>;
  get(path: string): Promise<Response>;
  /** Whether pushes of the source are relied on. */
  isPushed(source?: string): boolean | undefined;
  /** Puts the same in force with another address, settings of the network and sources and feeds; by then names lead there too. */
  apply(said: {
    readonly publicUrl?: string;
    readonly network?: string;
    readonly yaml?: string;
  }): Promise<void>;
  /** Ends it; the next start is over the same store and documents. */
  stop(): Promise<void>;
}

export interface PushWorld extends AsyncDisposable {
  readonly clock: TestClock;
  readonly hub: Hub;
  readonly origin: Origin;
  /** `yaml`: sources and feeds. */
  planet(name: string, yaml: string): Promise<Planet>;
  /** Turns the planet until it is so; the clock stands. */
  turnUntil(planet: Planet, isSo: () => boolean | Promise<boolean>, what: string): Promise<void>;
}

export async function pushWorld(): Promise<PushWorld> {
  const clock = createTestClock();
  const origin = await startOrigin();
  const ports = new Map<string, number>([['source.test', Number(new URL(origin.url).port)]]);
  const reach = (host: string) => ports.get(host) ?? 1;
  const hub = await startHub({ reach, now: clock.now });
  ports.set('hub.test', hub.port);
  // Each host has a public address of its own, so that an address tells the port.
  const hosts: string[] = [];
  const resolve = async (host: string) => {
    if (!hosts.includes(host)) hosts.push(host);
    return [`93.184.216.${hosts.indexOf(host) + 1}`];
  };
  const dial = (address: string) => ({
    host: '127.0.0.1',
    port: reach(hosts[Number(address.split('.')[3]) - 1] ?? ''),
  });
  const folders = new Map<string, Folder>();
  const running = new Set<Planet>();

  async function planet(name: string, yaml: string): Promise<Planet> {
    const folder = folders.get(name) ?? (await temporaryFolder());
    folders.set(name, folder);
    const configOf = (publicUrl: string, network: string, rest: string) =>
      parseConfig(
        `
server: { host: 127.0.0.1, port: 0, ${publicUrl === '' ? '' : `publicUrl: '${publicUrl}'`} }
dataDir: ${folder.path}/data
store: sqlite:${folder.path}/store.db
network: { ${network} }
${rest}`,
        { file: 'tributary.yaml', env: { TOKEN: 'hunter2' }, cwd: folder.path },
      );
    const publicUrlAtFirst = `http://${name}.test/planet/`;
    const networkAtFirst = 'perHost: { gap: 0s }, timeout: 5s';
    const config = configOf(publicUrlAtFirst, networkAtFirst, yaml);
    const lines: LogLine[] = [];
    const log = createLog({ level: 'debug', pretty: false, secrets: [], destination: collector(lines) });
    const app = await createApp(config, { clock, log, network: { resolve, dial } });
    const server = createWebServer({
      host: '127.0.0.1',
      port: 0,
      basePath: () => new URL(app.config().server.publicUrl).pathname,
      publicUrl: () => app.config().server.publicUrl,
      site: app.publisher.site,
      feeds: () => app.config().feeds,
      readiness: () => ({ ready: true, missing: [] }),
      callbacks: app.pushing.callbacks,
      log,
    });
    const { port } = await server.listen();
    ports.set(`${name}.test`, port);
    const get = (path: string) =>
      fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } });
    const itemsOf = async () => {
      const document = await get('/feeds/all.json');
      return document.ok ? ((await document.json()) as { items: Item[] }).items : [];
    };
    const one: Planet = {
      app,
      port,
      log: lines,
      async turn() {
        app.scheduler.pump();
        await until(() => app.scheduler.status().running === 0, 'the polls to end');
        await app.publisher.publishDue();
        await app.savePolls();
        app.pushing.turn();
      },
      items: itemsOf,
      titles: async () => (await itemsOf()).map(({ title }) => title ?? ''),
      get,
      isPushed: (source = 'news') => app.status().sources.find(({ id }) => id === source)?.push?.isReliedOn,
      async apply(said) {
        const { publicUrl = publicUrlAtFirst, network = networkAtFirst } = said;
        if (publicUrl !== '') ports.set(new URL(publicUrl).hostname, port);
        await app.apply(configOf(publicUrl, network, said.yaml ?? yaml));
      },
      async stop() {
        running.delete(one);
        await server.close(0);
        await app.stop(0);
      },
    };
    running.add(one);
    // Sources are spread over the first moments of a start.
    await clock.advance(1000);
    return one;
  }

  return {
    clock,
    hub,
    origin,
    planet,
    async turnUntil(one, isSo, what) {
      await until(async () => {
        await one.turn();
        return isSo();
      }, what);
    },
    async [Symbol.asyncDispose]() {
      for (const one of running) await one.stop();
      await hub[Symbol.asyncDispose]();
      await origin[Symbol.asyncDispose]();
      for (const folder of folders.values()) await folder[Symbol.asyncDispose]();
    },
  };
}

const PATIENCE_MS = 20_000;

/** Looks often: most of it is a matter of milliseconds. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}
