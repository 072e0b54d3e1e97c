// The documents of bench/render.ts as one would write them by hand: template strings, each value escaped, the same bytes. It knows
// what the items of the benchmark have, and no more.
import type { Edition, EditionItem } from '../../src/model/edition.ts';
import type { ExtensionElement } from '../../src/model/extension.ts';

// The fastest way that V8 has to escape.
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeOne = (char: string) => ESCAPES[char] ?? char;
const text = (value: string) => value.replace(/[&<>]/g, escapeOne);
const attribute = (value: string) => value.replace(/[&<>"]/g, escapeOne);
const html = (value: string) => value.replace(/[&<>"']/g, escapeOne);

const foreign = (element: ExtensionElement) =>
  `<${element.name}${element.attributes.map(([name, value]) => ` ${name}="${attribute(value)}"`).join('')}${element.text === '' ? '/>' : `>${text(element.text)}</${element.name}>`}\n`;

const RSS_PREFIXES = `xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:tributary="https://tributary.dev/ns/1"`;
const ATOM_PREFIXES = `xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:tributary="https://tributary.dev/ns/1"`;

export function rssByHand(edition: Edition): string {
  let out = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" ${RSS_PREFIXES}>
  <channel>
    <title>${text(edition.title)}</title>
    <link>${edition.publicUrl}feeds/${edition.feedId}.html</link>
    <description>${text(html(edition.description ?? ''))}</description>
    <atom:link rel="self" type="application/rss+xml" href="${edition.publicUrl}feeds/${edition.feedId}.rss"/>
    <language>${edition.language}</language>
    <lastBuildDate>${new Date(edition.updatedAt).toUTCString()}</lastBuildDate>
    <generator>${edition.generator}</generator>
    <docs>${edition.publicUrl}credits.html</docs>
    <ttl>60</ttl>
    <sy:updatePeriod>hourly</sy:updatePeriod>
    <sy:updateFrequency>1</sy:updateFrequency>
    <sy:updateBase>2000-01-01T00:00:00Z</sy:updateBase>
    <itunes:author>${text(edition.title)}</itunes:author>
    <itunes:type>episodic</itunes:type>
    <itunes:explicit>false</itunes:explicit>
    <itunes:category text="Society &amp; Culture"/>
`;
  for (const item of edition.items) out += rssItem(item);
  return `${out}  </channel>\n</rss>\n`;
}

function rssItem(item: EditionItem): string {
  const { attribution: by, note } = item;
  let out = `    <item>
      <title>${text(item.title)}</title>
      <link>${text(item.permalink ?? '')}</link>
      <guid isPermaLink="${item.idIsPermalink}">${text(item.id)}</guid>
      <pubDate>${new Date(item.publishedAt).toUTCString()}</pubDate>
      <atom:updated>${item.updatedAt}</atom:updated>
      <description>${text(html(item.summary ?? ''))}</description>
      <content:encoded>${text(`${item.contentHtml}${note.html}`)}</content:encoded>
      <tributary:note>${text(note.html)}</tributary:note>
      <source url="${attribute(by.source.feedUrl ?? '')}">${text(by.source.title)}</source>
`;
  for (const { name = '' } of by.authors) out += `      <dc:creator>${text(name)}</dc:creator>\n`;
  out += `      <dc:publisher>${text(by.publisher)}</dc:publisher>
      <dc:rights>${text(by.rights ?? '')}</dc:rights>
`;
  for (const license of by.licenses)
    out += `      <creativeCommons:license>${text(license)}</creativeCommons:license>
      <dcterms:license>${text(license)}</dcterms:license>
      <atom:link rel="license" href="${attribute(license)}"/>
`;
  for (const { term } of item.categories) out += `      <category>${text(term)}</category>\n`;
  out += `      <dc:language>${item.language}</dc:language>\n`;
  for (const { url, length, type = '', durationSeconds } of item.enclosures)
    out += `      <enclosure url="${attribute(url)}" length="${length}" type="${attribute(type)}"/>
      <itunes:duration>${durationSeconds}</itunes:duration>
      <itunes:image href="${attribute(item.imageUrl ?? '')}"/>
`;
  if (item.imageUrl !== undefined) out += `      <media:thumbnail url="${attribute(item.imageUrl)}"/>\n`;
  for (const element of item.extensions ?? []) out += `      ${foreign(element)}`;
  return `${out}    </item>\n`;
}

export function atomByHand(edition: Edition): string {
  let out = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" ${ATOM_PREFIXES} xml:lang="${edition.language}">
  <id>${edition.publicUrl}feeds/${edition.feedId}</id>
  <title type="text">${text(edition.title)}</title>
  <subtitle type="text">${text(edition.description ?? '')}</subtitle>
  <updated>${edition.updatedAt}</updated>
  <link rel="self" type="application/atom+xml" href="${edition.publicUrl}feeds/${edition.feedId}.atom"/>
  <link rel="alternate" type="text/html" href="${edition.publicUrl}feeds/${edition.feedId}.html"/>
  <link rel="related" type="text/html" href="${edition.publicUrl}credits.html" title="Sources and credits"/>
  <generator uri="https://tributary.dev/" version="0.1.0">Tributary</generator>
  <sy:updatePeriod>hourly</sy:updatePeriod>
  <sy:updateFrequency>1</sy:updateFrequency>
  <sy:updateBase>2000-01-01T00:00:00Z</sy:updateBase>
`;
  for (const item of edition.items) out += atomEntry(item);
  return `${out}</feed>\n`;
}

function atomEntry(item: EditionItem): string {
  const { attribution: by, note } = item;
  let out = `  <entry xml:lang="${item.language}">
    <id>${text(item.id)}</id>
    <title type="text">${text(item.title)}</title>
    <link rel="alternate" href="${attribute(item.permalink ?? '')}"/>
    <published>${item.publishedAt}</published>
    <updated>${item.updatedAt}</updated>
    <summary type="text">${text(item.summary ?? '')}</summary>
    <content type="html">${text(`${item.contentHtml}${note.html}`)}</content>
    <tributary:note>${text(note.html)}</tributary:note>
`;
  for (const { name = '' } of by.authors)
    out += `    <author>\n      <name>${text(name)}</name>\n    </author>\n`;
  out += `    <dc:publisher>${text(by.publisher)}</dc:publisher>
    <rights type="text">${text(by.rights ?? '')}</rights>
`;
  for (const license of by.licenses) out += `    <link rel="license" href="${attribute(license)}"/>\n`;
  out += `    <source>
      <id>${text(by.source.id)}</id>
      <title type="text">${text(by.source.title)}</title>
      <updated>${by.source.updatedAt}</updated>
      <link rel="self" href="${attribute(by.source.feedUrl ?? '')}"/>
      <link rel="alternate" href="${attribute(by.source.siteUrl ?? '')}"/>
      <rights type="text">${text(by.source.rights ?? '')}</rights>
    </source>
`;
  for (const { term } of item.categories) out += `    <category term="${attribute(term)}"/>\n`;
  for (const { url, type = '', length } of item.enclosures)
    out += `    <link rel="enclosure" href="${attribute(url)}" type="${attribute(type)}" length="${length}"/>\n`;
  for (const { durationSeconds } of item.enclosures)
    out += `    <itunes:duration>${durationSeconds}</itunes:duration>\n`;
  if (item.imageUrl !== undefined) out += `    <media:thumbnail url="${attribute(item.imageUrl)}"/>\n`;
  for (const element of item.extensions ?? []) out += `    ${foreign(element)}`;
  return `${out}  </entry>\n`;
}

const json = (value: unknown) => JSON.stringify(value);
const list = (values: readonly string[], indent: string) =>
  `[\n${values.map((value) => `${indent}  ${value}`).join(',\n')}\n${indent}]`;

export function jsonByHand(edition: Edition): string {
  return `{
  "version": "https://jsonfeed.org/version/1.1",
  "title": ${json(edition.title)},
  "home_page_url": ${json(`${edition.publicUrl}feeds/${edition.feedId}.html`)},
  "feed_url": ${json(`${edition.publicUrl}feeds/${edition.feedId}.json`)},
  "description": ${json(edition.description)},
  "language": ${json(edition.language)},
  "_tributary": {
    "about": "https://tributary.dev/ns/1",
    "generator": ${json(edition.generator)},
    "credits": "${edition.publicUrl}credits.html"
  },
  "items": ${list(edition.items.map(jsonItem), '  ')}
}
`;
}

function jsonItem(item: EditionItem): string {
  const { attribution: by, note } = item;
  const authors = by.authors.map(({ name }) => `{\n          "name": ${json(name)}\n        }`);
  let out = `{
      "id": ${json(item.id)},
      "url": ${json(item.permalink)},
      "title": ${json(item.title)},
      "content_html": ${json(`${item.contentHtml}${note.html}`)},
      "summary": ${json(item.summary)},
`;
  if (item.imageUrl !== undefined) out += `      "image": ${json(item.imageUrl)},\n`;
  out += `      "date_published": ${json(item.publishedAt)},
      "date_modified": ${json(item.updatedAt)},
      "authors": ${list(authors, '      ')},
      "tags": ${list(
        item.categories.map(({ term }) => json(term)),
        '      ',
      )},
      "language": ${json(item.language)},
`;
  for (const { url, type, length, durationSeconds } of item.enclosures)
    out += `      "attachments": [
        {
          "url": ${json(url)},
          "mime_type": ${json(type)},
          "size_in_bytes": ${length},
          "duration_in_seconds": ${durationSeconds}
        }
      ],
`;
  const [episode, transcript] = item.extensions ?? [];
  if (episode !== undefined && transcript !== undefined)
    out += `      "_itunes": {
        "about": ${json(episode.namespace)},
        "episode": ${json(episode.text)}
      },
      "_podcast": {
        "about": ${json(transcript.namespace)},
        "transcript": {
${transcript.attributes.map(([name, value]) => `          ${json(name)}: ${json(value)}`).join(',\n')}
        }
      },
`;
  return `${out}      "_tributary": {
        "about": "https://tributary.dev/ns/1",
        "source": {
          "title": ${json(by.source.title)},
          "feed_url": ${json(by.source.feedUrl)},
          "home_page_url": ${json(by.source.siteUrl)},
          "id": ${json(by.source.id)}
        },
        "publisher": ${json(by.publisher)},
        "guid": ${json(item.guid)},
        "note": ${json(note.html)},
        "rights": ${json(by.rights)},
        "license": ${json(by.licenses[0])},
        "via": [],
        "also": []
      }
    }`;
}
