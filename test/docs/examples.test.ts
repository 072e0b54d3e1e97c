// The configurations that the documentation shows are configurations.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../../src/edge/config/load-config.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Every variable that an example names. */
const envOf = (yaml: string) =>
  Object.fromEntries(
    [...yaml.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => [name, `secret-of-${name}-0123456789`]),
  );
const TOP = /^(?:server|dataDir|store|network|defaults|attribution|sources|feeds|alerts|redirects):/m;

const files = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];

/** With the line that each begins on. */
function blocksOf(file: string): readonly (readonly [string, string])[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].flatMap(({ 1: yaml = '', index }) =>
    TOP.test(yaml) ? [[`${file}:${text.slice(0, index).split('\n').length + 1}`, yaml] as const] : [],
  );
}

/** What an example leaves out for brevity. */
const REST = {
  sources: [
    { id: 'harbour', url: 'https://harbour.example/feed.xml', categories: ['News'] },
    { id: 'council', url: 'https://council.example/feed.xml' },
  ],
  feeds: [
    { id: 'all', title: 'All' },
    { id: 'city', title: 'City' },
  ],
};

test.each(files.flatMap(blocksOf))('%s', (_, yaml) => {
  const said: unknown = parse(yaml);
  const whole = { ...REST, ...(said as object) };
  const text = 'sources' in (said as object) && 'feeds' in (said as object) ? yaml : JSON.stringify(whole);
  expect(() => parseConfig(text, { file: 'docs/example.yaml', env: envOf(yaml), cwd: '/srv' })).not.toThrow();
});
