// `${NAME}` in a value of the configuration: the variable of that name from the environment. `$${` stands for `${`.

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Substitution {
  readonly text: string;
  /** True where at least one value came from the environment. */
  readonly used: boolean;
  /** What came from it, value by value. */
  readonly values: readonly string[];
  /** What could not be put in, for people; names variables, never values. */
  readonly complaints: readonly string[];
}

const REFERENCE = /\$\$\{|\$\{([^}]*)(\}?)/g;
const RIGHT = `write \${NAME}, or $\${ for the characters themselves`;
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;

export function substitute(text: string, env: Environment): Substitution {
  if (!text.includes('${')) return { text, used: false, values: [], complaints: [] };
  const complaints: string[] = [];
  const values: string[] = [];
  let used = false;
  const substituted = text.replace(REFERENCE, (reference, name: string | undefined, closing: string) => {
    if (name === undefined) return '${';
    used = true;
    const complaint = complaintAbout(name, closing, env);
    if (complaint !== undefined) {
      complaints.push(complaint);
      return reference;
    }
    const value = env[name] ?? '';
    values.push(value);
    return value;
  });
  return { text: substituted, used, values, complaints };
}

/** The text without what would come from the environment: what may be shown, and what names can be made of. */
export function withoutReferences(text: string): string {
  return text.replace(REFERENCE, (_, name: string | undefined) => (name === undefined ? '${' : ''));
}

function complaintAbout(name: string, closing: string, env: Environment): string | undefined {
  if (closing === '') return `a "\${" has no "}"; ${RIGHT}`;
  if (!VARIABLE_NAME.test(name)) {
    const shown = JSON.stringify(name.slice(0, 40));
    return `${shown} cannot be the name of an environment variable; ${RIGHT}`;
  }
  // Own properties only: `constructor` is no variable, whatever kind of object `env` is.
  if (Object.hasOwn(env, name) && env[name] !== undefined) return undefined;
  return `the environment variable ${name} is not set`;
}
