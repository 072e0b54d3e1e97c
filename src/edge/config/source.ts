// A checked source of the configuration, with the defaults under it, as the Source that the program works with.
import type { ConfiguredRights, Schedule, Source } from '../../model/config.ts';
import { listId, sourceId } from '../../model/ids.ts';
import { DEFAULT_EXCERPT_CHARS } from '../../model/shown.ts';
import { buildCategoryMap } from './category-map.ts';
import { type ConfigNode, environmentValuesIn } from './config-node.ts';
import { onOneLine } from './fields.ts';
import { normalizeHeaders } from './headers.ts';
import { durationMs, rangeOf } from './quantities.ts';
import { buildFilter, type RuleList } from './rule-schema.ts';
import { buildContent } from './show-schema.ts';
import { sourceAddress } from './source-address.ts';
import type { SourceDefaults, SourceInput } from './source-schema.ts';
import { buildWording } from './wording-schema.ts';

export interface SourceContext {
  readonly configFile: string;
  readonly defaults: SourceDefaults;
  readonly defaultsNode: ConfigNode | undefined;
  readonly lineAt: (offset: number) => number;
}

export function isSource({ opml }: SourceInput): boolean {
  return opml === undefined;
}

/** A list as what is polled. Its id is no source's: it has a colon in it. */
export function buildList(own: SourceInput, node: ConfigNode | undefined, context: SourceContext): Source {
  const address = node?.children.get('opml');
  const children = new Map([...(node?.children ?? []), ...(address ? [['url', address] as const] : [])]);
  const { opml = '', ...rest } = own;
  const list = buildSource({ ...rest, url: opml }, node && { ...node, children }, 'list', {
    ...context,
    defaults: { ...context.defaults, headers: undefined },
  });
  return { ...list, id: listId(list.address) };
}

/** `id` is the configured one or the one made up for it. */
export function buildSource(
  own: SourceInput,
  node: ConfigNode | undefined,
  id: string,
  context: SourceContext,
): Source {
  const { defaults, defaultsNode, lineAt } = context;
  const input = { ...defaults, ...own };
  const rules = (key: 'include' | 'exclude'): RuleList => ({
    rules: input[key] ?? [],
    node: node?.children.get(key) ?? defaultsNode?.children.get(key),
  });
  return {
    id: sourceId(id),
    ...sourceAddress((own.url ?? '').trim(), node?.children.get('url'), context.configFile),
    secrets: [
      ...new Set(
        [node?.children.get('url'), node?.children.get('headers') ?? defaultsNode?.children.get('headers')]
          .flatMap(environmentValuesIn)
          .map((value) => value.trim()),
      ),
    ],
    publicUrl: input.publicUrl === undefined ? undefined : new URL(input.publicUrl.trim()).href,
    name: own.name === undefined ? undefined : onOneLine(own.name),
    schedule: scheduleOf(own, defaults),
    categories: [...new Set((input.categories ?? []).map(onOneLine))],
    categoryMap: buildCategoryMap(own.categoryMap, defaults.categoryMap),
    content: buildContent(
      input.content,
      node?.children.get('content') ?? defaultsNode?.children.get('content'),
      lineAt,
    ),
    excerptChars: input.excerptLength ?? DEFAULT_EXCERPT_CHARS,
    rights: forcible(input.rights, onOneLine),
    license: forcible(input.license, (text) => new URL(text.trim()).href),
    itemsMax: input.items ?? 500,
    join: input.join,
    filter: buildFilter(rules('include'), rules('exclude'), lineAt),
    headers: normalizeHeaders(input.headers ?? {}),
    weight: input.weight ?? 1,
    enabled: input.enabled ?? true,
    attribution: { ...buildWording(defaults.attribution), ...buildWording(own.attribution) },
  };
}

/** What a source says of either kind stands in place of a default of the other kind. */
function scheduleOf(own: SourceInput, defaults: SourceDefaults): Schedule {
  const { every, schedule } = own.every === undefined && own.schedule === undefined ? defaults : own;
  if (schedule === undefined) return intervalOf(every ?? '1h');
  const timezone = own.timezone ?? defaults.timezone;
  return { kind: 'cron', expression: onOneLine(schedule), timezone: timezone?.trim() };
}

function intervalOf(every: string): Schedule {
  const [least, most] = rangeOf(every) ?? [];
  return least === undefined || most === undefined
    ? { kind: 'every', everyMs: durationMs(every) }
    : { kind: 'adaptive', minMs: durationMs(least), maxMs: durationMs(most) };
}

function forcible(
  input: string | { readonly force: string } | undefined,
  tidy: (text: string) => string,
): ConfiguredRights | undefined {
  if (input === undefined) return undefined;
  return typeof input === 'string'
    ? { text: tidy(input), force: false }
    : { text: tidy(input.force), force: true };
}
