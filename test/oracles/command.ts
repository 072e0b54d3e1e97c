// Runs readers that are not ours and not JavaScript. They must be there where CI=true; elsewhere their tests are skipped by
// name without them.
import { spawnSync } from 'node:child_process';

const OUTPUT_BYTES_MAX = 256 * 1024 * 1024;

export function run(
  command: string,
  args: readonly string[],
  input = '',
): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    input,
    encoding: 'utf8',
    maxBuffer: OUTPUT_BYTES_MAX,
    timeout: 120_000,
  });
  if (error !== undefined) return { code: null, stdout: '', stderr: error.message };
  return { code: status, stdout, stderr };
}

/** True where the tests with this tool are to be skipped. */
export function isSkipped(command: string, args: readonly string[]): boolean {
  return process.env['CI'] !== 'true' && run(command, args).code !== 0;
}
