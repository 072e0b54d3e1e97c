// HTML as tagged templates: what is filled in is escaped, but for what was made with `html` itself or is declared safe.

/** HTML that may be shown as it stands. */
export class SafeHtml {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

export type HtmlValue = string | number | SafeHtml | undefined | false | readonly HtmlValue[];

/** Text goes in escaped, for elements and quoted attributes alike; undefined and false as nothing; lists one after another. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  let markup = strings[0] ?? '';
  for (const [place, value] of values.entries()) markup += markupOf(value) + (strings[place + 1] ?? '');
  return new SafeHtml(markup);
}

/** For HTML that core/sanitize made safe, and notes. */
export function alreadySafe(markup: string): SafeHtml {
  return new SafeHtml(mend(markup));
}

function markupOf(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (value instanceof SafeHtml) return value.markup;
  if (Array.isArray(value)) return value.map(markupOf).join('');
  return escapeHtml(String(value));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  const mended = mend(text);
  return /[&<>"']/.test(mended) ? mended.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? '') : mended;
}

function mend(text: string): string {
  return text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '');
}
