// Names of HTML elements: how markup is told from text in fields that do not say which they hold.

const HTML_ELEMENTS: ReadonlySet<string> = new Set(
  (
    'a abbr acronym address applet article aside audio b basefont bdi bdo big blockquote blink br button canvas caption ' +
    'center cite code col colgroup dd del frame frameset marquee math noscript optgroup rp rt ruby track ' +
    'details dfn dir div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr i iframe ' +
    'img input ins kbd label legend li map mark menu nav object ol option p param picture pre q s samp script section ' +
    'select small source span strike strong style sub summary sup svg table tbody td textarea tfoot th thead time tr tt ' +
    'u ul var video wbr html body'
  ).split(' '),
);

export function isHtmlElement(name: string): boolean {
  return HTML_ELEMENTS.has(name);
}

const LONGEST_NAME = 10;

/** Whether a tag of HTML, or a comment, starts anywhere: `a < b` and `Map<K>` are text. Linear. */
export function hasHtmlTag(text: string): boolean {
  for (let start = text.indexOf('<'); start >= 0; start = text.indexOf('<', start + 1)) {
    if (text.startsWith('!--', start + 1)) return true;
    const match = /^\/?([a-z][a-z0-9]*)(?=[\s/>])/i.exec(text.slice(start + 1, start + LONGEST_NAME + 3));
    if (match?.[1] !== undefined && isHtmlElement(match[1].toLowerCase())) return true;
  }
  return false;
}

/** Whether a character reference stands anywhere, such as `&eacute;` or `&#8217;`. */
export function hasReference(text: string): boolean {
  return text.includes('&') && /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});/i.test(text);
}
