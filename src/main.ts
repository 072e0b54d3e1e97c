#!/usr/bin/env node
// Starts the command line. The only place where the process is ended.
const NODE_MAJOR_MIN = 24;

if (Number.parseInt(process.versions.node, 10) < NODE_MAJOR_MIN) {
  process.stderr.write(`Tributary needs Node ${NODE_MAJOR_MIN} or newer; this is ${process.version}.\n`);
  process.exit(1);
}
// Not before the check: an older Node cannot even load what follows.
const { run } = await import('./cli/run.ts');
process.exit(await run(process.argv.slice(2), process));

// A file without imports is a module by this alone.
export {};
