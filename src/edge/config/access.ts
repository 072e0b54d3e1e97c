// `access:` of a feed: who may read it. Everything in it is secret, wherever it comes from.
import { z } from 'zod';
import type { FeedAccess } from '../../model/config.ts';
import { type ConfigNode, type Finding, listed } from './config-node.ts';
import { type Check, lineOfText } from './fields.ts';

/** Each is compared with each that is tried. */
const COUNT_MAX = 100;

const isUser: Check = (text) =>
  text.includes(':') ? 'has a ":", which ends the user in what browsers send (RFC 7617)' : undefined;

export const accessSchema = z
  .strictObject({
    tokens: z
      .array(lineOfText())
      .max(COUNT_MAX)
      .optional()
      .describe(
        `Words of which each opens it, as in /feeds/city.rss?token=…; give each reader one, made with: openssl rand -hex 16`,
      ),
    basic: z
      .array(
        z.strictObject({
          user: lineOfText(isUser).describe('A name'),
          password: lineOfText().describe('A password'),
        }),
      )
      .max(COUNT_MAX)
      .optional()
      .describe('Users and their passwords, for readers and browsers that ask for them (HTTP basic)'),
  })
  .refine(({ tokens = [], basic = [] }) => tokens.length + basic.length > 0, {
    error: 'opens it to nobody; write tokens: [...], basic: [{user: …, password: …}] or both',
    when: ({ issues }) => issues.length === 0,
  });

export function buildAccess(input: z.infer<typeof accessSchema> | undefined): FeedAccess | undefined {
  if (input === undefined) return undefined;
  return {
    tokens: [...new Set((input.tokens ?? []).map((token) => token.trim()))],
    basic: (input.basic ?? []).map(({ user, password }) => ({
      user: user.trim(),
      password: password.trim(),
    })),
  };
}

/** A hub fetches what it is told of, and gives it to whoever asks. */
export function accessFindings(feeds: readonly ConfigNode[]): readonly Finding[] {
  return feeds.flatMap((feed, index) => {
    const access = feed.children.get('access');
    const hubs = feed.children.get('hubs');
    if (access === undefined || hubs === undefined || listed(hubs).length === 0) return [];
    const later = access.keyOffset > hubs.keyOffset ? 'access' : 'hubs';
    const message = '"access" and "hubs" exclude each other: a hub would hand a private feed to anybody';
    const offset = Math.max(access.keyOffset, hubs.keyOffset);
    return [{ offset, path: ['feeds', index, later], message }];
  });
}
