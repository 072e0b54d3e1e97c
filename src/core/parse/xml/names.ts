// Canonical names: an element is known by what its namespace is, whatever prefix a publisher gave it, in lower case.
// RSS elements of every version have no prefix; Atom 0.3 and 1.0 share `atom:`.
import * as ns from '../../../model/namespaces.ts';

/** Old, misspelt and versioned URIs beside the ones that are right. Compared without case, scheme, `www.` and last `/` or `#`. */
const URIS_BY_PREFIX: readonly (readonly [prefix: string, ...uris: readonly string[]])[] = [
  [
    '',
    ns.RSS_1_NS,
    'http://backend.userland.com/rss',
    'http://backend.userland.com/rss2',
    'http://backend.userland.com/rss091',
    'http://backend.userland.com/rss092',
    'http://blogs.law.harvard.edu/tech/rss',
    'http://cyber.law.harvard.edu/rss/rss.html',
    'http://cyber.law.harvard.edu/rss',
    'http://my.netscape.com/rdf/simple/0.9/',
    'http://my.netscape.com/publish/formats/rss-0.91.dtd',
    'http://channel.netscape.com/rdf/simple/0.9/',
    'http://purl.org/net/rss1.1#',
    'http://purl.org/rss/0.9',
    'http://purl.org/rss/2.0/',
    'http://www.rssboard.org/rss-specification',
    'http://purl.org/rss/1.0/modules/rss091#',
  ],
  [
    'atom',
    ns.ATOM_NS,
    'http://www.w3.org/2005/Atom/',
    'http://w3.org/2005/Atom',
    'http://www.w3.org/2005/Atom10',
    'http://www.w3.org/2005/Atom.xsd',
    'http://purl.org/atom/ns#',
    'http://purl.org/atom/ns#draft-ietf-atompub-format',
    'http://purl.org/atom/0.3',
    'http://purl.org/atom/ns',
    'http://purl.org/atom',
    'http://purl.org/echo/',
    'http://purl.org/pie/',
    'http://example.com/necho',
    'http://example.com/newformat#',
    'uri/of/echo/namespace#',
  ],
  [
    'dc',
    ns.DC_NS,
    'http://purl.org/dc/elements/1.0/',
    'http://purl.org/dc/elements/',
    'http://purl.org/dc/1.1/',
    'http://dublincore.org/documents/dcmi-namespace',
    'http://www.purl.org/dc/elements/1.1/',
  ],
  ['dcterms', ns.DCTERMS_NS, 'http://dublincore.org/documents/dcmi-terms', 'http://www.purl.org/dc/terms/'],
  [
    'content',
    ns.CONTENT_NS,
    'http://purl.org/rss/modules/content/',
    'http://www.purl.org/rss/1.0/modules/content/',
  ],
  ['sy', ns.SY_NS],
  ['slash', ns.SLASH_NS, 'http://purl.org/rss/modules/slash/'],
  [
    'media',
    ns.MEDIA_NS,
    'http://search.yahoo.com/mrss',
    'http://search.yahoo.com/rss/',
    'http://www.rssboard.org/media-rss',
    'http://video.search.yahoo.com/mrss',
    'http://video.search.yahoo.com/mrss/',
    'http://api.twitter.com/mrss/',
    'http://tools.search.yahoo.com/mrss/',
  ],
  [
    'itunes',
    ns.ITUNES_NS,
    'http://itunes.com/dtds/podcast-1.0.dtd',
    'http://www.itunes.com/dtds/podcast-1.0',
    'http://www.itunes.com/dtds/podcast-1.0.dtd.',
    'http://example.com/dtds/podcast-1.0.dtd',
    'http://www.apple.com/itunes/dtds/podcast-1.0.dtd',
  ],
  [
    'podcast',
    ns.PODCAST_NS,
    'https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md',
    'https://podcastindex.org/namespace/1.0.md',
  ],
  [
    'googleplay',
    ns.GOOGLEPLAY_NS,
    'http://www.google.com/schemas/play-podcasts/1.0/play-podcasts.xsd',
    'http://www.googleplay.com/schemas/play-podcasts/1.0',
  ],
  ['spotify', ns.SPOTIFY_NS, 'http://www.spotify.com/ns/rss/1.0'],
  [
    'rawvoice',
    ns.RAWVOICE_NS,
    'http://www.rawvoice.com/rawvoiceRssModule.html',
    'http://blubrry.com/developer/rawvoice-rss/',
    'http://www.blubrry.com/developer/rawvoice-rss',
  ],
  ['psc', ns.PSC_NS, 'http://podlove.org/simple-chapters/1.0'],
  [
    'creativecommons',
    ns.CREATIVE_COMMONS_NS,
    'http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html',
    'http://cyber.law.harvard.edu/rss/creativeCommonsRssModule',
    'http://backend.userland.com/creativeCommons',
  ],
  [
    'cc',
    ns.CC_NS,
    'http://web.resource.org/cc/',
    'http://creativecommons.org/ns#license',
    'http://creativecommons.org/license',
  ],
  ['feedburner', ns.FEEDBURNER_NS],
  ['wfw', ns.WFW_NS],
  ['thr', ns.THR_NS, 'http://purl.org/rss/1.0/modules/threading/'],
  ['georss', ns.GEORSS_NS, 'http://www.georss.org/georss/10', 'http://www.georss.org/georss/11'],
  ['gml', ns.GML_NS, 'http://www.opengis.net/gml/3.2'],
  ['geo', ns.GEO_NS],
  ['fh', ns.FH_NS],
  ['enc', 'http://purl.oclc.org/net/rss_2.0/enc#'],
  ['at', ns.AT_NS],
  ['rsl', ns.RSL_NS, 'https://rslstandard.org/rsl/1.0'],
  ['access', ns.ACCESS_NS],
  ['indexing', ns.INDEXING_NS],
  ['admin', ns.ADMIN_NS],
  ['trackback', ns.TRACKBACK_NS],
  ['pingback', ns.PINGBACK_NS],
  ['source', ns.SOURCE_NS],
  ['blogchannel', ns.BLOGCHANNEL_NS],
  [
    'prism',
    ns.PRISM_NS,
    'http://prismstandard.org/namespaces/1.2/basic/',
    'http://prismstandard.org/namespaces/basic/1.2/',
    'http://prismstandard.org/namespaces/basic/2.1/',
    'http://prismstandard.org/namespaces/basic/3.0/',
  ],
  ['opensearch', ns.OPENSEARCH_NS, 'http://a9.com/-/spec/opensearchrss/1.0/'],
  ['yt', ns.YOUTUBE_NS, 'http://gdata.youtube.com/schemas/2007'],
  ['app', ns.APP_NS, 'http://purl.org/atom/app#'],
  ['acast', ns.ACAST_NS],
  ['feedpress', ns.FEEDPRESS_NS],
  ['arxiv', ns.ARXIV_NS],
  ['ev', ns.EVENT_NS],
  ['ag', ns.AGGREGATION_NS],
  ['foaf', 'http://xmlns.com/foaf/0.1/'],
  ['rdf', ns.RDF_NS, 'http://www.w3.org/TR/WD-rdf-syntax#', 'http://www.w3.org/1999/02/22-rdf-syntax-ns'],
  ['xhtml', ns.XHTML_NS, 'http://www.w3.org/TR/xhtml1/strict', 'http://www.w3.org/2002/06/xhtml2'],
  ['svg', 'http://www.w3.org/2000/svg'],
  ['mathml', 'http://www.w3.org/1998/Math/MathML'],
  ['xlink', 'http://www.w3.org/1999/xlink'],
  ['xml', ns.XML_NS],
  ['tributary', ns.TRIBUTARY_NS],
];

