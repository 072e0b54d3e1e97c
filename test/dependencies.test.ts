// docs/DEPENDENCIES.md against package.json: every package has its row, with the version that is pinned.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json')) as Record<string, Readonly<Record<string, string>>>;
const [, runtime = '', development = ''] = read('docs/DEPENDENCIES.md').split(
  /^## (?:At run time|For development)$/m,
);

function rowsOf(section: string): Record<string, string> {
  const rows = section.split('\n## ')[0]?.matchAll(/^\| (\S+)(?: \*)? \| (\d\S*) \|/gm) ?? [];
  return Object.fromEntries(Array.from(rows, ([, name = '', version = '']) => [name, version]));
}

it('tells of every package that runs what it is for', () => {
  expect(rowsOf(runtime)).toEqual(manifest['dependencies']);
});

it('tells of every package that we develop with', () => {
  expect(rowsOf(development)).toEqual(manifest['devDependencies']);
});

it('pins every version', () => {
  const versions = Object.values({ ...manifest['dependencies'], ...manifest['devDependencies'] });
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

it('installs nothing that runs a script of its own when installed', () => {
  const lock = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { hasInstallScript?: boolean; dev?: boolean }>;
  };
  const scripts = Object.entries(lock.packages).filter(([, one]) => one.hasInstallScript && !one.dev);
  expect(scripts.map(([name]) => name)).toEqual([]);
});
