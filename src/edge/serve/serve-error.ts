// Why we cannot listen, for people.
import { TributaryError } from '../../model/errors.ts';

/** Codes: `port-in-use`, `port-forbidden`, `bad-host`, `listen-failed`. */
export class ServeError extends TributaryError {}

export function listenError(
  cause: NodeJS.ErrnoException,
  host: string,
  port: number,
  keys: string,
): ServeError {
  const where = `${host} port ${port}`;
  const portKey = keys === 'server' ? 'server.port or $PORT' : `${keys}.port`;
  switch (cause.code) {
    case 'EADDRINUSE':
      return new ServeError(
        'port-in-use',
        `cannot listen on ${where}: another program does already; stop it, or choose another with ${portKey}`,
        { cause },
      );
    case 'EACCES':
      return new ServeError(
        'port-forbidden',
        `cannot listen on ${where}: not permitted; choose a port above 1023 with ${portKey}`,
        { cause },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAFNOSUPPORT':
      return new ServeError(
        'bad-host',
        `cannot listen on ${where}: this machine has no such address; set ${keys}.host to one that it has, or to 0.0.0.0 for all`,
        { cause },
      );
    default:
      return new ServeError('listen-failed', `cannot listen on ${where}: ${cause.message}`, { cause });
  }
}
