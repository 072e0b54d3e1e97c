import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/edge/config/load-config.ts';
import { tellsSecret } from '../../../src/pipeline/push/tells-secret.ts';

const source = parseConfig(
  "sources: [{ id: a, url: 'https://a.example/feed?key=${KEY}' }]\nfeeds: [{ id: all, title: All }]\n",
  { file: 'tributary.yaml', env: { KEY: 'mühle/hunter2' }, cwd: '/' },
).sources[0];

describe('a topic', () => {
  it.each([
    ['https://a.example/feed', false],
    ['https://a.example/feed?key=mühle/hunter2', true],
    ['https://a.example/feed?key=m%C3%BChle%2Fhunter2', true],
    ['https://a.example/feed?key=m%c3%bchle%2fhunter2', true],
    ['https://reader:word@a.example/feed', true],
  ])('%s carries a secret: %s', (topicUrl, isTold) => {
    expect(source && tellsSecret(source, { topicUrl })).toBe(isTold);
  });
});
