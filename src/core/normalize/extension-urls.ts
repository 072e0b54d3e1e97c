// Where the vocabularies of model/vocabularies.ts have URLs, by the specification of each; and in vocabularies that nobody
// knows, attributes that are called as everyone calls URLs.

/** In any vocabulary. */
const ATTRIBUTES: ReadonlySet<string> = new Set([
  ...['url', 'href', 'src', 'rdf:resource', 'rdf:about', 'xlink:href'],
  ...['feedUrl', 'accountUrl', 'embedUrl', 'contactUrl'],
]);

/** `element@attribute`. */
const ATTRIBUTES_OF_ELEMENTS: ReadonlySet<string> = new Set([
  'media:price@info',
  'podcast:person@img',
  'podcast:remoteItem@feedImg',
  'podcast:socialInteract@uri',
  'podcast:source@uri',
  'psc:chapter@image',
  'rsl:content@server',
  'source:likes@server',
  'thr:in-reply-to@source',
]);

const LISTS: ReadonlySet<string> = new Set(['podcast:images@srcset']);

const TEXTS: ReadonlySet<string> = new Set([
  ...['acast:showUrl', 'ag:sourceURL', 'blogChannel:blink', 'blogChannel:blogRoll'],
  ...[
    'blogChannel:changes',
    'blogChannel:mySubscriptions',
    'cc:attributionURL',
    'cc:license',
    'cc:morePermissions',
  ],
  ...['creativeCommons:license', 'feedburner:origEnclosureLink', 'feedburner:origLink'],
  ...[
    'feedpress:cssFile',
    'googleplay:image',
    'googleplay:new-feed-url',
    'itunes:image',
    'itunes:new-feed-url',
    'media:backLink',
  ],
  // Of a `podcast:liveItem`, which has RSS elements in it.
  ...['link', 'comments'],
  ...['pingback:server', 'pingback:target', 'prism:link', 'prism:url', 'rsl:alternate'],
  ...['rsl:custom', 'rsl:schema', 'rsl:standard', 'rsl:terms', 'source:blogroll', 'source:inReplyTo'],
  ...['source:linkFull', 'source:self', 'source:subscriptionList', 'source:url'],
  ...['trackback:about', 'trackback:ping', 'wfw:comment', 'wfw:commentRss', 'wfw:commentRSS'],
]);

/**
 * Schemes beside http and https: media that lie in peer-to-peer networks (Podcasting 2.0, `alternateEnclosure`; Media RSS,
 * `peerLink`), and whom to write to.
 */
const OTHER_SCHEMES: ReadonlyMap<string, RegExp> = new Map([
  ['podcast:source', /^(?:magnet:\?|ipfs:\/\/|ipns:\/\/)/i],
  ['media:peerLink', /^(?:magnet:\?|ipfs:\/\/|ipns:\/\/)/i],
  ['admin:errorReportsTo', /^mailto:[^\s@]+@[^\s@]+$/i],
]);

export function isUrlAttribute(element: string, attribute: string): boolean {
  if (ATTRIBUTES.has(attribute)) return true;
  // Each attribute names a directory of podcasts, its value is the show's page there.
  if (element === 'rawvoice:subscribe') return true;
  return ATTRIBUTES_OF_ELEMENTS.has(`${element}@${attribute}`);
}

export function isUrlList(element: string, attribute: string): boolean {
  return LISTS.has(`${element}@${attribute}`);
}

export function isUrlText(element: string): boolean {
  return TEXTS.has(element);
}

export function otherSchemes(element: string): RegExp | undefined {
  return OTHER_SCHEMES.get(element);
}
