// XML namespaces of feeds, one spelling each: what writers declare and what readers fold older spellings into.

/** Our own: what one Tributary tells another. */
export const TRIBUTARY_NS = 'https://tributary.dev/ns/1';

export const ATOM_NS = 'http://www.w3.org/2005/Atom';
export const DC_NS = 'http://purl.org/dc/elements/1.1/';
export const DCTERMS_NS = 'http://purl.org/dc/terms/';
export const CONTENT_NS = 'http://purl.org/rss/1.0/modules/content/';
export const SY_NS = 'http://purl.org/rss/1.0/modules/syndication/';
export const MEDIA_NS = 'http://search.yahoo.com/mrss/';
export const CREATIVE_COMMONS_NS = 'http://backend.userland.com/creativeCommonsRssModule';
export const CC_NS = 'http://creativecommons.org/ns#';
/** Feed paging and archiving (RFC 5005). */
export const FH_NS = 'http://purl.org/syndication/history/1.0';
/** Threading (RFC 4685). */
export const THR_NS = 'http://purl.org/syndication/thread/1.0';
export const PODCAST_NS = 'https://podcastindex.org/namespace/1.0';
export const ITUNES_NS = 'http://www.itunes.com/dtds/podcast-1.0.dtd';
export const RSL_NS = 'https://rslstandard.org/rsl';
/** Tombstones (RFC 6721). */
export const AT_NS = 'http://purl.org/atompub/tombstones/1.0';
export const ACCESS_NS = 'http://www.bloglines.com/about/specs/fac-1.0';
export const INDEXING_NS = 'urn:atom-extension:indexing';

export const SLASH_NS = 'http://purl.org/rss/1.0/modules/slash/';
export const WFW_NS = 'http://wellformedweb.org/CommentAPI/';
export const FEEDBURNER_NS = 'http://rssnamespace.org/feedburner/ext/1.0';
export const GOOGLEPLAY_NS = 'http://www.google.com/schemas/play-podcasts/1.0';
export const SPOTIFY_NS = 'http://www.spotify.com/ns/rss';
export const RAWVOICE_NS = 'http://www.rawvoice.com/rawvoiceRssModule/';
/** Podlove Simple Chapters. */
export const PSC_NS = 'http://podlove.org/simple-chapters';
export const GEORSS_NS = 'http://www.georss.org/georss';
export const GML_NS = 'http://www.opengis.net/gml';
/** Basic Geo of the W3C. */
export const GEO_NS = 'http://www.w3.org/2003/01/geo/wgs84_pos#';
export const ADMIN_NS = 'http://webns.net/mvcb/';
export const TRACKBACK_NS = 'http://madskills.com/public/xml/rss/module/trackback/';
export const PINGBACK_NS = 'http://madskills.com/public/xml/rss/module/pingback/';
/** Dave Winer's. */
export const SOURCE_NS = 'http://source.scripting.com/';
export const BLOGCHANNEL_NS = 'http://backend.userland.com/blogChannelModule';
export const PRISM_NS = 'http://prismstandard.org/namespaces/basic/2.0/';
export const OPENSEARCH_NS = 'http://a9.com/-/spec/opensearch/1.1/';
export const YOUTUBE_NS = 'http://www.youtube.com/xml/schemas/2015';
/** Atom Publishing Protocol (RFC 5023). */
export const APP_NS = 'http://www.w3.org/2007/app';
export const ACAST_NS = 'https://schema.acast.com/1.0/';
export const FEEDPRESS_NS = 'https://feed.press/xmlns';
export const ARXIV_NS = 'http://arxiv.org/schemas/atom';
export const EVENT_NS = 'http://purl.org/rss/1.0/modules/event/';
export const AGGREGATION_NS = 'http://purl.org/rss/1.0/modules/aggregation/';

export const RDF_NS = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
export const RSS_1_NS = 'http://purl.org/rss/1.0/';
export const XHTML_NS = 'http://www.w3.org/1999/xhtml';
export const XML_NS = 'http://www.w3.org/XML/1998/namespace';
