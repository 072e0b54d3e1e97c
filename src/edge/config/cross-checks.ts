// What one value cannot tell: ids given twice, feeds that name no source, settings that exclude each other. Works on
// the tree as it was read, so that these mistakes are reported together with all others.
import { accessFindings } from './access.ts';
import { adminFindings } from './admin.ts';
import { categoryMapFindings } from './category-map.ts';
import { type ConfigNode, type Finding, listed, type Path, shown, textOf } from './config-node.ts';
import { templateFindings } from './feed-template.ts';
import { ownFeedFindings } from './own-feeds.ts';
import { redirectFindings } from './redirects.ts';
import { showFindings } from './show-schema.ts';
import { sourceIds } from './source-ids.ts';
import { ITS_FEED } from './source-schema.ts';
import { didYouMean } from './suggest.ts';

export function crossFindings(root: ConfigNode): readonly Finding[] {
  const sources = listed(root.children.get('sources'));
  const feeds = listed(root.children.get('feeds'));
  const defaults = root.children.get('defaults');
  return [
    ...listFindings(sources),
    ...repeatedIds(sources, 'sources'),
    ...repeatedIds(feeds, 'feeds'),
    ...showFindings(feeds),
    ...feeds.flatMap((feed, index) => templateFindings(feed, ['feeds', index])),
    ...unknownSources(feeds, sources),
    // Groups of a list are categories too, and nobody knows them here.
    ...(sources.some(isList) ? [] : unknownCategories(feeds, sources, defaults)),
    ...scheduleFindings(defaults, ['defaults'], undefined),
    ...sources.flatMap((source, index) => scheduleFindings(source, ['sources', index], defaults)),
    ...ownFeedFindings(root.children.get('server')?.children.get('publicUrl'), sources, feeds),
    ...hubFindings(root.children.get('server')?.children.get('publicUrl'), feeds),
    ...accessFindings(feeds),
    ...redirectFindings(root.children.get('redirects'), feeds),
    ...adminFindings(root.children.get('server')),
    ...categoryMapFindings(root),
    ...repeatedHeaders(defaults, ['defaults']),
    ...sources.flatMap((source, index) => repeatedHeaders(source, ['sources', index])),
  ];
}

function isList(source: ConfigNode): boolean {
  return source.children.has('opml');
}

/** What belongs to one feed cannot be said of a list of them. */
function listFindings(sources: readonly ConfigNode[]): readonly Finding[] {
  return sources.flatMap((source, index) => {
    if (typeof source.value !== 'object' || source.value === null || Array.isArray(source.value)) return [];
    const path = ['sources', index];
    if (!isList(source)) {
      if (source.children.has('url')) return [];
      const message = `is missing (${ITS_FEED.charAt(0).toLowerCase()}${ITS_FEED.slice(1)})`;
      return [{ offset: source.offset, path: [...path, 'url'], message }];
    }
    return ['url', 'id', 'name', 'publicUrl'].flatMap((key) => {
      const node = source.children.get(key);
      if (node === undefined) return [];
      const message =
        key === 'url' ? '"url" and "opml" exclude each other; keep one of them' : 'cannot be said of a list';
      return [{ offset: node.keyOffset, path: [...path, key], message }];
    });
  });
}

/** Ids become names of files, which some systems compare without regard to case. */
function repeatedIds(nodes: readonly ConfigNode[], list: 'sources' | 'feeds'): readonly Finding[] {
  const first = new Map<string, number>();
  const findings: Finding[] = [];
  for (const [index, node] of nodes.entries()) {
    const idNode = node.children.get('id');
    const id = textOf(idNode)?.trim().toLowerCase();
    if (idNode === undefined || id === undefined) continue;
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, index);
    else {
      const message = `${shown(idNode)} is the id of ${list}[${earlier}] already (case does not count)`;
      findings.push({ offset: idNode.offset, path: [list, index, 'id'], message });
    }
  }
  return findings;
}

