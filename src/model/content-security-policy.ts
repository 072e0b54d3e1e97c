// What a browser may load and run on a page of ours. Pictures and media come from publishers, over https; style, script and icon
// from ourselves; nothing else is loaded, run, framed or sent. No script and no style stands in a page.

/** As a page says it itself, for web hosts that send no header: `frame-ancestors` has a meaning in the header alone. */
export const PAGE_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' https:",
  'media-src https:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** As our own server says it of every document: Atom and OPML are XML, and a browser that shows XML runs what is XHTML in it. */
export const SECURITY_POLICY = `${PAGE_SECURITY_POLICY}; frame-ancestors 'none'`;
