// The configuration as a whole, key by key (docs: config/tributary.schema.json is made of it). What one value cannot
// tell, such as ids given twice, is looked at in cross-checks.ts.
import { z } from 'zod';
import { isContact, isHost, isNetwork, isProxy, isPublicRoot, isStore } from './addresses.ts';
import { alertsSchema } from './alerts.ts';
import { feedSchema } from './feed-schema.ts';
import { lineOfText, notYet } from './fields.ts';
import { duration, size } from './quantity-checks.ts';
import { redirectsSchema } from './redirects.ts';
import { defaultsSchema, sourceSchema } from './source-schema.ts';
import { wordingSchema } from './wording-schema.ts';

const adminSchema = z.strictObject({
  host: lineOfText(isHost).optional().describe('The address to listen on (default: 127.0.0.1, this machine)'),
  port: z
    .int()
    .min(0)
    .max(65_535)
    .describe('The port to listen on, another than that of server (0 takes a free one)'),
});

const serverSchema = z.strictObject({
  host: lineOfText(isHost).optional().describe('The address to listen on (default: 0.0.0.0, all of them)'),
  port: z
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .describe('The port to listen on (default: 8080; 0 takes a free one; $PORT overrides)'),
  publicUrl: lineOfText(isPublicRoot)
    .optional()
    .describe(
      'The address that readers reach the service at; all our own links begin with it (default: http://localhost:PORT/)',
    ),
  stylesheet: lineOfText()
    .optional()
    .describe(
      'A CSS file that the pages have in the place of ours, relative to this file and followed like it (at most 200 KB, nothing from elsewhere)',
    ),
  admin: adminSchema
    .optional()
    .describe('Where /status and /metrics are answered instead (default: beside the feeds)'),
});

const perHostSchema = z.strictObject({
  concurrency: z.int().min(1).max(100).optional().describe('Polls at once of one host (default: 1)'),
  gap: duration('0s', '1h').optional().describe('Between two polls of one host (default: 2s)'),
});

const networkSchema = z.strictObject({
  contact: lineOfText(isContact)
    .optional()
    .describe('A page or a mailbox, told to publishers in the User-Agent so that they can reach a person'),
  timeout: duration('100ms', '10m')
    .optional()
    .describe('For a whole poll, redirects and body included (default: 20s)'),
  maxBytes: size('1KB', '100MB')
    .optional()
    .describe('The most that a feed may have when decoded (default: 10MB)'),
  concurrency: z.int().min(1).max(1_000).optional().describe('Polls at once (default: 64)'),
  perHost: perHostSchema.optional().describe('How gently one host is polled'),
  allow: z
    .array(lineOfText(isNetwork))
    .max(1_000)
    .optional()
    .describe(
      'CIDRs, addresses and host names that may be polled though they are private, for example 10.2.0.0/16',
    ),
  proxy: lineOfText(isProxy)
    .optional()
    .describe(
      'An HTTP proxy that every server is reached through (by CONNECT, to addresses vetted as without it), for example http://proxy.example:3128',
    ),
});

export const configSchema = z
  .strictObject({
    server: serverSchema.optional().describe('Where and as what we are served'),
    dataDir: lineOfText()
      .optional()
      .describe('The folder for documents as last published (default: ./data; $TRIBUTARY_DATA overrides)'),
    store: lineOfText(isStore)
      .optional()
      .describe(
        'What we remember: sqlite:PATH, redis://HOST, rediss://HOST, postgres://HOST/NAME or memory: (default: sqlite:./data/tributary.db, in dataDir; $TRIBUTARY_STORE overrides)',
      ),
    queue: notYet('The queue of several workers'),
    network: networkSchema.optional().describe('How sources are polled'),
    alerts: alertsSchema
      .optional()
      .describe(
        'Who is told when a source fails for long, moves or ends, when the store is lost, when a feed cannot be published',
      ),
    defaults: defaultsSchema
      .optional()
      .describe('Any key of a source but id, url and name, for every source that does not say otherwise'),
    attribution: wordingSchema
      .optional()
      .describe('How items are credited; a source or a feed may override any of it'),
    redirects: redirectsSchema
      .optional()
      .describe(
        'Addresses that the site had before: from an old path to a feed or to a path of ours, for example /rss20.xml: city',
      ),
    sources: z.array(sourceSchema).min(1).describe('The feeds that are read'),
    feeds: z.array(feedSchema).min(1).describe('The feeds that are published'),
  })
  .meta({
    title: 'Tributary',
    description: 'The configuration of Tributary: the feeds it reads, and those it makes of them',
  });

export type ConfigInput = z.infer<typeof configSchema>;
