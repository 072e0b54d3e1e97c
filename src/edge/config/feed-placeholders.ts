// {id}, {name} and their like in the texts of a template of feeds.

export const DEFAULT_TEMPLATE_ID = 'by-{id}';

const PLACEHOLDER = /\{(\w+)\}/g;

/** Those that a template for each source, or for each category, knows. */
export function placeholdersOf(forEach: string): readonly string[] {
  return ['id', 'name', forEach];
}

/** What is no placeholder of `values` stays as it is. What is put in is not looked at again. */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => values[name] ?? whole);
}

export function hasPlaceholder(text: string): boolean {
  return /[{}]/.test(text);
}
