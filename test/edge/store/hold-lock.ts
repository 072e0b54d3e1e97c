// Run as a process of its own by sqlite.test.ts: holds the write lock of a database until its standard input ends.
import { DatabaseSync } from 'node:sqlite';

const database = new DatabaseSync(String(process.argv[2]));
database.exec('BEGIN EXCLUSIVE');
process.stdout.write('locked\n');
process.stdin.resume();
process.stdin.on('end', () => database.exec('ROLLBACK'));
