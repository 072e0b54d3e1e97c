// Checks of what was read against the shape it should have. A check gives the reason that it is not so, with the path;
// undefined where all is well. They see own properties only.

export type Check = (value: unknown) => string | undefined;

export const isText: Check = (value) => (typeof value === 'string' ? undefined : ' is not text');
export const isBoolean: Check = (value) => (typeof value === 'boolean' ? undefined : ' is not true or false');
export const isCount: Check = (value) =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? undefined : ' is not a whole number from 0';

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
export const isTimestamp: Check = (value) =>
  typeof value === 'string' && TIMESTAMP.test(value) ? undefined : ' is not a timestamp';

export function isExactly(expected: string | number): Check {
  return (value) => (value === expected ? undefined : ` is not ${JSON.stringify(expected)}`);
}

export function isOneOf(expected: readonly string[]): Check {
  return (value) => (expected.includes(value as string) ? undefined : ` is none of ${expected.join(', ')}`);
}

export function isOptional(check: Check): Check {
  return (value) => (value === undefined ? undefined : check(value));
}

export function isListOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return ' is not a list';
    for (const [index, element] of value.entries()) {
      const reason = check(element);
      if (reason !== undefined) return `[${index}]${reason}`;
    }
    return undefined;
  };
}

export function isPair(check: Check): Check {
  const isList = isListOf(check);
  return (value) => isList(value) ?? ((value as unknown[]).length === 2 ? undefined : ' is not a pair');
}

/** Further properties are let through. */
export function isObject(properties: Readonly<Record<string, Check>>): Check {
  const checks = Object.entries(properties);
  return (value) => {
    if (!isPlainObject(value)) return ' is not an object';
    for (const [name, check] of checks) {
      const reason = check(Object.hasOwn(value, name) ? value[name] : undefined);
      if (reason !== undefined) return `.${name}${reason}`;
    }
    return undefined;
  };
}

export function isRecordOf(check: Check): Check {
  return (value) => {
    if (!isPlainObject(value)) return ' is not an object';
    for (const [name, element] of Object.entries(value)) {
      const reason = check(element);
      if (reason !== undefined) return `[${JSON.stringify(name)}]${reason}`;
    }
    return undefined;
  };
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
