// A source as it stands in the configuration: YAML to paste. What may be a secret in its address is a variable of the environment.
import { parseConfig } from '../edge/config/load-config.ts';
import { idOfAddress, idOfName } from '../edge/config/source-ids.ts';
import { asCharacters, yamlText } from '../edge/config/yaml-text.ts';
import { redactUrl } from '../edge/ops/redact.ts';
import type { Config } from '../model/config.ts';

export interface WrittenSource {
  readonly id: string;
  /** `sources:` and one entry. */
  readonly yaml: string;
  /** Variables that the entry asks for, and their values. */
  readonly env: Readonly<Record<string, string>>;
}

export interface SourceToWrite {
  /** http, https or file. */
  readonly url: string;
  readonly title: string | undefined;
  /** Ids of other sources. */
  readonly taken: ReadonlySet<string>;
}

const NAME_CHARS_MAX = 80;
/** What no name has: controls, and what turns the line around. */
const UNREADABLE = /[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+/g;

export function writeSource({ url, title, taken }: SourceToWrite): WrittenSource {
  const name = title?.replace(UNREADABLE, ' ').trim().slice(0, NAME_CHARS_MAX);
  const id = freeId(idOfName(name ?? '') || idOfAddress(url) || 'source', taken);
  const { text, env } = writtenAddress(url, id);
  const lines = ['sources:', `  - id: ${id}`, `    url: ${scalar(text)}`];
  if (name !== undefined && name !== '') lines.push(`    name: ${yamlText(name)}`);
  return { id, yaml: `${lines.join('\n')}\n`, env };
}

/** The entry with a feed around it, read as any configuration is. Throws ConfigError where it is none: a mistake of ours. */
export function configOf({ yaml, env }: WrittenSource): Config {
  return parseConfig(`${yaml}feeds:\n  - { id: preview, title: Preview }\nstore: "memory:"\n`, {
    file: 'probe.yaml',
    env,
    cwd: '/',
  });
}

function freeId(base: string, taken: ReadonlySet<string>): string {
  let id = base;
  for (let count = 2; taken.has(id.toLowerCase()); count += 1) id = `${base}-${count}`;
  return id;
}

/** Userinfo, and values of parameters that are named like secrets. */
function writtenAddress(address: string, id: string): { text: string; env: Record<string, string> } {
  const env: Record<string, string> = {};
  const prefix = `${/^\d/.test(id) ? 'SOURCE_' : ''}${id.toUpperCase().replaceAll('-', '_')}`;
  const variable = (what: string, value: string) => {
    let name = `${prefix}_${what}`;
    for (let count = 2; name in env && env[name] !== value; count += 1) name = `${prefix}_${what}_${count}`;
    env[name] = value;
    return `\${${name}}`;
  };
  const text = asCharacters(address)
    .replace(
      /^(https?:\/\/)([^/?#]*)@/i,
      (_, scheme: string, login: string) => `${scheme}${variable('LOGIN', login)}@`,
    )
    .replace(/([?&])([^=?&#]*)=([^&#]+)/g, (whole, mark: string, name: string, value: string) =>
      isSecret(name)
        ? `${mark}${name}=${variable(name.toUpperCase().replace(/[^A-Z0-9]/g, '_'), value)}`
        : whole,
    );
  return { text, env };
}

function isSecret(parameter: string): boolean {
  return redactUrl(`?${parameter}=secret`) !== `?${parameter}=secret`;
}

/** Addresses stand plain, as people write them, where YAML reads them so. */
function scalar(text: string): string {
  return /^[a-z]+:\/\/[^\s"'#]*[^\s"'#:]$/i.test(text) ? text : JSON.stringify(text);
}
