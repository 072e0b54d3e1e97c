// Values as the specifications of feeds demand them.

/** RFC 3986, section 4.3; RFC 3987: a scheme, and nothing that must be escaped. */
export function isIri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s"<>\\^`{|}\p{Cc}]+$/iu.test(text) && URL.canParse(text);
}

export function isWebUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && isIri(text);
}

/** RFC 3339, section 5.6, and a day that there is. */
export function isRfc3339(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text) &&
    !Number.isNaN(Date.parse(text))
  );
}

/** RFC 822, section 5.1, with a year of four digits, as RSS 2.0 prefers it; and the right day of the week. */
export function isRfc822(text: string): boolean {
  const form =
    /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d (?:GMT|[+-]\d{4})$/;
  return form.test(text) && new Date(text).toUTCString().slice(0, 3) === text.slice(0, 3);
}

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** RFC 5646, section 2.2.9: of a valid form, and a language that there is. */
export function isLanguage(text: string): boolean {
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i.test(text)) return false;
  const [language = ''] = text.toLowerCase().split('-');
  // Of those with three letters nearly all that can be written are registered; Intl knows few of them.
  return language.length === 3 || LANGUAGES.of(language) !== undefined;
}

/** RFC 5322 in outline, with a name in brackets behind it as RSS has it. */
export function isEmail(text: string): boolean {
  return /^[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+(?: \([^()]*\))?$/.test(text);
}

/** RFC 6838, section 4.2. */
export function isMediaType(text: string): boolean {
  return /^[a-z0-9][\w!#$&^.+-]*\/[a-z0-9][\w!#$&^.+-]*$/i.test(text);
}

export function repeated(values: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}
