// Sets a process of its own to an endless loop, prints its id, and waits to be killed.
import { readFileSync } from 'node:fs';
import { createIsolation } from '../../../src/edge/isolation/isolation.ts';

const module = new URL('./hostile-work.ts', import.meta.url);
const { call } = createIsolation({ module, processesMax: 1, timeoutMs: 60_000, heapMiB: 64 });
await call('add', [1, 2]);
void call('loopForever', undefined);
console.log(readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim());
