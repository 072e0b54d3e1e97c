// `redirects:`, addresses that the site had before: from an old path to a feed, or to a path of ours. Never to another host, never on to
// another old path, and never in the place of what we serve ourselves.
import { z } from 'zod';
import type { Redirect } from '../../model/config.ts';
import { type ConfigNode, type Finding, textOf } from './config-node.ts';
import { type Check, lineOfText, WRITTEN } from './fields.ts';
import { isId } from './source-schema.ts';
import { didYouMean } from './suggest.ts';

const COUNT_MAX = 1_000;
const EXAMPLE = '/rss20.xml: city, or /atom.xml: /feeds/city.atom';

const isOldPath: Check = (text) => {
  if (!text.startsWith('/'))
    return `is no path; write it with its first "/" and without the host, as in ${EXAMPLE}`;
  if (/[?#\\%]|\/\/|[\0-\x20\x7f]/.test(text))
    return 'can have no query, fragment, "%", space, backslash or empty step; write the path as people read it';
  return undefined;
};

const isPlace: Check = (text) => {
  if (isId(text) === undefined) return undefined;
  return text.startsWith('/') && isOldPath(text) === undefined
    ? undefined
    : `${WRITTEN} is neither a feed nor a path of ours; write ${EXAMPLE}`;
};

export const redirectsSchema = z
  .record(lineOfText(isOldPath), lineOfText(isPlace))
  .refine((said) => Object.keys(said).length <= COUNT_MAX, { error: `has too many; at most ${COUNT_MAX}` });

export function buildRedirects(
  input: z.infer<typeof redirectsSchema> | undefined,
): readonly Redirect[] | undefined {
  const entries = Object.entries(input ?? {});
  if (entries.length === 0) return undefined;
  return entries.map(([from, to]) => ({ from: from.trim(), to: pathOf(to.trim()).slice(1) }));
}

function pathOf(to: string): string {
  return to.startsWith('/') ? to : `/feeds/${to}`;
}

/** What is served whatever the configuration says; files of pages are at the root. */
const OURS =
  /^\/(?:|[\w.-]+\.(?:html|css|js|ico|svg|png|opml|webmanifest)|credits|status|status\.json|healthz|readyz|metrics|websub(?:\/.*)?)$/;
/** Places that may be redirected to. */
const PLACE = /^\/(?:|index\.html|(?:credits|status)(?:\.html)?|(?:sources|feeds)\.opml)$/;
const FEED = /^\/feeds\/([^/.]+)(?:\.(?:rss|atom|json|html)|\/archive\/.*|\/?)?$/;

export function redirectFindings(
  redirects: ConfigNode | undefined,
  feeds: readonly ConfigNode[],
): readonly Finding[] {
  const ids = feeds.flatMap((feed) => textOf(feed.children.get('id'))?.trim() ?? []);
  const hasTemplates = feeds.some((feed) => feed.children.has('forEach'));
  const isPrivate = (id: string) =>
    feeds.some((feed) => feed.children.has('access') && textOf(feed.children.get('id'))?.trim() === id);
  const complaintAbout = (from: string, to: string): string | undefined => {
    const [, old] = FEED.exec(from) ?? [];
    if (OURS.test(from) || (old !== undefined && ids.includes(old))) return 'is an address of our own';
    const place = pathOf(to);
    if (place === from) return 'leads to itself';
    if (PLACE.test(place)) return undefined;
    const [, id] = FEED.exec(place) ?? [];
    if (id !== undefined && isPrivate(id)) return 'leads to a private feed, and would tell everybody of it';
    if (id !== undefined && ids.includes(id)) return undefined;
    if (redirects?.children.has(place)) return `leads to ${place}, which is redirected itself`;
    if (id === undefined) return `leads to ${place}, where we have nothing; write ${EXAMPLE}`;
    return hasTemplates ? undefined : `leads to a feed that there is not${didYouMean(id, ids)}`;
  };
  return [...(redirects?.children ?? [])].flatMap(([key, node]) => {
    const [from, to] = [String(key).trim(), textOf(node)?.trim()];
    if (to === undefined || isOldPath(from) !== undefined || isPlace(to) !== undefined) return [];
    const message = complaintAbout(from, to);
    return message === undefined ? [] : [{ offset: node.keyOffset, path: ['redirects', key], message }];
  });
}
