// Which vocabularies of an item are carried on, and under which prefix. Many readers know a vocabulary by its prefix alone, so
// each has one prefix, and nothing else ever has it.
import * as ns from '../../model/namespaces.ts';

export interface Vocabulary {
  readonly prefix: string;
  readonly namespace: string;
  /** Elements that are not carried: our writers say it themselves, or it would speak for our feed. */
  readonly withheld: ReadonlySet<string>;
}

/**
 * Carried under these prefixes. Withheld is what our writers say from the item itself (credit, dates, titles: twice said it is
 * two authors to a reader), and what is an order to whoever reads our feed (`itunes:new-feed-url`).
 */
const CARRIED: readonly (readonly [prefix: string, namespace: string, withheld?: string])[] = [
  ['access', ns.ACCESS_NS],
  ['acast', 'https://schema.acast.com/1.0/'],
  ['arxiv', 'http://arxiv.org/schemas/atom'],
  ['dc', ns.DC_NS, 'author contributor creator date description language publisher rights subject title'],
  [
    'dcterms',
    ns.DCTERMS_NS,
    'contributor created creator date description issued language license modified publisher rights subject title',
  ],
  ['geo', 'http://www.w3.org/2003/01/geo/wgs84_pos#'],
  ['georss', 'http://www.georss.org/georss'],
  ['gml', 'http://www.opengis.net/gml'],
  ['googleplay', 'http://www.google.com/schemas/play-podcasts/1.0', 'author email owner newfeedurl'],
  ['itunes', ns.ITUNES_NS, 'author category email link name new-feed-url owner'],
  ['media', ns.MEDIA_NS, 'embed'],
  ['pingback', 'http://madskills.com/public/xml/rss/module/pingback/'],
  ['podcast', ns.PODCAST_NS],
  ['prism', 'http://prismstandard.org/namespaces/basic/2.0/'],
  ['psc', 'http://podlove.org/simple-chapters'],
  ['rawvoice', 'http://www.rawvoice.com/rawvoiceRssModule/'],
  ['slash', 'http://purl.org/rss/1.0/modules/slash/'],
  ['source', 'http://source.scripting.com/', 'markdown'],
  ['spotify', 'http://www.spotify.com/ns/rss'],
  ['thr', ns.THR_NS],
  ['trackback', 'http://madskills.com/public/xml/rss/module/trackback/'],
  ['wfw', 'http://wellformedweb.org/CommentAPI/'],
  ['yt', 'http://www.youtube.com/xml/schemas/2015'],
];

/** Other spellings that readers take for the same. */
const ALIASES: Readonly<Record<string, string>> = {
  'http://search.yahoo.com/mrss': 'media',
  'http://example.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://purl.org/rss/1.0/modules/threading/': 'thr',
};

/**
 * Never carried. What a browser runs or loads; the formats themselves, in every spelling that a reader takes for them
 * (feedparser: anything with `backend.userland.com/rss` in it); what we say ourselves (bodies, licences, notes) or what would
 * speak for our document (paging, tombstones, schedules, terms that belong on their publisher's own origin).
 */
const WITHHELD = [
  /(?:^|\W)w3\.org\//,
  /(?:^|\W)mozilla\.org\/(?:keymaster|xbl)/,
  /schemas-microsoft-com|xmlsoap\.org|adobe\.com|macromedia\.com|openxmlformats/,
  /userland\.com\/rss|law\.harvard\.edu|netscape\.com|rssboard\.org|webns\.net/,
  /purl\.org\/(?:rss(?!\/1\.0\/modules\/\w)|atom|echo|pie|net\/rss|syndication\/history)/,
  /purl\.org\/(?:rss\/1\.0\/modules\/(?:rss|content|syndication|image|textinput|link|email))/,
  /example\.com\/(?:necho|newformat)|uri\/of\/echo/,
  /rssnamespace\.org\/feedburner|creativecommonsrssmodule|creativecommons\.org\/|web\.resource\.org\/cc/,
  /rslstandard\.org|atom-extension:indexing|tributary\.dev\/ns/,
];

/** Prefixes by which readers know what is not carried, or names by which they keep what they made of an item. */
const RESERVED = (
  'a a10 admin ag annotate app at atom audio author blogchannel cc channel content contributor contributors created creativecommons ' +
  'description enclosure entry expired feed feedburner feedpress fh generator guid html id image index indexing info item itunesu l ' +
  'link links mathml opensearch published publisher rdf rdfs ref rights rsl rss sub subtitle summary svg sy tags textinput ' +
  'title tributary updated xhtml xi xlink xml xmlns xsi xsl'
).split(' ');

const BY_PREFIX: ReadonlyMap<string, Vocabulary> = new Map(
  CARRIED.map(([prefix, namespace, withheld = '']) => [
    prefix,
    { prefix, namespace, withheld: new Set(withheld.split(' ')) },
  ]),
);
const PREFIX_BY_URI: ReadonlyMap<string, string> = new Map([
  ...CARRIED.map(([prefix, namespace]) => [comparable(namespace), prefix] as const),
  ...Object.entries(ALIASES).map(([namespace, prefix]) => [comparable(namespace), prefix] as const),
]);
const TAKEN_PREFIXES: ReadonlySet<string> = new Set([...RESERVED, ...BY_PREFIX.keys()]);

const NAMESPACE_CHARS_MAX = 256;

/** The vocabulary of a namespace; `unknown` where we do not know it; undefined where nothing of it may be carried. */
export function vocabularyOf(namespace: string): Vocabulary | 'unknown' | undefined {
  const uri = comparable(namespace);
  const prefix = PREFIX_BY_URI.get(uri);
  if (prefix !== undefined) return BY_PREFIX.get(prefix);
  const isWithheld = uri === '' || namespace.length > NAMESPACE_CHARS_MAX || !isPlain(namespace);
  return isWithheld || WITHHELD.some((pattern) => pattern.test(uri)) ? undefined : 'unknown';
}

/** Whether a publisher's own prefix may stay: no reader takes it for one that it knows. */
export function isFreePrefix(prefix: string): boolean {
  return /^[a-z][a-z0-9-]{0,31}$/.test(prefix) && !prefix.startsWith('xml') && !TAKEN_PREFIXES.has(prefix);
}

/** The namespace of a prefix that documents declare at their root. */
export function namespaceOfPrefix(prefix: string): string | undefined {
  return prefix === 'rdf' ? ns.RDF_NS : BY_PREFIX.get(prefix)?.namespace;
}

/** As readers compare: without case, scheme, and the last `/` or `#`. */
function comparable(uri: string): string {
  return uri
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#]+$/, '');
}

/** A URI in ASCII; namespaces are compared character by character, so that nothing in them may need mending. */
function isPlain(namespace: string): boolean {
  return /^[\w.~:/?#@!$&'()*+,;=%-]+$/.test(namespace);
}
