import { expect, it } from 'vitest';
import { parseConfig } from '../../src/edge/config/load-config.ts';
import { secretsOf } from '../../src/pipeline/config-secrets.ts';

it('the password of the proxy is a secret, as it is written and as it is sent', () => {
  const config = parseConfig(
    `
network: { proxy: 'http://tributary:p%40ssword@proxy.example:3128' }
sources: [{ id: a, url: https://a.example/feed }]
feeds: [{ id: all, title: All }]
`,
    { file: 'tributary.yaml', env: {}, cwd: '/srv' },
  );
  const sent = Buffer.from('tributary:p@ssword').toString('base64');
  expect(secretsOf(config)).toEqual(expect.arrayContaining(['p%40ssword', 'p@ssword', sent]));
  expect(secretsOf(config)).not.toContain('tributary');
});
