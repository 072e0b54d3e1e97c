// What only `forEach` decides: which keys a feed must have, and which placeholders its texts may.
import { type ConfigNode, type Finding, type Path, textOf } from './config-node.ts';
import { hasPlaceholder, placeholdersOf } from './feed-placeholders.ts';
import { isId } from './source-schema.ts';
import { placeholderComplaint } from './templates.ts';

export function templateFindings(feed: ConfigNode, path: Path): readonly Finding[] {
  const forEach = textOf(feed.children.get('forEach'))?.trim();
  if (typeof feed.value !== 'object' || feed.value === null || Array.isArray(feed.value)) return [];
  if (!feed.children.has('forEach')) return [...missingKeys(feed, path), ...strayPlaceholders(feed, path)];
  if (forEach !== 'source' && forEach !== 'category') return [];
  return (['id', 'title', 'description'] as const).flatMap((key) => {
    const node = feed.children.get(key);
    const text = textOf(node)?.trim();
    const complaint =
      text === undefined || text === ''
        ? undefined
        : complaintAbout(key, text, forEach, node?.fromEnvironment === true);
    if (node === undefined || complaint === undefined) return [];
    return [{ offset: node.offset, path: [...path, key], message: complaint }];
  });
}

function missingKeys(feed: ConfigNode, path: Path): readonly Finding[] {
  const purposes = {
    id: "is missing (its id, part of its address: letters, digits and '-')",
    title: 'is missing (its title)',
  };
  return Object.entries(purposes).flatMap(([key, message]) =>
    feed.children.has(key) ? [] : [{ offset: feed.offset, path: [...path, key], message }],
  );
}

/** In a title braces are text; in an id they are a slip. */
function strayPlaceholders(feed: ConfigNode, path: Path): readonly Finding[] {
  const node = feed.children.get('id');
  if (node === undefined || !hasPlaceholder(textOf(node) ?? '')) return [];
  const message = 'has a placeholder, which only "forEach: source" or "forEach: category" fills';
  return [{ offset: node.offset, path: [...path, 'id'], message }];
}

function complaintAbout(
  key: 'id' | 'title' | 'description',
  text: string,
  forEach: string,
  isSecret: boolean,
): string | undefined {
  const known = key === 'id' ? ['id', forEach] : placeholdersOf(forEach);
  const complaint = placeholderComplaint(text, known);
  if (complaint !== undefined)
    return typeof complaint === 'string' ? complaint : isSecret ? complaint.blind : complaint.message;
  if (key === 'description') return undefined;
  if (!hasPlaceholder(text))
    return key === 'id'
      ? 'leaves out {id}: every feed would have the same address'
      : 'leaves out {name}: every feed would be called the same';
  if (key !== 'id') return undefined;
  const example = text.replace(/\{\w+\}/g, 'a');
  return isId(example) === undefined
    ? undefined
    : 'makes no ids; write letters (a to z), digits and inner "-" around {id}, for example by-{id}';
}
