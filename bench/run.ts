// npm run bench -- NAME [ARGUMENT …]: runs one benchmark in a process of its own; without a name, lists them.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = import.meta.dirname;
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && name !== 'run.ts')
  .map((name) => path.basename(name, '.ts'))
  .sort();
const [name, ...args] = process.argv.slice(2);

if (name !== undefined && names.includes(name)) {
  const file = path.join(folder, `${name}.ts`);
  process.exitCode =
    spawnSync(process.execPath, ['--no-warnings', file, ...args], { stdio: 'inherit' }).status ?? 1;
} else {
  const width = Math.max(...names.map((each) => each.length));
  for (const each of names) console.log(`${each.padEnd(width)}  ${purposeOf(each)}`);
  console.log('\nnpm run bench -- NAME [ARGUMENT …]');
  if (name !== undefined) {
    console.error(`no benchmark is called ${name}`);
    process.exitCode = 2;
  }
}

/** The first sentence of its head comment. */
function purposeOf(each: string): string {
  const comment = readFileSync(path.join(folder, `${each}.ts`), 'utf8').match(/^(?:\/\/ .*\n)+/)?.[0] ?? '';
  return (
    comment
      .replace(/^\/\/ /gm, '')
      .replaceAll('\n', ' ')
      .split(/(?<=\.) /)[0] ?? ''
  );
}
