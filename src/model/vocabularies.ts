// The vocabularies beside RSS and Atom that publishers use, with their usual prefix, their one right namespace and the names
// of their elements as their specifications spell them: `podcast:alternateEnclosure` however a publisher wrote it.
import * as ns from './namespaces.ts';

interface Vocabulary {
  /** The prefix that everyone uses. */
  readonly prefix: string;
  readonly namespace: string;
  /** Names of its elements by these in lower case. */
  readonly elements: ReadonlyMap<string, string>;
}

const DUBLIN_CORE =
  'title creator subject description publisher contributor date type format identifier source language relation coverage rights';

/** By canonical prefix (names.ts), which is in lower case. */
const VOCABULARIES: ReadonlyMap<string, Vocabulary> = new Map(
  (
    [
      ['dc', ns.DC_NS, DUBLIN_CORE],
      [
        'dcterms',
        ns.DCTERMS_NS,
        `${DUBLIN_CORE} abstract accessRights accrualMethod accrualPeriodicity accrualPolicy alternative audience available
        bibliographicCitation conformsTo created dateAccepted dateCopyrighted dateSubmitted educationLevel extent hasFormat
        hasPart hasVersion instructionalMethod isFormatOf isPartOf isReferencedBy isReplacedBy isRequiredBy issued
        isVersionOf license mediator medium modified provenance references replaces requires rightsHolder spatial
        tableOfContents temporal valid`,
      ],
      ['content', ns.CONTENT_NS, 'encoded items'],
      ['sy', ns.SY_NS, 'updatePeriod updateFrequency updateBase'],
      ['slash', ns.SLASH_NS, 'section department comments hit_parade'],
      [
        'media',
        ns.MEDIA_NS,
        `group content adult rating title description keywords thumbnail category hash player credit copyright text
        restriction community starRating statistics tags comments comment embed param responses response backLinks backLink
        status price license subTitle peerLink location rights scenes scene sceneTitle sceneDescription sceneStartTime
        sceneEndTime`,
      ],
      [
        'itunes',
        ns.ITUNES_NS,
        `author block category complete duration email episode episodeType explicit image isClosedCaptioned keywords name
        new-feed-url order owner season subtitle summary title type applepodcastsverify link`,
      ],
      [
        'podcast',
        ns.PODCAST_NS,
        `transcript locked funding chapters soundbite person location season episode trailer license alternateEnclosure
        source integrity guid value valueRecipient valueTimeSplit medium images image liveItem contentLink socialInteract
        social block txt remoteItem podroll updateFrequency podping chat publisher`,
      ],
      [
        'googleplay',
        ns.GOOGLEPLAY_NS,
        'author owner email image description explicit block category new-feed-url',
      ],
      ['spotify', ns.SPOTIFY_NS, 'limit countryOfOrigin'],
      [
        'rawvoice',
        ns.RAWVOICE_NS,
        `rating location frequency subscribe donate poster isHd embed webm mp4 metamark mycast tv`,
      ],
      ['psc', ns.PSC_NS, 'chapters chapter'],
      ['creativecommons', ns.CREATIVE_COMMONS_NS, 'license', 'creativeCommons'],
      ['cc', ns.CC_NS, 'license permits requires prohibits attributionName attributionURL morePermissions'],
      [
        'feedburner',
        ns.FEEDBURNER_NS,
        `origLink origEnclosureLink info feedFlare browserFriendly emailServiceId feedburnerHostname awareness`,
      ],
      ['wfw', ns.WFW_NS, 'comment commentRss commentRSS'],
      ['thr', ns.THR_NS, 'in-reply-to total'],
      ['georss', ns.GEORSS_NS, 'point line polygon box circle where elev floor radius'],
      [
        'gml',
        ns.GML_NS,
        `Point LineString Polygon Envelope LinearRing MultiPoint pointMember exterior interior pos posList lowerCorner
        upperCorner coordinates`,
      ],
      ['geo', ns.GEO_NS, 'lat long alt Point'],
      ['fh', ns.FH_NS, 'complete archive incremental'],
      ['at', ns.AT_NS, 'deleted-entry by comment'],
      [
        'rsl',
        ns.RSL_NS,
        'rsl content license permits prohibits payment amount standard custom accepts legal schema alternate copyright terms',
      ],
      ['access', ns.ACCESS_NS, 'restriction'],
      ['indexing', ns.INDEXING_NS, 'index'],
      ['admin', ns.ADMIN_NS, 'generatorAgent errorReportsTo'],
      ['trackback', ns.TRACKBACK_NS, 'ping about'],
      ['pingback', ns.PINGBACK_NS, 'server target'],
      [
        'source',
        ns.SOURCE_NS,
        `account archive blogroll cloud comment endDay filename inReplyTo likes linkFull localTime markdown outline self
        startDay subscriptionList url`,
      ],
      ['blogchannel', ns.BLOGCHANNEL_NS, 'blogRoll mySubscriptions blink changes', 'blogChannel'],
      [
        'prism',
        ns.PRISM_NS,
        `aggregationType alternateTitle byteCount channel complianceProfile copyright corporateEntity coverDate
        coverDisplayDate creationDate dateReceived department distributor doi edition eIssn embargoDate endingPage event
        expirationDate genre hasAlternative isbn issn issueIdentifier issueName issueTeaser issueType keyword killDate link
        location modificationDate number object organization originPlatform pageCount pageRange person platform
        productCode publicationDate publicationDisplayDate publicationName publishingFrequency rating section
        seriesNumber seriesTitle startingPage subchannel1 subsection1 subtitle teaser ticker timePeriod url uspsNumber
        versionIdentifier volume wordCount`,
      ],
      ['opensearch', ns.OPENSEARCH_NS, 'totalResults startIndex itemsPerPage Query', 'opensearch'],
      ['yt', ns.YOUTUBE_NS, 'videoId channelId playlistId'],
      ['app', ns.APP_NS, 'edited control draft collection accept categories'],
      ['acast', ns.ACAST_NS, 'showId showUrl episodeId episodeUrl settings signature importedFeed network'],
      ['feedpress', ns.FEEDPRESS_NS, 'newsletterId locale podcastId cssFile link'],
      ['arxiv', ns.ARXIV_NS, 'comment journal_ref doi primary_category affiliation'],
      ['ev', ns.EVENT_NS, 'startdate enddate location organizer type'],
      ['ag', ns.AGGREGATION_NS, 'source sourceURL timestamp'],
      ['atom', ns.ATOM_NS, ''],
      ['xhtml', ns.XHTML_NS, ''],
      ['rdf', ns.RDF_NS, ''],
    ] as const
  ).map(([canonical, namespace, names, usual]) => [
    canonical,
    { prefix: usual ?? canonical, namespace, elements: byLowerCase(names) },
  ]),
);

