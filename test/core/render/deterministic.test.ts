// The same edition is the same bytes on any machine: whatever the time zone and the language of the process that writes them.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('print-digests.ts', import.meta.url));

function digestsIn(environment: Readonly<Record<string, string>>): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', SCRIPT], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...environment },
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

it('writes the same bytes in any time zone and language', () => {
  const expected = digestsIn({ TZ: 'UTC', LANG: 'C' });
  expect(expected.trim().split('\n')).toHaveLength(5);
  for (const [TZ, LANG] of [
    ['America/St_Johns', 'en_US.UTF-8'],
    ['Asia/Kolkata', 'tr_TR.UTF-8'],
    ['Pacific/Kiritimati', 'ar_EG.UTF-8'],
    ['Europe/Dublin', 'th_TH.UTF-8'],
  ] as const)
    expect(digestsIn({ TZ, LANG, LC_ALL: LANG, LANGUAGE: LANG }), TZ).toBe(expected);
});
