import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { intentOf } from '../../../src/edge/websub/intent.ts';
import { signatureVerdict } from '../../../src/edge/websub/signature.ts';
import { type Allowance, afterWork } from '../../../src/edge/websub/work-allowance.ts';

const BODY = Buffer.from('<rss>é</rss>');
const sign = (method: string, secret = 'secret') => createHmac(method, secret).update(BODY).digest('hex');

describe('X-Hub-Signature', () => {
  const right = sign('sha256');
  const rows: readonly (readonly [string | undefined, string])[] = [
    [`sha1=${sign('sha1')}`, 'valid'],
    [`sha256=${right}`, 'valid'],
    [`SHA384=${sign('sha384').toUpperCase()}`, 'valid'],
    [` sha512=${sign('sha512')} `, 'valid'],
    [undefined, 'unsigned'],
    [' ', 'unsigned'],
    [`md5=${sign('md5')}`, 'unknown-method'],
    [`sha224=${sign('sha224')}`, 'unknown-method'],
    [right, 'unknown-method'],
    [`sha256=${right}, sha256=${right}`, 'unknown-method'],
    [`sha256=${sign('sha256', 'other')}`, 'wrong-signature'],
    [`sha256=${right.slice(2)}`, 'wrong-signature'],
    [`sha256=${right}00`, 'wrong-signature'],
    [`sha1=${right}`, 'wrong-signature'],
    [`sha256=${right.slice(1)}`, 'wrong-signature'],
    ['sha256=', 'unknown-method'],
    [`sha256=${'0'.repeat(100_000)}`, 'wrong-signature'],
  ];
  it.each(rows)('%s', (header, verdict) => {
    expect(signatureVerdict(header, 'secret', BODY)).toBe(verdict);
  });
});

describe('what a hub asks', () => {
  const ask = (said: Record<string, string>) => intentOf(new URLSearchParams(said)).kind;
  const base = { 'hub.topic': 'https://t/', 'hub.challenge': 'c' };
  it('is read where it is whole and harmless', () => {
    expect(ask({ ...base, 'hub.mode': 'subscribe', 'hub.lease_seconds': '60' })).toBe('subscribe');
    expect(
      intentOf(new URLSearchParams({ ...base, 'hub.mode': 'subscribe', 'hub.lease_seconds': '-1' })),
    ).toMatchObject({
      leaseSeconds: undefined,
    });
    expect(ask({ ...base, 'hub.mode': 'unsubscribe' })).toBe('unsubscribe');
    expect(ask({ 'hub.topic': 'https://t/', 'hub.mode': 'denied' })).toBe('denied');
    for (const odd of [{}, { 'hub.mode': 'publish' }, { 'hub.mode': 'subscribe', 'hub.challenge': '' }])
      expect(ask({ ...base, ...odd })).toBe('unreadable');
    expect(ask({ 'hub.mode': 'subscribe', 'hub.challenge': 'c' })).toBe('unreadable');
  });
});

describe('the work that a hub may make us do', () => {
  it('is a burst, then what the time allows, and large documents count for many', () => {
    const run = (count: number, bytes: number, everyMs: number) => {
      let allowance: Allowance | undefined;
      let done = 0;
      for (let each = 0; each < count; each += 1) {
        const next = afterWork(allowance, bytes, each * everyMs);
        if (next !== undefined) done += 1;
        allowance = next ?? allowance;
      }
      return done;
    };
    expect(run(1000, 1000, 0)).toBe(59);
    expect(run(1000, 1000, 10_000)).toBe(1000);
    expect(run(1000, 10_000_000, 1000)).toBeLessThan(30);
    expect(run(1, 100_000_000, 0)).toBe(1);
  });
});
