// npm run fuzz -- [--seconds N] [--seed N] [--only NAME,…] [--input FILE]: random inputs for everything that reads what strangers send.
// Only documented errors may come of them, in bounded time, and what must hold of every result (targets/) holds. Each find is
// made smaller, saved in a file that `--input` reads, and told with the seed and number that it came from; then the exit code is 1.
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Failure, inputOf } from './cases.ts';
import type { Input, Target } from './target.ts';
import { TARGETS } from './targets.ts';
import type { Task, WorkerReport } from './worker.ts';

/** Of the clock, without a new case: a hang. Far more than the processor time that a case may take. */
const HANG_MS = 15_000;
const WATCH_MS = 250;
const HEAP_MIB = 512;
const FINDS_MAX = 5;
const WORKER = path.join(import.meta.dirname, 'worker.ts');

interface Find {
  readonly what: string;
  readonly trace: string;
  readonly number: number;
  readonly input: Input;
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    only: { type: 'string' },
    input: { type: 'string' },
  },
});
const folder = mkdtempSync(path.join(tmpdir(), 'tributary-fuzz-'));
process.exitCode = (await (values.input === undefined ? all() : again(values.input))) ? 0 : 1;
rmSync(path.join(folder, 'progress'), { force: true });

async function all(): Promise<boolean> {
  const names = values.only?.split(',');
  const targets = TARGETS.filter(({ name }) => names?.includes(name) ?? true);
  const unknown = names?.filter((name) => !TARGETS.some((target) => target.name === name)) ?? [];
  if (unknown.length > 0 || targets.length === 0) {
    console.log(`no target is called ${unknown}; there are ${TARGETS.map(({ name }) => name).join(' ')}`);
    return false;
  }
  const seed = Number(values.seed);
  const forMs = (Number(values.seconds) * 1000) / targets.length;
  console.log(`seed ${seed}`);
  let failed = 0;
  for (const target of targets) {
    const { cases, finds } = await fuzz(target, seed, forMs);
    console.log(
      `${finds.length === 0 ? 'ok' : 'not ok'} ${target.name}: ${cases} cases, ${finds.length} finds`,
    );
    for (const find of finds) tell(target.name, seed, find);
    if (finds.length > 0) failed += 1;
  }
  console.log(`${targets.length - failed} passed, ${failed} failed`);
  return failed === 0;
}

async function fuzz(target: Target, seed: number, forMs: number) {
  const finds: Find[] = [];
  const endMs = performance.now() + forMs;
  let next = 0;
  for (let leftMs = forMs; leftMs > 0 && finds.length < FINDS_MAX; leftMs = endMs - performance.now()) {
    const report = await runWorker({ target, seed, from: next, forMs: leftMs });
    next = report.next;
    if (report.failure !== undefined) finds.push(report.failure);
  }
  return { cases: next, finds };
}

interface Run {
  readonly target: Target;
  readonly seed: number;
  readonly from: number;
  readonly forMs: number;
  readonly input?: Input;
}

/** A process for some cases. One that hangs or dies is a find of the case that it was at. */
async function runWorker({ target, seed, from, forMs, input }: Run): Promise<WorkerReport> {
  const progressFile = path.join(folder, 'progress');
  writeFileSync(progressFile, '');
  const child = fork(WORKER, [], {
    execArgv: [`--max-old-space-size=${HEAP_MIB}`, '--no-warnings'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  child.stderr?.on('data', (text) => {
    stderr = `${stderr}${text}`.slice(-4000);
  });
  const task: Task = { target: target.name, seed, from, forMs, progressFile, ...(input && { input }) };
  child.send(task);
  const { promise, resolve } = Promise.withResolvers<WorkerReport>();
  const lost = (what: string) => {
    const number = numberIn(progressFile) ?? from;
    const failure: Failure = { what, trace: stderr };
    resolve({
      next: number + 1,
      failure: { ...failure, number, input: input ?? inputOf(target, seed, number) },
    });
  };
  let last: number | undefined;
  let movedMs = performance.now();
  const watch = setInterval(() => {
    const now = numberIn(progressFile);
    if (now !== last) movedMs = performance.now();
    last = now;
    if (performance.now() - movedMs < HANG_MS) return;
    lost(`hangs: no end after ${HANG_MS / 1000} s`);
    child.kill('SIGKILL');
  }, WATCH_MS);
  child.once('message', (report) => resolve(report as WorkerReport));
  child.once('exit', (code, signal) => lost(`the process ended with ${signal ?? code}`));
  const report = await promise;
  clearInterval(watch);
  child.removeAllListeners('exit');
  return report;
}

function numberIn(file: string): number | undefined {
  const bytes = readFileSync(file);
  return bytes.length < 8 ? undefined : Number(bytes.readBigInt64LE());
}

function tell(name: string, seed: number, { what, trace, number, input }: Find): void {
  const file = path.join(folder, `${name}-${number}.json`);
  writeFileSync(file, JSON.stringify({ target: name, input }));
  console.log(`  ${what}`);
  for (const line of trace
    .split('\n')
    .filter((each) => /^\s+at /.test(each))
    .slice(0, 6))
    console.log(`  ${line.trim()}`);
  console.log(`  input: ${JSON.stringify(input).slice(0, 1500)}`);
  console.log(`  seed ${seed}, case ${number}; again: npm run fuzz -- --input ${file}`);
}

async function again(file: string): Promise<boolean> {
  const { target: name, input } = JSON.parse(readFileSync(file, 'utf8')) as { target: string; input: Input };
  const target = TARGETS.find((each) => each.name === name);
  if (target === undefined) throw new Error(`no target is called ${name}`);
  const { failure } = await runWorker({ target, seed: 0, from: 0, forMs: 1, input });
  if (failure !== undefined) tell(name, 0, failure);
  console.log(failure === undefined ? '1 passed, 0 failed' : '0 passed, 1 failed');
  return failure === undefined;
}
