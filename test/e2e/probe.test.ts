// `probe` and `check --online` as people run them; test/cli/probe.test.ts has the rest.
import { expect, it } from 'vitest';
import { rss, startOrigin } from './origin.ts';
import { run, temporaryFolder } from './tributary.ts';

it('a page leads to its feed, the feed to YAML, and the YAML to a source that is well', async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  const post = { guid: 'https://harbour.example/1', title: 'Night ferry', link: 'https://harbour.example/1' };
  origin.publish(
    '/',
    '<title>Harbour</title><link rel=alternate type=application/rss+xml href=feed>',
    'text/html',
  );
  origin.publish('/feed', rss('Harbour News', [post]));
  const network = 'network: { allow: [127.0.0.0/8], perHost: { gap: 0s } }\n';
  const feeds = 'feeds: [{ id: all, title: All }]\n';
  const file = await folder.write(
    'tributary.yaml',
    `${network}sources: [{ id: dead, url: '${origin.url}/dead' }]\n${feeds}`,
  );
  const probed = await run(['probe', origin.url, '--config', file]);
  expect(probed).toMatchObject({ code: 0, stderr: '' });
  const yaml = probed.stdout.slice(probed.stdout.indexOf('sources:\n'));
  expect(yaml).toMatch(new RegExp(`^    url: ${origin.url}/feed$`, 'm'));
  const pasted = await folder.write('pasted.yaml', `${network}${yaml}${feeds}`);
  const [well, dead] = await Promise.all(
    [pasted, file].map((config) => run(['check', '--online', '--config', config])),
  );
  expect(well?.stdout).toMatch(/\nok {6}harbour-news: RSS 2\.0, 1 item, .*\n1 source, 1 well, 0 failed\n$/);
  expect(dead?.stdout).toMatch(/\nfailed {2}dead: there is nothing at its address \(not-found\), /);
  expect([well?.code, dead?.code]).toEqual([0, 1]);
});
