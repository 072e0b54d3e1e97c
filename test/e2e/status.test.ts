// How polling goes, as a person on call looks at it: the page, the JSON and the command, of a service that runs.
import { describe, expect, it } from 'vitest';
import type { SiteStatus } from '../../src/model/status.ts';
import { rss, startOrigin } from './origin.ts';
import { PLANTED, run, serve, temporaryFolder, until } from './tributary.ts';

describe('status', () => {
  it('tells of each source the same on the page, as JSON and in the terminal', async () => {
    await using origin = await startOrigin();
    await using folder = await temporaryFolder();
    origin.publish('/good', rss('Good', [{ guid: '1', title: 'One', link: 'https://good.example/1' }]));
    const file = await folder.write(
      'tributary.yaml',
      `network: { allow: [127.0.0.1], perHost: { gap: 0s } }
sources:
  - { id: good, url: "${origin.url}/good", every: 1h }
  - { id: missing, url: "${origin.url}/missing?token=\${TOKEN}", every: 1h }
feeds:
  - { id: all, title: All }
`,
    );
    const env = { TRIBUTARY_DATA: folder.file('data'), TOKEN: `${PLANTED}token` };
    await using service = await serve(file, env);
    const read = async () => (await (await service.get('/status.json')).json()) as SiteStatus;
    await until(
      async () => (await read()).sources.every(({ lastPoll }) => typeof lastPoll === 'string'),
      'polls',
    );
    const { sources } = await read();
    expect(sources).toMatchObject([
      { id: 'missing', health: 'failing', outcome: 'failed', reason: 'not-found', why: 'backoff', items: 0 },
      { id: 'good', health: 'ok', outcome: 'updated', why: 'every', items: 1 },
    ]);
    for (const path of ['/status', '/status.html', '/status.json']) {
      const answer = await service.get(path);
      const text = await answer.text();
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(text).toContain('not-found');
      expect(text).not.toContain(PLANTED);
    }
    await until(
      async () => (await (await service.get('/')).text()).includes('href="status.html"'),
      'the link',
    );

    const told = async (...args: string[]) => run(['status', '--config', file, ...args], env);
    await until(async () => (await told()).stdout.includes('not-found'), 'the store to have the polls');
    const table = await told();
    expect(table.code).toBe(0);
    expect(table.stdout).toMatch(
      /^SOURCE +STATE +LAST +NEXT +WHY +EVERY +ITEMS +LAST 30 DAYS\nmissing +failing +/,
    );
    expect(table.stdout).toMatch(/\n {4}there is nothing at its address \(not-found\)\ngood +ok +/);
    expect(table.stdout).toMatch(/\n2 sources, 1 to look at\n$/);
    expect(table.stdout).not.toContain('\u001b[');
    const json = JSON.parse((await told('--json')).stdout) as SiteStatus;
    const facts = (list: SiteStatus['sources']) =>
      list.map(({ id, health, reason, lastPoll, nextPoll, why, items }) => [
        id,
        health,
        reason,
        lastPoll,
        nextPoll,
        why,
        items,
      ]);
    expect(facts(json.sources)).toEqual(facts(sources));
  });

  it('of a store in memory says where to look instead', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write(
      'tributary.yaml',
      'store: "memory:"\nsources: [{ id: a, url: "https://a.example/" }]\nfeeds: [{ id: all, title: All }]\n',
    );
    const { code, stderr } = await run(['status', '--config', file]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('/status') });
  });
});
