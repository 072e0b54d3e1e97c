// Sources that are feeds of ours: what we publish would come back to us, credited to ourselves.
import { type ConfigNode, type Finding, textOf } from './config-node.ts';

/** Found by `server.publicUrl`, of which only host and path count: `http` and `https` are one site. */
export function ownFeedFindings(
  publicUrl: ConfigNode | undefined,
  sources: readonly ConfigNode[],
  feeds: readonly ConfigNode[],
): readonly Finding[] {
  const base = URL.parse(textOf(publicUrl)?.trim() ?? '');
  if (base === null) return [];
  const prefix = `${base.host}${base.pathname.replace(/\/*$/, '/')}feeds/`;
  const ids = new Set(feeds.map((feed) => textOf(feed.children.get('id'))?.trim()));
  return sources.flatMap((source, index) => {
    const node = source.children.get('url');
    const id = idAfter(prefix, textOf(node));
    if (node === undefined || id === undefined || !ids.has(id)) return [];
    const message = `is feeds[…] "${id}" of this very configuration; name its sources instead`;
    return [{ offset: node.offset, path: ['sources', index, 'url'], message }];
  });
}

/** The `ID` of `PREFIX`ID, with or without the ending of a format. */
function idAfter(prefix: string, text: string | undefined): string | undefined {
  const url = URL.parse(text?.trim() ?? '');
  const address = url === null ? '' : `${url.host}${url.pathname}`;
  if (!address.startsWith(prefix)) return undefined;
  return address.slice(prefix.length).replace(/\.(?:rss|atom|json|html)$/, '');
}
