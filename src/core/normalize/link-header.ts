// The header `Link` (RFC 8288, section 3): a target, then parameters whose values are tokens or quoted; a comma parts two links.

export interface HeaderLink {
  /** As given: may be relative. */
  readonly href: string;
  /** Lower case. */
  readonly relations: readonly string[];
  readonly type: string | undefined;
  readonly title: string | undefined;
  /** As it stands in the header. */
  readonly text: string;
}

const HEADER_CHARS_MAX = 8192;
const LINK = /<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+(?:\s*=\s*(?:"[^"\\]*(?:\\.[^"\\]*)*"|[^\s;,"]+))?)*)/g;
const PARAMETER = /;\s*([\w!#$&+.^`|~*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]+))/g;

/** What it links this very document with: links with an anchor are about something else, and left out. */
export function linksInHeader(header: string): readonly HeaderLink[] {
  const found: HeaderLink[] = [];
  for (const [text, target = '', tail = ''] of header.slice(0, HEADER_CHARS_MAX).matchAll(LINK)) {
    const parameters = parametersIn(tail);
    if (parameters.has('anchor')) continue;
    const relations = (parameters.get('rel') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const type = parameters.get('type')?.trim().toLowerCase();
    found.push({ href: target.trim(), relations, type, title: parameters.get('title'), text });
  }
  return found;
}

/** Of one given twice the first counts (section 3.3). */
function parametersIn(tail: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain] of tail.matchAll(PARAMETER)) {
    const lower = name.toLowerCase();
    if (!parameters.has(lower)) parameters.set(lower, quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '');
  }
  return parameters;
}
