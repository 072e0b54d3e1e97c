import { expect, it } from 'vitest';
import { run, serve, temporaryFolder, until } from './tributary.ts';

it('a style sheet of the operator’s stands in the place of ours, is followed, and is left alone while it has a mistake', async () => {
  await using folder = await temporaryFolder();
  await folder.write(
    'feed.xml',
    '<rss version="2.0"><channel><title>A</title><item><title>One</title></item></channel></rss>',
  );
  await folder.write('own.css', 'body { color: teal }');
  const config = await folder.write(
    'tributary.yaml',
    'server: { stylesheet: own.css }\nsources: [{ url: feed.xml }]\nfeeds: [{ id: all, title: All }]\n',
  );
  await using service = await serve(config, { TRIBUTARY_DATA: folder.file('data') });
  const styles = async () => (await service.get('/style.css')).text();
  await until(async () => (await styles()) === 'body { color: teal }', 'the style sheet to be published');

  await folder.write('own.css', 'body { color: plum }');
  await until(async () => (await styles()) === 'body { color: plum }', 'the style sheet to be followed');
  expect(service.log().find(({ event }) => event === 'config-applied')).toMatchObject({
    settings: ['server.stylesheet'],
  });

  await folder.write('own.css', 'body { color: plum }}');
  await until(() => service.log().some(({ event }) => event === 'bad-config'), 'the mistake to be told');
  expect(await styles()).toBe('body { color: plum }');
  expect(await (await service.get('/status')).text()).toContain('tributary.yaml:1:23: server.stylesheet');

  const checked = await run(['check', '--config', config]);
  expect(checked.code).toBe(2);
  expect(checked.stdout).toContain('own.css: line 1: a } that nothing opens');
});
