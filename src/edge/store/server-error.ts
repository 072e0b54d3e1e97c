// What drivers of servers say, without a word of who we are there.

import { StoreError } from '../../model/errors.ts';

const CHARS_MAX = 300;

export interface Userinfo {
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/** `message` with user and password masked, on one line and bounded. */
export function withoutSecrets(message: string, { username, password }: Userinfo): string {
  const masked = [password, username].reduce<string>(
    (text, secret) => (secret ? text.replaceAll(secret, '***') : text),
    message,
  );
  return masked.replace(/\s+/g, ' ').slice(0, CHARS_MAX);
}

/** What is none of the errors that we know. `isReply`: it is the server's own, not one of the way to it. */
export function otherServerError(
  server: string,
  message: string,
  userinfo: Userinfo,
  isReply: boolean,
): StoreError {
  const said = withoutSecrets(message, userinfo);
  if (!isReply && /certificate/i.test(said)) {
    const todo = 'name the host that it is for, or its authority by NODE_EXTRA_CA_CERTS';
    const text = `the certificate of ${server} is not accepted (${said}); ${todo}`;
    return new StoreError('store-unavailable', text, { trouble: 'untrusted' });
  }
  return new StoreError('store-unavailable', `${server}: ${said}`, { trouble: isReply ? 'failing' : 'away' });
}
