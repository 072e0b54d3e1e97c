// Which ids may be published as they came: absolute URIs and IRIs (RFC 3986, section 4.3; RFC 3987).

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;
/** What neither a URI nor an IRI may hold unescaped: controls, spaces, `<>"{}|\^` and backquote, lone surrogates, non-characters. */
const FORBIDDEN = /[\u0000-\u0020\u007f-\u00a0"<>\\^`{|}\u2028\u2029\ufffe\uffff\p{Cs}]/u;
const ACTIVE = /^(?:javascript|vbscript|data|blob|file|about):/i;
const LENGTH_MAX = 2048;
/** RFC 3986, section 3.2: `at://did:plc:1/x`, an address of Bluesky's, has no host and port that could be one. */
const AUTHORITY = /^(?:[^@]*@)?(?:\[[0-9a-f:.]+\]|[^:@[\]]*)(?::\d*)?$/i;

/** True where `guid` can be published character by character as an Atom id (RFC 4287, section 4.2.6). */
export function isAbsoluteUri(guid: string): boolean {
  if (guid.length > LENGTH_MAX || FORBIDDEN.test(guid) || ACTIVE.test(guid)) return false;
  const scheme = SCHEME.exec(guid)?.[0];
  if (scheme === undefined || guid.length === scheme.length) return false;
  if (/^https?:$/i.test(scheme))
    return (URL.parse(guid)?.hostname ?? '') !== '' && /^https?:\/\//i.test(guid);
  const authority = /^\/\/([^/?#]*)/.exec(guid.slice(scheme.length))?.[1];
  if (authority !== undefined && !AUTHORITY.test(authority)) return false;
  if (/^urn:$/i.test(scheme)) return /^urn:[a-z0-9][a-z0-9-]{0,31}:.+/i.test(guid);
  if (/^tag:$/i.test(scheme)) return /^tag:[^,]+,[^:]+:/i.test(guid);
  return true;
}
