// No address but an allowed one is ever connected to. The rig listens on loopback and its count of connections is the
// proof; the names of the tests are the addresses.
import { describe, expect, it } from 'vitest';
import { createAddressGuard } from '../../../src/edge/fetch/address-guard.ts';
import { createFetcher } from '../../../src/edge/fetch/fetcher.ts';
import { answer, type EvilSource, redirect, startEvilSource } from '../../rig/evil-source.ts';
import { codeOf, fetcherFor, messageOf, textOf } from './fetching.ts';

/** Each leads, or could be taken to lead, somewhere inside. PORT is that of the listening rig. */
const INNER_HOSTS = [
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0x7F.0.0x0.0x01',
  '017700000001',
  '0177.0.0.1',
  '0177.0.0.01',
  '00000177.0.0.1',
  '127.000.000.001',
  '%31%32%37.0.0.1',
  '127%2e0%2e0%2e1',
  '127。0。0。1',
  '127.0.0。1',
  '①②⑦.⓪.⓪.①',
  '127.0.0.1',
  '𝟏𝟐𝟕.𝟎.𝟎.𝟏',
  'localhost',
  'LOCALHOST.',
  'localhost.',
  'LocalHost',
  'lOcalhost',
  'feeds.localhost',
  'a.b.localhost.',
  '0.0.0.0',
  '0',
  '0x0',
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.255',
  '012.0.0.1',
  '167772161',
  '100.64.0.1',
  '100.127.255.255',
  '169.254.169.254',
  '169.254.43518',
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.31.196.1',
  '192.52.193.1',
  '192.88.99.1',
  '192.168.0.1',
  '192.168.257',
  '192.175.48.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.7',
  '203.0.113.7',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '4294967295',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[0000:0000:0000:0000:0000:0000:0000:0001]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::FFFF:10.0.0.1]',
  '[0:0:0:0:0:ffff:a9fe:a9fe]',
  '[::ffff:0:127.0.0.1]',
  '[::127.0.0.1]',
  '[::7f00:1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b::a00:1]',
  '[64:ff9b::a9fe:a9fe]',
  '[64:ff9b:1::1]',
  '[64:ff9b:1::808:808]',
  '[2002:7f00:1::]',
  '[2002:a00:1::1]',
  '[2002:808:808::1]',
  '[2001::1]',
  '[2001:0:7f00:1::]',
  '[2001:0:4136:e378:8000:63bf:80ff:fffe]',
  '[2001:2::1]',
  '[2001:3::1]',
  '[2001:4:112::1]',
  '[2001:10::1]',
  '[2001:20::1]',
  '[2001:db8::1]',
  '[2620:4f:8000::1]',
  '[3fff::1]',
  '[5f00::1]',
  '[100::1]',
  '[fc00::1]',
  '[fd00::1]',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '[febf::1]',
  '[fec0::1]',
  '[ff02::1]',
  '[4000::1]',
  '[::2]',
];

/** What a name server may answer, as the system's resolver writes it. */
const INNER_ANSWERS = [
  ['127.0.0.1'],
  ['::1'],
  ['::ffff:127.0.0.1'],
  ['fe80::1%lo'],
  ['10.0.0.1', '192.168.0.1', 'fd00::1'],
  ['0177.0.0.1'],
  ['2130706433'],
  ['127.1'],
  ['not an address'],
  ['64:ff9b::7f00:1'],
];

/** A fetcher as in production but for its names: what it connects to is what it was told. */
function plainFetcher(allow: readonly string[], answers: readonly string[] = []) {
  return createFetcher({ allow }, { userAgent: 'Tributary/test', resolve: async () => answers });
}

function poll(fetcher: ReturnType<typeof plainFetcher>, url: string) {
  return fetcher.fetch({ url, headers: {}, validators: {}, timeoutMs: 10_000, bodyBytesMax: 1_000 });
}

async function listening(): Promise<EvilSource> {
  const source = await startEvilSource();
  source.on('*', answer({ body: 'reached' }));
  return source;
}

