#!/usr/bin/env node
// Starts the command line. The only place where the process is ended.
import { run } from './cli/run.ts';

const NODE_MAJOR_MIN = 24;

if (Number.parseInt(process.versions.node, 10) < NODE_MAJOR_MIN) {
  process.stderr.write(`Tributary needs Node ${NODE_MAJOR_MIN} or newer; this is ${process.version}.\n`);
  process.exit(1);
}
process.exit(await run(process.argv.slice(2), process));