/** Attributes of these vocabularies; whatever else is written stays as it is written. */
const ATTRIBUTES = byLowerCase(
  `accountId accountUrl address algo alt average bitrate channels codecs complete contactEmail contactUrl contentType
  count country currency customKey customValue default display dtstart duration embedUrl encrypted end expression fee
  feedGuid feedImg feedUrl fileSize framerate geo group height href img info isDefault itemGuid label lang language
  lastmod max medium method min name osm owner priority protocol pubdate purpose reason ref rel relationship
  remotePercentage remoteStartTime role rrule samplingrate scheme server space split srcset src start startTime state status
  suggested term text time title type updated uri url usesPodping value version views favorites width srsName
  srsDimension featuretypetag relationshiptag featurename level service index image`,
);

export interface ExtensionName {
  /** With the usual prefix, where the vocabulary is known. */
  readonly name: string;
  readonly namespace: string;
  /** False for what XML knows no such name for, as sloppy markup has it. */
  readonly isWellFormed: boolean;
}

/** XML 1.0, section 2.3, with at most one prefix; longer names are no names. */
const NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_.-]{0,99}(?::[\p{L}_][\p{L}\p{M}\p{N}_.-]{0,99})?$/u;

export function isWellFormedName(name: string): boolean {
  return NAME.test(name);
}

/**
 * The name of an element of a vocabulary, as an extension has it. `canonical` is its canonical prefix, `local` what was
 * written after the prefix; `own` stands for a vocabulary that nobody knows.
 */
export function extensionName(
  canonical: string,
  local: string,
  own: { readonly prefix: string; readonly namespace: string },
): ExtensionName {
  const known = VOCABULARIES.get(canonical);
  if (known === undefined) {
    // A prefix that means something else to everyone would be taken for it.
    const prefix = own.namespace !== '' && VOCABULARIES.has(own.prefix) ? `x-${own.prefix}` : own.prefix;
    return named(prefix === '' ? local : `${prefix}:${local}`, own.namespace);
  }
  const spelled = known.elements.get(local.toLowerCase()) ?? local;
  return named(`${known.prefix}:${spelled}`, known.namespace);
}

function named(name: string, namespace: string): ExtensionName {
  return { name, namespace, isWellFormed: isWellFormedName(name) };
}

/** `canonical` is an attribute's name as the tree has it, `written` as the document has it. */
export function extensionAttribute(canonical: string, written: string, isKnown: boolean): string {
  const colon = canonical.indexOf(':');
  if (colon < 0) return (isKnown ? ATTRIBUTES.get(canonical) : undefined) ?? written;
  const prefix = canonical.slice(0, colon);
  const usual = VOCABULARIES.get(prefix)?.prefix ?? prefix;
  return `${usual}:${written.slice(written.indexOf(':') + 1)}`;
}

/** Whether a canonical prefix is a vocabulary's, and, where one is given, whether it has an element of that name. */
export function isElementOf(canonical: string, local?: string): boolean {
  const known = VOCABULARIES.get(canonical);
  return known !== undefined && (local === undefined || known.elements.has(local.toLowerCase()));
}

export function isKnownVocabulary(namespace: string): boolean {
  return namespace !== '' && NAMESPACES.has(namespace);
}

const NAMESPACES: ReadonlySet<string> = new Set([...VOCABULARIES.values()].map(({ namespace }) => namespace));

function byLowerCase(names: string): ReadonlyMap<string, string> {
  const list = names.split(/\s+/).filter((name) => name !== '');
  return new Map(list.map((name) => [name.toLowerCase(), name]));
}