describe('the address guard', () => {
  it('refuses every spelling of an inner address before it connects', async () => {
    await using source = await listening();
    const fetcher = plainFetcher([]);
    const outcomes: Record<string, string> = {};
    for (const host of INNER_HOSTS) {
      outcomes[host] = codeOf(await poll(fetcher, `http://${host}:${source.port}/feed`));
      outcomes[`${host} over TLS`] = codeOf(await poll(fetcher, `https://${host}:${source.port}/feed`));
    }
    const notRefused = Object.entries(outcomes).filter(([, code]) => code !== 'address-refused');
    expect(notRefused).toEqual([]);
    expect(source.connections.accepted).toBe(0);
    await fetcher.close();
  });

  it('lets the same rig be reached where the configuration allows it', async () => {
    await using source = await listening();
    for (const allow of ['127.0.0.0/8', '127.0.0.1', '::ffff:127.0.0.1']) {
      const fetcher = plainFetcher([allow]);
      expect(textOf(await poll(fetcher, `http://127.0.0.1:${source.port}/feed`))).toBe('reached');
      expect(textOf(await poll(fetcher, `http://localhost:${source.port}/feed`))).toBe('reached');
      await fetcher.close();
    }
    const byName = plainFetcher(['Inner.Test'], ['127.0.0.1']);
    expect(textOf(await poll(byName, `http://inner.test.:${source.port}/feed`))).toBe('reached');
    expect(codeOf(await poll(byName, `http://other.test:${source.port}/feed`))).toBe('address-refused');
    expect(codeOf(await poll(byName, `http://127.0.0.1:${source.port}/feed`))).toBe('address-refused');
    await byName.close();
    expect(source.connections.accepted).toBeGreaterThan(0);
  });

  it('refuses a name that leads only to inner addresses', async () => {
    await using source = await listening();
    for (const answers of INNER_ANSWERS) {
      const fetcher = plainFetcher([], answers);
      expect([answers, codeOf(await poll(fetcher, `http://public.test:${source.port}/feed`))]).toEqual([
        answers,
        'address-refused',
      ]);
      await fetcher.close();
    }
    expect(source.connections.accepted).toBe(0);
  });

  it('connects to the public ones of mixed addresses only', async () => {
    await using source = await listening();
    const dialled: string[] = [];
    await using polls = fetcherFor(source, {
      resolve: async () => ['127.0.0.1', '2606:4700::1111', 'fd00::1', '93.184.216.34'],
      dial: (address) => {
        dialled.push(address);
        // The first public address does not answer: the second is tried, the inner ones never.
        return { host: '127.0.0.1', port: address === '93.184.216.34' ? source.port : 1 };
      },
    });
    expect(textOf(await polls.fetch('http://public.test/feed'))).toBe('reached');
    expect(dialled).toEqual(['2606:4700::1111', '93.184.216.34']);
  });

  it('asks for a name once for each connection and connects to what it judged', async () => {
    await using source = await listening();
    const answers = [['93.184.216.34'], ['127.0.0.1']];
    const asked: string[] = [];
    const dialled: string[] = [];
    await using polls = fetcherFor(source, {
      resolve: async (name) => {
        asked.push(name);
        return answers.shift() ?? ['127.0.0.1'];
      },
      dial: (address) => {
        dialled.push(address);
        return source.dial();
      },
    });
    source.on('/feed', answer({ body: 'reached', close: true }));
    expect(textOf(await polls.fetch('http://public.test/feed'))).toBe('reached');
    await source.idle();
    expect(codeOf(await polls.fetch('http://public.test/feed'))).toBe('address-refused');
    expect(asked).toEqual(['public.test', 'public.test']);
    expect(dialled).toEqual(['93.184.216.34']);
    expect(source.connections.accepted).toBe(1);
  });

  it('judges every redirect anew, and names the hop', async () => {
    await using source = await listening();
    await using inner = await listening();
    const targets = [
      `http://127.0.0.1:${inner.port}/`,
      `http://2130706433:${inner.port}/`,
      `http://[::1]:${inner.port}/`,
      `http://localhost:${inner.port}/`,
      `//127.1:${inner.port}/`,
      'http://169.254.169.254/latest/meta-data/',
      `http://inner.test:${inner.port}/`,
      'http://public.test:25/',
      'https://public.test:6667/',
    ];
    await using polls = fetcherFor(source, {
      resolve: async (name) => [name === 'inner.test' ? '127.0.0.1' : '93.184.216.34'],
      dial: (address, port) => (address === '93.184.216.34' ? source.dial() : { host: address, port }),
    });
    for (const target of targets) {
      source.on('/start', redirect(302, '/second'));
      source.on('/second', redirect(307, target));
      const outcome = await polls.fetch('http://public.test/start');
      expect([target, codeOf(outcome)]).toEqual([target, 'address-refused']);
      expect(messageOf(outcome)).toContain('redirect 2 of public.test');
      expect(messageOf(outcome)).toContain(new URL(target, 'http://public.test').host);
    }
    expect(inner.connections.accepted).toBe(0);
    expect(source.requests.every(({ path }) => path === '/start' || path === '/second')).toBe(true);
  });

  it('refuses the ports of other protocols', async () => {
    await using source = await listening();
    await using polls = fetcherFor(source);
    for (const port of [0, 1, 22, 25, 110, 143, 465, 587, 993, 6000, 6667, 10080]) {
      expect([port, codeOf(await polls.fetch(`http://public.test:${port}/feed`))]).toEqual([
        port,
        'address-refused',
      ]);
    }
    expect(source.connections.accepted).toBe(0);
    for (const port of [80, 443, 8000, 8080, 8443, 3000]) {
      expect(textOf(await polls.fetch(`http://public.test:${port}/feed`))).toBe('reached');
    }
  });

  it('says what is the matter without showing the inner address', async () => {
    await using source = await listening();
    await using polls = fetcherFor(source, { resolve: async () => ['10.11.12.13'] });
    const message = messageOf(await polls.fetch('http://user:secret@public.test/feed?key=secret'));
    expect(message).toContain('http://public.test/feed?…');
    expect(message).toContain('network.allow');
    expect(message).not.toContain('10.11.12.13');
    expect(message).not.toContain('secret');
  });

  it('lets public addresses through, those behind NAT64 included', () => {
    const guard = createAddressGuard([]);
    const open = ['8.8.8.8', '93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'];
    expect(guard.vet('public.test', open).allowed).toEqual(open);
    expect(guard.vet('public.test', ['64:ff9b::808:808']).allowed).toHaveLength(1);
    expect(guard.vet('public.test', ['::ffff:8.8.8.8']).allowed).toEqual(['8.8.8.8']);
  });

  it('takes allowed ranges at their word and no further', () => {
    const guard = createAddressGuard(['10.2.0.0/16', 'fd12::/16', '192.168.1.7']);
    const { allowed } = guard.vet('inner.test', [
      '10.2.3.4',
      '10.3.0.1',
      'fd12::9',
      'fd13::9',
      '192.168.1.7',
      '192.168.1.8',
    ]);
    expect(allowed).toEqual(['10.2.3.4', 'fd12::9', '192.168.1.7']);
  });
});
