import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { createIsolation, type Isolation } from '../../../src/edge/isolation/isolation.ts';
import { until } from '../../e2e/tributary.ts';

const module = new URL('./hostile-work.ts', import.meta.url);
let isolation: Isolation | undefined;

function isolate(options: { timeoutMs?: number; processesMax?: number } = {}): Isolation {
  isolation = createIsolation({ module, processesMax: 2, timeoutMs: 20_000, heapMiB: 64, ...options });
  return isolation;
}

afterEach(() => isolation?.close());

describe('a call in a process of its own', () => {
  it('gives what the function gives', async () => {
    expect(await isolate().call('add', [1, 2])).toEqual({ kind: 'done', value: 3 });
  });

  it('is ended at its deadline, and the next one finds a new process', async () => {
    const { call } = isolate({ timeoutMs: 1500, processesMax: 1 });
    expect(await call('loopForever', undefined)).toEqual({ kind: 'ended', why: 'time' });
    expect(await call('add', [3, 4])).toEqual({ kind: 'done', value: 7 });
  });

  it('is ended at the bound of its memory, and the process goes on', async () => {
    const { call } = isolate();
    expect(await call('eatMemory', undefined)).toEqual({ kind: 'ended', why: 'death' });
    expect(await call('add', [5, 6])).toEqual({ kind: 'done', value: 11 });
  });

  it('that waits for a process does not pay for the one before it', async () => {
    const { call } = isolate({ timeoutMs: 1500, processesMax: 1 });
    const results = await Promise.all([
      call('loopForever', undefined),
      call('loopForever', undefined),
      call('add', [1, 1]),
    ]);
    expect(results.map(({ kind }) => kind)).toEqual(['ended', 'ended', 'done']);
  });

  it('rejects with what the function throws, a full stack among it', async () => {
    const { call } = isolate();
    await expect(call('fail', undefined)).rejects.toThrow('as it should');
    await expect(call('recurse', undefined)).rejects.toThrow(RangeError);
    expect(await call('add', [2, 2])).toEqual({ kind: 'done', value: 4 });
  });

  it('is ended when all is closed, and so is what waits', async () => {
    const { call, close } = isolate({ processesMax: 1 });
    const calls = [call('loopForever', undefined), call('loopForever', undefined)];
    await new Promise((resolve) => setTimeout(resolve, 300));
    close();
    expect(await Promise.all(calls)).toEqual([
      { kind: 'ended', why: 'closed' },
      { kind: 'ended', why: 'closed' },
    ]);
  });

  it('starts no process before it is needed, and none stays behind when it is closed', async () => {
    const { call, close } = isolate();
    expect(await children()).toEqual([]);
    await call('add', [1, 2]);
    expect(await children()).toHaveLength(1);
    close();
    await until(async () => (await children()).length === 0, 'the end of the process');
  });

  it('is given nothing of our environment', async () => {
    process.env['TRIBUTARY_SECRET_OF_TEST'] = 'x';
    expect(await isolate().call('environment', undefined)).toEqual({ kind: 'done', value: [] });
  });

  it('does not outlive a parent that is killed, even in an endless loop', async () => {
    const parent = spawn(
      process.execPath,
      [fileURLToPath(new URL('./abandoning-parent.ts', import.meta.url))],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const [line] = await once(createInterface(parent.stdout), 'line');
    const child = Number(line);
    expect(isRunning(child)).toBe(true);
    parent.kill('SIGKILL');
    await until(async () => !isRunning(child), 'the end of the abandoned process');
  });
});

async function children(): Promise<string[]> {
  const list = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8');
  return list.split(' ').filter((pid) => pid.trim() !== '');
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
