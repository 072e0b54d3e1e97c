// Writes JSON as JSON.stringify does with an indent of two, in less time: texts, of which a feed is made, go in as they are
// where nothing in them needs escaping (bench/render.ts).

/** What JSON escapes (RFC 8259, section 7), lone surrogates among them, and what our documents must not hold. */
const SPECIAL = /["\\\0-\x1f\ud800-\udfff\ufffe\uffff]/;
/** Escapes that JSON.stringify writes for what XML 1.0 forbids: JSON could say it, but all formats say the same. */
const FORBIDDEN_ESCAPE = /\\[ubf]/;
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** Of plain data: members that are undefined are left out. */
export function writeJson(value: unknown): string {
  return `${jsonOf(value, '\n')}\n`;
}

/** `lineBreak` has the indentation of the line that the value begins in. */
function jsonOf(value: unknown, lineBreak: string): string {
  if (typeof value === 'string') return stringJson(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const inner = `${lineBreak}  `;
  let json = '';
  if (Array.isArray(value)) {
    for (const element of value) json += `${json === '' ? '' : ','}${inner}${jsonOf(element, inner)}`;
    return json === '' ? '[]' : `[${json}${lineBreak}]`;
  }
  for (const name in value) {
    const member: unknown = (value as Readonly<Record<string, unknown>>)[name];
    if (member === undefined) continue;
    json += `${json === '' ? '' : ','}${inner}${stringJson(name)}: ${jsonOf(member, inner)}`;
  }
  return json === '' ? '{}' : `{${json}${lineBreak}}`;
}

function stringJson(text: string): string {
  if (!SPECIAL.test(text)) return `"${text}"`;
  const json = JSON.stringify(text);
  const isClean = !FORBIDDEN_ESCAPE.test(json) && !json.includes('\ufffe') && !json.includes('\uffff');
  return isClean ? json : JSON.stringify(text.toWellFormed().replace(FORBIDDEN, ''));
}