const PREFIX_BY_URI: ReadonlyMap<string, string> = new Map(
  URIS_BY_PREFIX.flatMap(([prefix, ...uris]) => uris.map((uri) => [comparableUri(uri), prefix])),
);
/** As they stand in nearly all documents, so that these need not be made comparable. */
const PREFIX_BY_EXACT_URI: ReadonlyMap<string, string> = new Map(
  URIS_BY_PREFIX.flatMap(([prefix, ...uris]) => uris.map((uri) => [uri, prefix])),
);

/** What a prefix means where it is not declared, or declared with a URI that nobody knows. */
const CONVENTIONAL: ReadonlyMap<string, string> = new Map(
  [...new Set(URIS_BY_PREFIX.map(([prefix]) => prefix))]
    .filter((prefix) => prefix !== '')
    .map((prefix): [string, string] => [prefix, prefix])
    .concat([
      ['rss', ''],
      ['atom10', 'atom'],
      ['atom03', 'atom'],
      ['a10', 'atom'],
      ['dublincore', 'dc'],
      ['mrss', 'media'],
      ['html', 'xhtml'],
    ]),
);

function comparableUri(uri: string): string {
  return uri
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, 'http://')
    .replace(/[/#]$/, '');
}

/** The canonical prefix of a namespace; undefined for one that is not known. */
export function prefixOfUri(uri: string): string | undefined {
  if (uri.length > 200) return undefined;
  return PREFIX_BY_EXACT_URI.get(uri) ?? PREFIX_BY_URI.get(comparableUri(uri));
}

/** The canonical meaning of an undeclared prefix; itself where it has none. */
export function conventionalPrefix(prefix: string): string {
  return CONVENTIONAL.get(prefix) ?? prefix;
}

/** Prefixes that are words of their own: bound to a namespace that nobody knows, they mean that and no misspelling. */
const WORDS: ReadonlySet<string> = new Set([
  'source',
  'app',
  'ev',
  'ag',
  'admin',
  'access',
  'at',
  'location',
]);

/** The meaning of a prefix that is bound to a namespace that nobody knows. */
export function prefixOfUnknown(prefix: string, uri: string): string {
  return prefix === '' || WORDS.has(prefix) ? `{${uri.slice(0, URI_CHARS_MAX)}}` : conventionalPrefix(prefix);
}

const URI_CHARS_MAX = 200;
