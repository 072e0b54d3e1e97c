// Runs in a process of its own (isolation.ts): calls a module's functions as its parent asks, one at a time. The arguments are
// that module's address and the parent's process id.
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import type { CallResult } from './isolation.ts';

const ORPHAN_CHECK_MS = 1000;

if (isMainThread) serve(process.argv[2] ?? '', Number(process.argv[3]));
else watch(Number(workerData));

function serve(module: string, parent: number): void {
  // A function that never ends cannot notice that its parent is gone; another thread can.
  new Worker(new URL(import.meta.url), { workerData: parent }).unref();
  process.on('message', async (message) => {
    const { name, argument } = message as { readonly name: string; readonly argument: unknown };
    process.send?.(await resultOf(module, name, argument));
  });
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}

async function resultOf(module: string, name: string, argument: unknown): Promise<CallResult> {
  try {
    const functions: Readonly<Record<string, (argument: unknown) => unknown>> = await import(module);
    return { value: await functions[name]?.(argument) };
  } catch (error) {
    return { thrown: error };
  }
}

function watch(parent: number): void {
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  }, ORPHAN_CHECK_MS);
}
