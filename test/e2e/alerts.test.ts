// A service that runs tells a receiver on this machine what is wrong, and not again after a restart.
import { expect, it } from 'vitest';
import { startReceiver } from '../rig/receiver.ts';
import { rss, startOrigin } from './origin.ts';
import { PLANTED, run, serve, temporaryFolder, until } from './tributary.ts';

it('tells of a source that its publisher took down, once', async () => {
  await using origin = await startOrigin();
  await using receiver = await startReceiver();
  await using folder = await temporaryFolder();
  origin.on('/gone', (_request, response) => void response.writeHead(410).end());
  origin.publish('/good', rss('Good', [{ guid: '1', title: 'One' }]));
  const file = await folder.write(
    'tributary.yaml',
    `network: { allow: [127.0.0.1], perHost: { concurrency: 2, gap: 0s } }
alerts: { url: "${receiver.url}/\${HOOK}", headers: { x-key: "\${KEY}" } }
sources: [{ id: gone, url: "${origin.url}/gone" }, { id: good, url: "${origin.url}/good" }]
feeds: [{ id: all, title: All }]
`,
  );
  const env = { TRIBUTARY_DATA: folder.file('data'), HOOK: `${PLANTED}hook`, KEY: `${PLANTED}key` };
  const told = (log: readonly { event: string }[]) => log.some(({ event }) => event === 'alert');
  {
    await using service = await serve(file, env);
    await until(() => told(service.log()), 'the alert');
    expect(receiver.received).toMatchObject([
      {
        path: `/${PLANTED}hook`,
        headers: { 'x-key': `${PLANTED}key` },
        body: { alerts: [{ event: 'source-gone', source: { id: 'gone' } }] },
      },
    ]);
    expect(await (await service.get('/metrics')).text()).toContain(
      'tributary_alert_messages_total{outcome="sent"} 1',
    );
    expect(await service.kill('SIGTERM')).toMatchObject({ code: 0 });
  }
  await using service = await serve(file, env);
  origin.publish('/good', rss('Good', [{ guid: '1' }, { guid: '2' }]));
  await until(async () => (await service.get('/readyz')).ok, 'the feed');
  expect(told(service.log())).toBe(false);
  expect(receiver.received).toHaveLength(1);
});

it('of a receiver that cannot be one, says where it stands and what would be right', async () => {
  await using folder = await temporaryFolder();
  const file = await folder.write(
    'tributary.yaml',
    `sources: [{ id: a, url: ./a.xml }]
feeds: [{ id: all, title: All }]
alerts:
  url: https://u:${PLANTED}p@hooks.example/
  after: 6x
`,
  );
  const { code, stdout } = await run(['check', '--config', file]);
  expect(code).toBe(2);
  expect(stdout).toMatch(/tributary\.yaml:4:8: alerts\.url: .*headers: \{Authorization/);
  expect(stdout).toMatch(/tributary\.yaml:5:10: alerts\.after: .*is not a duration/);
});
