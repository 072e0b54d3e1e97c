// What drivers of servers say, without a word of who we are there.

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
