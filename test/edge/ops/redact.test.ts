import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redactText, redactUrl } from '../../../src/edge/ops/redact.ts';

test.each([
  ['https://user:pw@host.example/a', 'https://***@host.example/a'],
  ['https://user@host.example/a', 'https://***@host.example/a'],
  ['https://a@b:c@host.example/', 'https://***@host.example/'],
  ['https:\\\\user:pw@host.example/', 'https:\\\\***@host.example/'],
  ['http:user:pw@host.example', 'http:***@host.example'],
  ['https://social.example/@user.rss', 'https://social.example/@user.rss'],
  ['https://host.example/?q=a@b', 'https://host.example/?q=a@b'],
  ['redis://:pa/ss#w@ord@host:6379/0', 'redis://***@host:6379/0'],
  ['postgres://u:p@[::1]:5432/db?sslmode=require', 'postgres://***@[::1]:5432/db?sslmode=require'],
  ['mailto:someone@host.example', 'mailto:someone@host.example'],
  ['sqlite:./data/tributary.db', 'sqlite:./data/tributary.db'],
  ['not a url', 'not a url'],
  ['', ''],
])('takes the userinfo out of %j', (given, wanted) => {
  expect(redactUrl(given)).toBe(wanted);
});

test.each([
  'token',
  'access_token',
  'accessToken',
  'api_key',
  'apikey',
  'X-Amz-Signature',
  'sig',
  'key',
  'wskey',
  'password',
  'pwd',
  'auth',
  'authKey',
  'client_secret',
  'session',
  'sid',
  'to%6ben',
])('masks the value of the parameter %s in query and fragment', (name) => {
  expect(redactUrl(`https://h.example/a?x=1&${name}=s3cr%20et&y=2`)).toBe(
    `https://h.example/a?x=1&${name}=***&y=2`,
  );
  expect(redactUrl(`https://h.example/a#${name}=s3cret`)).toBe(`https://h.example/a#${name}=***`);
});

test.each(['author', 'design', 'keyword', 'page', 'format', 'tag', 'pink', 'decode'])(
  'leaves the value of the parameter %s alone',
  (name) => {
    expect(redactUrl(`https://h.example/a?${name}=v`)).toBe(`https://h.example/a?${name}=v`);
  },
);

test('masks a known secret raw, percent-encoded and escaped as in JSON', () => {
  const secret = 'a "b"/ü';
  expect(redactText(`x ${secret} y`, [secret])).toBe('x *** y');
  expect(redactText(`x ${encodeURIComponent(secret)} y`, [secret])).toBe('x *** y');
  expect(redactText(`x ${JSON.stringify({ secret })} y`, [secret])).toBe('x {"secret":"***"} y');
});

test('masks the longer of two secrets whole where one stands in the other', () => {
  expect(redactText('abc abcdef', ['abc', 'abcdef'])).toBe('*** ***');
  expect(redactText('abc abcdef', ['abcdef', 'abc'])).toBe('*** ***');
});

test('takes an empty secret for none, and a pattern for text', () => {
  expect(redactText('a.c abc', ['', 'a.c'])).toBe('*** abc');
});

test('redacts the URLs within a text', () => {
  expect(redactText('GET "https://u:p@h.example/?token=t" failed, see https://h.example/help', [])).toBe(
    'GET "https://***@h.example/?token=***" failed, see https://h.example/help',
  );
});

test('leaves no secret in any text, whatever stands around it', () => {
  // Without '*', and not a part of what the surroundings may spell together with it.
  const secrets = fc.array(fc.stringMatching(/^[A-Z]{6,12}[^*]{0,4}$/), { minLength: 1, maxLength: 3 });
  const around = fc.stringMatching(/^[a-z0-9 /?&=:@.%\\"]{0,20}$/);
  fc.assert(
    fc.property(secrets, around, around, (known, before, after) => {
      for (const secret of known) {
        const text = redactText(`${before}${secret}${after}${secret}`, known);
        expect(text).not.toContain(secret);
      }
    }),
  );
});

test('is linear in hostile texts', () => {
  const texts = [
    'a'.repeat(200_000),
    'a:'.repeat(100_000),
    'a://'.repeat(50_000),
    `x://${'&='.repeat(100_000)}`,
  ];
  for (const text of texts) expect(redactText(text, ['needle']).length).toBeGreaterThan(0);
});
