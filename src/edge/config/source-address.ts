// A source's `url:` as what is polled, and as what it is known by on every machine.
import { dirname, isAbsolute, posix, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { schemeOf } from './addresses.ts';
import type { ConfigNode } from './config-node.ts';

export interface SourceAddress {
  readonly feedUrl: string;
  readonly address: string;
  readonly feedUrlIsSecret: boolean;
}

/** For a text that has been checked. `configFile` is absolute: paths are relative to its folder. */
export function sourceAddress(text: string, node: ConfigNode | undefined, configFile: string): SourceAddress {
  const fromEnvironment = node?.fromEnvironment === true;
  const scheme = schemeOf(text);
  if (scheme === 'http' || scheme === 'https') {
    const { href, username, password } = new URL(text);
    return {
      feedUrl: href,
      address: href,
      feedUrlIsSecret: fromEnvironment || username !== '' || password !== '',
    };
  }
  const path = pathOf(text);
  const absolute = isAbsolute(path) ? path : resolve(dirname(configFile), path);
  return {
    feedUrl: pathToFileURL(absolute).href,
    address: `file:${posix.normalize(path.replaceAll('\\', '/'))}`,
    feedUrlIsSecret: fromEnvironment,
  };
}

/** `file:///a%20b.xml` is an address, `file:samples/a.xml` and `samples/a.xml` are paths as they stand. */
function pathOf(text: string): string {
  if (/^file:\/\//i.test(text)) return fileURLToPath(text);
  return text.replace(/^file:/i, '');
}
