// Sources that are feeds of ours: what we publish would come back to us, credited to ourselves.
import { type ConfigNode, type Finding, textOf } from './config-node.ts';
import { DEFAULT_TEMPLATE_ID } from './feed-placeholders.ts';

/** Found by `server.publicUrl`, of which only host and path count: `http` and `https` are one site. */
export function ownFeedFindings(
  publicUrl: ConfigNode | undefined,
  sources: readonly ConfigNode[],
  feeds: readonly ConfigNode[],
): readonly Finding[] {
  const base = URL.parse(textOf(publicUrl)?.trim() ?? '');
  if (base === null) return [];
  const prefix = `${base.host}${base.pathname.replace(/\/*$/, '/')}feeds/`;
  const isOurs = (id: string) => feeds.some((feed) => isIdOf(feed, id));
  return sources.flatMap((source, index) => {
    const node = source.children.get('url');
    const id = idAfter(prefix, textOf(node));
    if (node === undefined || id === undefined || !isOurs(id)) return [];
    const message = `is feeds[…] "${id}" of this very configuration; name its sources instead`;
    return [{ offset: node.offset, path: ['sources', index, 'url'], message }];
  });
}

/** With `forEach` it is any id that the template may make. */
function isIdOf(feed: ConfigNode, id: string): boolean {
  const isTemplate = feed.children.has('forEach');
  const own = textOf(feed.children.get('id'))?.trim() ?? (isTemplate ? DEFAULT_TEMPLATE_ID : '');
  if (!isTemplate) return own === id;
  const [before = '', after = ''] = [own.split('{', 1)[0], own.split('}').at(-1)];
  return id.length > before.length + after.length && id.startsWith(before) && id.endsWith(after);
}

/** The `ID` of `PREFIX`ID, with or without the ending of a format. */
function idAfter(prefix: string, text: string | undefined): string | undefined {
  const url = URL.parse(text?.trim() ?? '');
  const address = url === null ? '' : `${url.host}${url.pathname}`;
  if (!address.startsWith(prefix)) return undefined;
  return address.slice(prefix.length).replace(/\.(?:rss|atom|json|html)$/, '');
}
