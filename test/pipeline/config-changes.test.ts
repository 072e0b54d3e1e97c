import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/edge/config/load-config.ts';
import type { Config } from '../../src/model/config.ts';
import { configChanges, inForceNow, isNothing } from '../../src/pipeline/config-changes.ts';

const TEXT = `
server: { port: 8080 }
network: { timeout: 20s }
sources:
  - { id: a, url: 'https://a.example/feed', include: [tram], content: excerpt }
  - { id: b, url: 'https://b.example/feed' }
feeds:
  - { id: all, title: All, exclude: [bus] }
`;

const read = (text: string): Config => parseConfig(text, { file: 'tributary.yaml', env: {}, cwd: '/srv' });

describe('what a configuration changes', () => {
  it('is nothing where only lines and comments are others', () => {
    const moved = TEXT.replace('network:', '# a comment\n\nnetwork:');
    expect(isNothing(configChanges(read(TEXT), read(moved)))).toBe(true);
  });

  it('is told by ids and by the keys of the configuration', () => {
    const text = TEXT.replace('include: [tram]', 'include: [tram, ferry], every: 2h, items: 9')
      .replace('id: b', 'id: c')
      .replace('title: All', 'title: Everything, maxAge: 9d')
      .replace('timeout: 20s', 'timeout: 30s, maxBytes: 1MB');
    expect(configChanges(read(TEXT), read(text))).toEqual({
      sources: { added: ['c'], removed: ['b'], changed: ['a: every, items, include, exclude'] },
      feeds: { added: [], removed: [], changed: ['all: title, maxAge'] },
      settings: ['network.timeout', 'network.maxBytes'],
      atRestart: [],
    });
  });

  it('waits for a restart with store, folder and address, and keeps links to the port that is served', () => {
    const text = TEXT.replace('port: 8080', 'port: 9090, host: 127.0.0.1').concat(
      "dataDir: other\nstore: 'memory:'\n",
    );
    const [before, next] = [read(TEXT), read(text)];
    const changes = configChanges(before, next);
    expect(changes.atRestart).toEqual(['store', 'dataDir', 'server.host', 'server.port']);
    expect(changes.settings).toEqual([]);
    const { server, store, dataDir } = inForceNow(before, next);
    expect({ server, store, dataDir }).toEqual({
      server: before.server,
      store: before.store,
      dataDir: before.dataDir,
    });
    const named = read(text.replace('host:', "publicUrl: 'https://feeds.example/', host:"));
    expect(inForceNow(before, named).server.publicUrl).toBe('https://feeds.example/');
  });
});