function unknownSources(feeds: readonly ConfigNode[], sources: readonly ConfigNode[]): readonly Finding[] {
  const ids = sourceIds(sources);
  const known = new Set(ids);
  const suggested = ids.filter((_, index) => sources[index]?.children.get('id')?.fromEnvironment !== true);
  return feeds.flatMap((feed, index) =>
    listed(feed.children.get('sources')).flatMap((node, position) => {
      const id = textOf(node)?.trim();
      if (id === undefined || id === '' || known.has(id)) return [];
      const message = `there is no source ${shown(node)}${suggestion(node, suggested)}`;
      return [{ offset: node.offset, path: ['feeds', index, 'sources', position], message }];
    }),
  );
}

function unknownCategories(
  feeds: readonly ConfigNode[],
  sources: readonly ConfigNode[],
  defaults: ConfigNode | undefined,
): readonly Finding[] {
  const nodes = [defaults, ...sources].flatMap((node) => listed(node?.children.get('categories')));
  const known = new Set(nodes.map((node) => textOf(node)?.trim()));
  const suggested = nodes.filter((node) => !node.fromEnvironment).map((node) => textOf(node) ?? '');
  return feeds.flatMap((feed, index) =>
    listed(feed.children.get('sources')?.children.get('categories')).flatMap((node, position) => {
      const category = textOf(node)?.trim();
      if (category === undefined || category === '' || known.has(category)) return [];
      const message = `no source has the category ${shown(node)}${suggestion(node, suggested)}`;
      return [{ offset: node.offset, path: ['feeds', index, 'sources', 'categories', position], message }];
    }),
  );
}

function suggestion(node: ConfigNode, candidates: readonly string[]): string {
  return didYouMean(node.written ?? '', candidates);
}

function scheduleFindings(
  node: ConfigNode | undefined,
  path: Path,
  defaults: ConfigNode | undefined,
): readonly Finding[] {
  const every = node?.children.get('every');
  const schedule = node?.children.get('schedule');
  const timezone = node?.children.get('timezone');
  const findings: Finding[] = [];
  if (every !== undefined && schedule !== undefined) {
    const later = every.keyOffset > schedule.keyOffset ? 'every' : 'schedule';
    const message = '"every" and "schedule" exclude each other; keep one of them';
    findings.push({ offset: Math.max(every.keyOffset, schedule.keyOffset), path: [...path, later], message });
  }
  const isScheduled =
    schedule !== undefined || (every === undefined && defaults?.children.has('schedule') === true);
  // Among the defaults it waits for sources that have a schedule.
  if (timezone !== undefined && !isScheduled && path[0] === 'sources') {
    const message = 'has no effect without "schedule"';
    findings.push({ offset: timezone.keyOffset, path: [...path, 'timezone'], message });
  }
  return findings;
}

/** A hub fetches what it is told of. */
function hubFindings(publicUrl: ConfigNode | undefined, feeds: readonly ConfigNode[]): readonly Finding[] {
  if (publicUrl !== undefined) return [];
  return feeds.flatMap((feed, index) => {
    const hubs = feed.children.get('hubs');
    if (hubs === undefined || listed(hubs).length === 0) return [];
    const message =
      'a hub cannot reach the feed without "server.publicUrl"; say under which address we are served';
    return [{ offset: hubs.keyOffset, path: ['feeds', index, 'hubs'], message }];
  });
}

function repeatedHeaders(node: ConfigNode | undefined, path: Path): readonly Finding[] {
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (const [name, header] of node?.children.get('headers')?.children ?? []) {
    const folded = String(name).toLowerCase();
    if (seen.has(folded)) {
      const message = 'given twice; the names of headers have no case';
      findings.push({ offset: header.keyOffset, path: [...path, 'headers', name], message });
    }
    seen.add(folded);
  }
  return findings;
}
