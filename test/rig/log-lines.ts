// The service's log as lines that tests look at.
import { Writable } from 'node:stream';

export interface LogLine {
  readonly event: string;
  readonly level: string;
  readonly source?: string;
  readonly feed?: string;
  readonly outcome?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly items?: number;
  readonly new?: number;
  readonly notes?: readonly string[];
}

export function collector(lines: LogLine[]): Writable {
  let rest = '';
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      const parts = (rest + chunk.toString()).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts.map((line) => JSON.parse(line) as LogLine));
      done();
    },
  });
}
