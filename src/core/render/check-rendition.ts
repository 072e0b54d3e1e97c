// The gate before a document is published: it is read back with a parser that is not its writer, and must hold exactly the
// items that went in, in order. What fails names the item at fault where that can be told, so that it alone is left out.
import { SaxesParser } from 'saxes';
import type { OutputFormat } from '../../model/edition.ts';
import { assertNever, messageOf } from '../../model/errors.ts';
import { AT_NS, ATOM_NS } from '../../model/namespaces.ts';
import { ARTICLE_MARK } from './page-item.ts';

export interface Problem {
  readonly message: string;
  /** The item that causes it; undefined where the document as a whole is at fault. */
  readonly itemId?: string | undefined;
}

/**
 * Empty where `text` is whole: well-formed, with the items of `expectedIds`, each once, in that order, and in Atom with
 * tombstones that name `expectedTombstones`.
 */
export function checkRendition(
  format: OutputFormat,
  text: string,
  expectedIds: readonly string[],
  expectedTombstones: readonly string[] = [],
): readonly Problem[] {
  switch (format) {
    case 'rss':
      return checkXml(text, RSS_SHAPE, expectedIds, []);
    case 'atom':
      return checkXml(text, ATOM_SHAPE, expectedIds, expectedTombstones);
    case 'json':
      return checkJson(text, expectedIds);
    case 'html':
      return checkPage(text, expectedIds);
    default:
      return assertNever(format);
  }
}

interface ItemShape {
  readonly parent: string;
  readonly item: string;
  readonly id: string;
  readonly namespace: string;
}

const RSS_SHAPE: ItemShape = { parent: 'channel', item: 'item', id: 'guid', namespace: '' };
const ATOM_SHAPE: ItemShape = { parent: 'feed', item: 'entry', id: 'id', namespace: ATOM_NS };

function checkXml(
  text: string,
  shape: ItemShape,
  expectedIds: readonly string[],
  expectedTombstones: readonly string[],
): readonly Problem[] {
  const ids: string[] = [];
  const tombstones: string[] = [];
  const path: string[] = [];
  let id: string | undefined;
  let error: { readonly message: string; readonly itemId: string | undefined } | undefined;
  const isIn = (...names: readonly string[]) => path.slice(-names.length).join(' ') === names.join(' ');
  const parser = new SaxesParser({ xmlns: true });
  // The parser goes on after an error: the item at fault is the one that was being read at the first.
  const fail = (cause: unknown) => {
    error ??= { message: `not well-formed: ${messageOf(cause)}`, itemId: expectedIds[ids.length - 1] };
  };
  parser.on('error', fail);
  parser.on('opentag', ({ local, uri, attributes }) => {
    path.push(uri === shape.namespace ? local : `{${uri}}${local}`);
    if (isIn(shape.parent, shape.item)) ids.push('');
    if (uri === AT_NS && local === 'deleted-entry') tombstones.push(attributes['ref']?.value ?? '');
    if (isIn(shape.parent, shape.item, shape.id)) id = '';
  });
  parser.on('text', (data) => {
    if (id !== undefined) id += data;
  });
  parser.on('closetag', () => {
    if (id !== undefined && isIn(shape.parent, shape.item, shape.id)) {
      ids[ids.length - 1] = id;
      id = undefined;
    }
    path.pop();
  });
  try {
    parser.write(text).close();
  } catch (cause) {
    fail(cause);
  }
  if (error !== undefined) return [error];
  if (tombstones.join('\n') !== expectedTombstones.join('\n'))
    return [{ message: `${tombstones.length} tombstones read back, expected ${expectedTombstones.length}` }];
  return compareIds(ids, expectedIds);
}

function checkJson(text: string, expectedIds: readonly string[]): readonly Problem[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    return [{ message: `not JSON: ${messageOf(cause)}` }];
  }
  const { version, title, items } = Object(document) as Record<string, unknown>;
  if (version !== 'https://jsonfeed.org/version/1.1' || typeof title !== 'string' || !Array.isArray(items)) {
    return [{ message: 'not a JSON Feed 1.1: version, title or items is missing' }];
  }
  const problems = items.flatMap((item, place) => {
    const message = problemOfJsonItem(Object(item));
    return message === undefined ? [] : [{ message, itemId: expectedIds[place] }];
  });
  return problems.length > 0
    ? problems
    : compareIds(
        items.map((item) => String(item.id)),
        expectedIds,
      );
}

function problemOfJsonItem(item: Record<string, unknown>): string | undefined {
  if (typeof item['id'] !== 'string' || item['id'] === '') return 'an item without id';
  if (typeof item['content_html'] !== 'string' && typeof item['content_text'] !== 'string')
    return 'an item without content';
  if (!Array.isArray(item['authors']) || item['authors'].length === 0) return 'an item without authors';
  return undefined;
}

/** Pages name no ids: items are counted by a mark that their content cannot hold. */
function checkPage(text: string, expectedIds: readonly string[]): readonly Problem[] {
  const count = text.split(ARTICLE_MARK).length - 1;
  if (!text.trimEnd().endsWith('</html>')) return [{ message: 'the page is not whole' }];
  return count === expectedIds.length
    ? []
    : [{ message: `${count} items on the page, expected ${expectedIds.length}` }];
}

function compareIds(ids: readonly string[], expectedIds: readonly string[]): readonly Problem[] {
  const place = expectedIds.findIndex((expected, at) => ids[at] !== expected);
  if (place !== -1) {
    const found = ids[place] === undefined ? 'nothing' : JSON.stringify(ids[place]);
    return [{ message: `item ${place + 1} reads back as ${found}`, itemId: expectedIds[place] }];
  }
  if (ids.length > expectedIds.length)
    return [{ message: `${ids.length} items read back, expected ${expectedIds.length}` }];
  return [];
}
