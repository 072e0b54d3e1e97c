// A restart serves what was published last before it has asked the store for anything: what is on disk is enough.
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { prepareApp } from '../../src/app.ts';
import { parseConfig } from '../../src/edge/config/load-config.ts';
import { systemClock } from '../../src/edge/ops/clock.ts';
import { createLog } from '../../src/edge/ops/log.ts';
import { startService } from '../../src/service.ts';
import { collector } from '../rig/log-lines.ts';
import { rss } from './origin.ts';
import { type Folder, temporaryFolder, until } from './tributary.ts';

const log = createLog({ level: 'error', pretty: false, secrets: [], destination: collector([]) });

function configOf(folder: Folder, store: string, port = 0) {
  const text = `server: { host: 127.0.0.1, port: ${port}, publicUrl: 'https://feeds.example/' }
dataDir: ${folder.path}/data
store: ${store}
sources: [{ id: one, url: 'file://${folder.path}/one.xml' }]
feeds: [{ id: all, title: All }, { id: again, title: Again }]
`;
  return parseConfig(text, { file: folder.file('tributary.yaml'), env: {}, cwd: folder.path });
}

/** Documents on disk, as a service left them. */
async function published(folder: Folder): Promise<void> {
  await folder.write(
    'one.xml',
    rss('One', [{ guid: 'one', title: 'An item', link: 'https://one.example/1' }]),
  );
  const service = await startService(configOf(folder, `sqlite:${folder.path}/store.db`), {
    clock: systemClock,
    log,
  });
  const ready = async () => (await fetch(`http://127.0.0.1:${service.port}/readyz`)).ok;
  await until(ready, 'the first documents');
  await service.stop(1000);
}

describe('a restart', () => {
  it('listens before it opens the store', async () => {
    await using folder = await temporaryFolder();
    await published(folder);
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const starting = startService(configOf(folder, `sqlite:${folder.path}/other.db`, port), {
      clock: systemClock,
      log,
    });
    await expect(starting).rejects.toMatchObject({ code: 'port-in-use' });
    expect(existsSync(folder.file('other.db'))).toBe(false);
    await new Promise<void>((resolve) => void taken.close(() => resolve()));
  });

  it('ends, and serves nothing, where the store is of a newer version', async () => {
    await using folder = await temporaryFolder();
    await published(folder);
    const database = new DatabaseSync(folder.file('store.db'));
    database.exec('PRAGMA user_version = 99');
    database.close();
    const own = createServer();
    await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
    const { port } = own.address() as { port: number };
    await new Promise<void>((resolve) => void own.close(() => resolve()));
    const starting = startService(configOf(folder, `sqlite:${folder.path}/store.db`, port), {
      clock: systemClock,
      log,
    });
    await expect(starting).rejects.toMatchObject({ code: 'store-version' });
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  });

  it('opens no store, and reads no record, before every feed has its documents', async () => {
    await using folder = await temporaryFolder();
    await published(folder);
    const app = await prepareApp(configOf(folder, `sqlite:${folder.path}/other.db`), {
      clock: systemClock,
      log,
    });
    expect(app.publisher.missing()).toEqual([]);
    expect(app.publisher.site().has('index.html')).toBe(true);
    expect(existsSync(folder.file('other.db'))).toBe(false);
    await app.open();
    expect(existsSync(folder.file('other.db'))).toBe(true);
    await app.stop(0);
  });
});
