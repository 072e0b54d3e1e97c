// Run as a process of its own by write-site.test.ts, and killed: writes a static site again and again, each time another selection of
// documents with another number in them.
import { writeSync } from 'node:fs';
import { openSiteFolder } from '../../../src/edge/store/write-site.ts';
import { documentOf, namesOf } from './written-sites.ts';

const [, , dir = '', from = '0'] = process.argv;
for (let number = Number(from); ; number += 1) {
  const folder = await openSiteFolder(dir);
  for (const name of namesOf(number)) await folder.write(name, documentOf(name, number));
  await folder.sweep(() => false);
  writeSync(1, `${number}\n`);
}
