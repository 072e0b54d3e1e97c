// A list of feeds as sources to paste into the configuration: OPML, or the INI file of a planet (Planet, Planet Venus).
import { idOfAddress, idOfName } from '../edge/config/source-ids.ts';
import { yamlText } from '../edge/config/yaml-text.ts';
import type { ListedSource, SourceList } from '../model/source-list.ts';
import { readList } from './read-list.ts';

/** Throws ReadError `not-a-list`. */
export function readImport(bytes: Uint8Array): SourceList {
  const text = new TextDecoder().decode(bytes);
  return readPlanet(text) ?? readList(bytes);
}

interface PlanetSection {
  readonly address: string;
  title: string | undefined;
  isList: boolean;
}

/** Sections whose name is an address are feeds, or reading lists; `name` is what they are called. Undefined where there is none. */
function readPlanet(text: string): SourceList | undefined {
  const sections = new Map<string, PlanetSection>();
  let section: PlanetSection | undefined;
  let title: string | undefined;
  let isPlanet = false;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n?|\n/)) {
    const [, name] = /^\[(.+)\]\s*$/.exec(line.trim()) ?? [];
    if (name !== undefined) {
      isPlanet = /^planet$/i.test(name.trim());
      section = /^(?:https?|feed):/i.test(name.trim())
        ? { address: name.trim(), title: undefined, isList: false }
        : undefined;
      if (section !== undefined && !sections.has(section.address)) sections.set(section.address, section);
      continue;
    }
    if (section !== undefined && /^content_type\s*[=:]\s*(?:opml|foaf)\s*$/i.test(line.trim()))
      section.isList = true;
    const value = /^name\s*[=:]\s*(.+)$/i.exec(line.trim())?.[1];
    if (value === undefined) continue;
    if (section !== undefined) section.title ??= value;
    else if (isPlanet) title ??= value;
  }
  if (sections.size === 0) return undefined;
  const all = [...sections.values()];
  return {
    title,
    sources: all
      .filter(({ isList }) => !isList)
      .map(({ address, title: name }) => ({ address, title: name, siteUrl: undefined, categories: [] })),
    includes: all.filter(({ isList }) => isList).map(({ address }) => address),
    dropped: 0,
  };
}

/** YAML, `sources:` and what stands under it. Every text is quoted: nothing in it is read as anything else. */
export function importedSources({ title, sources, includes, dropped }: SourceList): string {
  const ids = new Set<string>();
  const lines = [
    `# ${title === undefined ? '' : `${comment(title)}: `}${sources.length} sources`,
    'sources:',
  ];
  const refused: string[] = [];
  for (const source of sources) {
    if (/^https?:\/\//i.test(source.address) && URL.canParse(source.address))
      lines.push(...entry(source, ids));
    else refused.push(source.address);
  }
  lines.push(...refused.map((address) => `  # left out, no web address: ${comment(address)}`));
  lines.push(
    ...includes.map(
      (url) => `  # includes another list: import it too, or follow it: - opml: ${comment(url)}`,
    ),
  );
  if (dropped > 0)
    lines.push(`  # left out: ${dropped} entries without an address, or beyond the first 10,000`);
  return `${lines.join('\n')}\n`;
}

function entry({ address, title, categories }: ListedSource, ids: Set<string>): readonly string[] {
  const base = idOfName(title ?? '') || idOfAddress(address) || 'source';
  let id = base;
  for (let count = 2; ids.has(id); count += 1) id = `${base}-${count}`;
  ids.add(id);
  return [
    `  - id: ${yamlText(id)}`,
    `    url: ${yamlText(address)}`,
    ...(title === undefined ? [] : [`    name: ${yamlText(title)}`]),
    ...(categories.length === 0 ? [] : [`    categories: [${categories.map(yamlText).join(', ')}]`]),
  ];
}

function comment(text: string): string {
  return text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]+/g, ' ').slice(0, 300);
}
