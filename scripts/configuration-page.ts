// docs/CONFIGURATION.md, made from the JSON Schema of the configuration: every key with what the schema says of it.

interface Schema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Section {
  readonly title: string;
  readonly says: string;
  /** How its keys are written in the YAML. */
  readonly example: string;
  readonly schema: Schema;
}

export function configurationPage(whole: Readonly<Record<string, unknown>>, example: string): string {
  const schema = whole as Schema & { readonly definitions: Readonly<Record<string, Schema>> };
  const rows = (of: Schema) => rowsOf(of, schema.definitions);
  return [
    '# Configuration',
    '',
    INTRODUCTION,
    '',
    ...sectionsOf(schema).flatMap((section) => [
      `## ${section.title}`,
      '',
      section.says,
      '',
      ...(section.example === '' ? [] : ['```yaml', section.example, '```', '']),
      '| key | values | what it does |',
      '|---|---|---|',
      ...rows(section.schema).map((cells) => `| ${cells.join(' | ')} |`),
      '',
    ]),
    '## All of it',
    '',
    'Every key once, with a value that is not its default ([every-option.yaml](every-option.yaml)):',
    '',
    '```yaml',
    example.trimEnd(),
    '```',
    '',
  ].join('\n');
}

const INTRODUCTION = `One YAML file says what is read and what is published: \`config/tributary.yaml\`, or the one that \`--config FILE\` or \`$TRIBUTARY_CONFIG\` names.
Editors that know YAML show all of this as you type, where the file begins with \`# yaml-language-server: $schema=./tributary.schema.json\`.
\`tributary check\` tells every mistake at once, with file, line and column; an unknown key is a mistake. A running service takes a changed file up
by itself (and on SIGHUP); one with a mistake changes nothing, and \`/status\` says so.

- **Durations** are written \`90s\`, \`20m\`, \`1h\`, \`7d\`; **sizes** \`500KB\`, \`10MB\`; days are days in UTC.
- **\`\${NAME}\`** in a value stands for the environment variable of that name; such a value is a secret and is never published or logged.
- **Paths** in \`sources\` are relative to the configuration file, those in \`store\` and \`dataDir\` to the folder that the program is started in.
- \`$PORT\`, \`$TRIBUTARY_STORE\` and \`$TRIBUTARY_DATA\` go before \`server.port\`, \`store\` and \`dataDir\`.

This page is written from the schema by \`node scripts/node24.mjs scripts/write-configuration.ts\`; a test says when that is due.`;

function sectionsOf(
  schema: Schema & { readonly definitions: Readonly<Record<string, Schema>> },
): readonly Section[] {
  const { definitions } = schema;
  const groups = ['server', 'network', 'defaults', 'attribution', 'sources', 'feeds'];
  const own = Object.entries(schema.properties ?? {});
  const others = own.filter(([key]) => !groups.includes(key));
  const group = (key: string): Schema => schema.properties?.[key] ?? {};
  return [
    {
      title: 'The whole',
      says: '`sources` and `feeds` must be there; everything else has a default.',
      example: '',
      schema: {
        properties: Object.fromEntries([
          ...others,
          ...groups.map((key) => [key, { ...group(key), properties: {} }] as const),
        ]),
      },
    },
    {
      title: 'server',
      says: `${group('server').description}.`,
      example: 'server:\n  publicUrl: https://feeds.example.org/',
      schema: group('server'),
    },
    {
      title: 'network',
      says: `${group('network').description}.`,
      example: 'network:\n  contact: https://feeds.example.org/about\n  perHost: { gap: 5s }',
      schema: group('network'),
    },
    {
      title: 'sources',
      says: `Each is a feed that is read (\`url\`), or a list of them that is followed (\`opml\`; its other keys hold for each feed of the list). \`defaults\` takes the same keys, but for \`id\`, \`url\`, \`name\` and \`opml\`, for every source that does not say otherwise.`,
      example:
        'sources:\n  - url: https://harbour.example/feed.xml\n    name: Harbour News\n    every: 30m\n  - opml: ./blogroll.opml',
      schema: definitions['Source'] as Schema,
    },
    {
      title: 'feeds',
      says: 'Each is a feed that is published, or with `forEach` one for each source or category.',
      example:
        'feeds:\n  - id: city\n    title: The city in one feed\n    sources: { categories: [News] }\n    maxAge: 90d',
      schema: definitions['Feed'] as Schema,
    },
    {
      title: 'include and exclude',
      says: `Lists of rules, in a source or a feed. ${definitions['Rule']?.description}. A rule may look at one field:`,
      example:
        "include: [ferry, { title: tram }, '/\\bquay\\b/i']\nexclude: [{ category: Sponsored }, { age: '>30d' }]",
      schema: { properties: withProperties(definitions['Rule'])?.properties ?? {} },
    },
    {
      title: 'attribution',
      says: 'How items are credited, for the site, and over it for a source or a feed. [ATTRIBUTION.md](ATTRIBUTION.md) has the placeholders of a template.',
      example:
        "attribution:\n  position: after\n  template: '<p>[{source}][ · {author}][ · {published}]</p>[<p>{copyright}</p>]'",
      schema: definitions['Attribution'] as Schema,
    },
  ];
}

type Row = readonly [key: string, values: string, says: string];

function rowsOf(schema: Schema, definitions: Readonly<Record<string, Schema>>, before = ''): readonly Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, said]): readonly Row[] => {
    const { description = '' } = said;
    const row: Row = [`\`${before}${key}\``, valuesOf(said, definitions), cell(description)];
    const inner = said.properties === undefined ? withProperties(said) : said;
    return [row, ...(inner === undefined ? [] : rowsOf(inner, definitions, `${before}${key}.`))];
  });
}

/** The one of several forms that has keys. */
function withProperties(schema: Schema | undefined): Schema | undefined {
  const forms = [...(schema?.anyOf ?? []), ...(schema?.items === undefined ? [] : [schema.items])];
  return forms.find((form) => form.properties !== undefined);
}

function valuesOf(schema: Schema, definitions: Readonly<Record<string, Schema>>): string {
  const { $ref, allOf, anyOf, items, additionalProperties, minimum, maximum } = schema;
  const name = ($ref ?? allOf?.[0]?.$ref)?.split('/').at(-1);
  if (name !== undefined) return NAMED[name] ?? valuesOf(definitions[name] ?? {}, definitions);
  if (schema['not'] !== undefined) return 'not yet';
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (anyOf !== undefined) return anyOf.map((form) => valuesOf(form, definitions)).join('; ');
  if (schema.type === 'array')
    return items === undefined ? 'a list' : `a list: ${valuesOf(items, definitions)}`;
  if (schema.type === 'object')
    return typeof additionalProperties === 'object' ? 'names and their values' : 'keys';
  if (schema.type === 'boolean') return '`true`, `false`';
  if (schema.type === 'integer' || schema.type === 'number')
    return minimum === undefined ? 'a number' : `${minimum} to ${maximum}`;
  return 'text';
}

const NAMED: Readonly<Record<string, string>> = {
  Rule: '[rules](#include-and-exclude)',
  Attribution: '[keys](#attribution)',
  SourceDefaults: '[keys of a source](#sources)',
  Source: '[sources](#sources)',
  Feed: '[feeds](#feeds)',
};

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
