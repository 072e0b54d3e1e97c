// One podcast feed of ours from three podcasts: what their clients need to play each episode arrives as its publisher sent it.
import RssParser from 'rss-parser';
import { describe, expect, it } from 'vitest';
import { buildSource } from '../core/build-item.ts';
import { run } from '../oracles/command.ts';
import { feedparserIsMissing, readWithFeedparser } from '../oracles/feedparser.ts';
import { childrenOf, readXml, textsOf, type XmlElement } from '../oracles/readers.ts';
import { rssProblems } from '../oracles/strict-rss.ts';
import { publishOnce } from './publish-once.ts';

const NAMESPACES =
  'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:psc="http://podlove.org/simple-chapters"';

interface Podcast {
  readonly id: string;
  readonly explicit: string;
  /** In the item. */
  readonly said: string;
}

const PODCASTS: readonly Podcast[] = [
  {
    id: 'one',
    explicit: 'false',
    said: `<itunes:duration>01:02:03</itunes:duration><itunes:episode>7</itunes:episode><itunes:season>2</itunes:season><itunes:episodeType>full</itunes:episodeType>
<itunes:explicit>false</itunes:explicit><itunes:image href="https://one.example/7.jpg"/><itunes:title>Seven</itunes:title><itunes:author>Ann of One</itunes:author>
<podcast:chapters url="https://one.example/7.json" type="application/json+chapters"/><podcast:transcript url="https://one.example/7.vtt" type="text/vtt" language="en"/>
<podcast:transcript url="https://one.example/7.srt" type="application/x-subrip"/><podcast:person role="guest" href="https://one.example/ola">Ola</podcast:person>
<podcast:soundbite startTime="73.0" duration="60.0">Best of</podcast:soundbite><podcast:alternateEnclosure type="audio/opus" length="9"><podcast:source uri="https://one.example/7.opus"/></podcast:alternateEnclosure>`,
  },
  {
    id: 'two',
    explicit: 'true',
    said: `<itunes:duration>90</itunes:duration><itunes:explicit>true</itunes:explicit><psc:chapters version="1.2"><psc:chapter start="00:00" title="Start"/></psc:chapters>`,
  },
  { id: 'three', explicit: 'false', said: '' },
];

function feedOf({ id, explicit, said }: Podcast): string {
  return `<rss version="2.0" ${NAMESPACES}><channel><title>Podcast ${id}</title><link>https://${id}.example/</link><description>d</description>
<itunes:image href="https://${id}.example/cover.jpg"/><itunes:explicit>${explicit}</itunes:explicit><itunes:author>Host of ${id}</itunes:author>
<item><title>Episode of ${id}</title><guid isPermaLink="false">urn:x:${id}</guid><enclosure url="https://${id}.example/e.mp3" length="1234" type="audio/mpeg"/>${said}</item></channel></rss>`;
}

const documents = await publishOnce(
  PODCASTS.map((podcast) => ({ source: buildSource(podcast.id), text: feedOf(podcast) })),
  { imageUrl: 'https://feeds.example/cover.jpg', author: { name: 'The Feed Keeper' } },
);
const channel = childrenOf(readXml(documents.rss), 'channel')[0] as XmlElement;
const items = childrenOf(channel, 'item');
const itemOf = (id: string) => items.find((item) => textsOf(item, 'guid')[0] === `urn:x:${id}`) as XmlElement;
const imageOf = (item: XmlElement | undefined) => childrenOf(item, 'itunes:image')[0]?.attributes['href'];

describe('a podcast of three podcasts', () => {
  it('has no error, and a channel that directories take', () => {
    expect(rssProblems(documents.rss)).toEqual([]);
    expect(textsOf(channel, 'itunes:author')).toEqual(['The Feed Keeper']);
    expect(imageOf(channel)).toBe('https://feeds.example/cover.jpg');
    // One of the episodes is.
    expect(textsOf(channel, 'itunes:explicit')).toEqual(['true']);
    expect(childrenOf(channel, 'itunes:category')).toHaveLength(1);
  });

  it('can play every episode, and says how long each is', () => {
    expect(items).toHaveLength(3);
    for (const { id } of PODCASTS)
      expect(childrenOf(itemOf(id), 'enclosure').map((one) => one.attributes)).toEqual([
        { url: `https://${id}.example/e.mp3`, length: '1234', type: 'audio/mpeg' },
      ]);
    expect(PODCASTS.map(({ id }) => textsOf(itemOf(id), 'itunes:duration'))).toEqual([['3723'], ['90'], []]);
  });

  it('shows each its own picture, or its podcast’s: never ours', () => {
    expect(PODCASTS.map(({ id }) => imageOf(itemOf(id)))).toEqual([
      'https://one.example/7.jpg',
      'https://two.example/cover.jpg',
      'https://three.example/cover.jpg',
    ]);
  });

  it('keeps chapters, transcripts, people, sound bites and other files', () => {
    const one = itemOf('one');
    expect(childrenOf(one, 'podcast:transcript').map((each) => each.attributes['url'])).toEqual([
      'https://one.example/7.vtt',
      'https://one.example/7.srt',
    ]);
    expect(childrenOf(one, 'podcast:chapters')[0]?.attributes['url']).toBe('https://one.example/7.json');
    expect(textsOf(one, 'podcast:person')).toEqual(['Ola']);
    expect(textsOf(one, 'podcast:soundbite')).toEqual(['Best of']);
    expect(
      childrenOf(childrenOf(one, 'podcast:alternateEnclosure')[0], 'podcast:source')[0]?.attributes,
    ).toEqual({
      uri: 'https://one.example/7.opus',
    });
    expect(childrenOf(childrenOf(itemOf('two'), 'psc:chapters')[0], 'psc:chapter')).toHaveLength(1);
    const json = JSON.parse(documents.json).items.find((item: { id: string }) => item.id === 'urn:x:one');
    expect(json._podcast.transcript).toHaveLength(2);
    expect(json._itunes).toMatchObject({ episode: '7', season: '2', title: 'Seven' });
  });

  it('credits each episode to its own host', () => {
    expect(PODCASTS.map(({ id }) => textsOf(itemOf(id), 'dc:creator'))).toEqual([
      ['Ann of One'],
      ['Host of two'],
      ['Host of three'],
    ]);
  });

  it('is that for rss-parser', async () => {
    const { items: found } = await new RssParser().parseString(documents.rss);
    const one = found.find((item) => item.guid === 'urn:x:one');
    expect(one?.enclosure).toMatchObject({
      url: 'https://one.example/e.mp3',
      length: '1234',
      type: 'audio/mpeg',
    });
    expect(one?.['itunes']).toMatchObject({
      duration: '3723',
      episode: '7',
      season: '2',
      episodeType: 'full',
      explicit: 'false',
      image: 'https://one.example/7.jpg',
    });
  });

  it.skipIf(feedparserIsMissing)("is that for Python's feedparser", () => {
    const script = `import feedparser, json, sys
print(json.dumps({e.id: [e.get('itunes_duration'), e.get('itunes_episode'), e.get('itunes_season'), e.image.href, e.enclosures[0].href, [a.name for a in e.authors]] for e in feedparser.parse(sys.stdin.buffer.read()).entries}))`;
    const { stdout, stderr } = run('/usr/bin/python3', ['-c', script], documents.rss);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      'urn:x:one': [
        '3723',
        '7',
        '2',
        'https://one.example/7.jpg',
        'https://one.example/e.mp3',
        ['Ann of One'],
      ],
      'urn:x:two': [
        '90',
        null,
        null,
        'https://two.example/cover.jpg',
        'https://two.example/e.mp3',
        ['Host of two'],
      ],
      'urn:x:three': [
        null,
        null,
        null,
        'https://three.example/cover.jpg',
        'https://three.example/e.mp3',
        ['Host of three'],
      ],
    });
    expect(readWithFeedparser([documents.rss])[0]?.problem).toBeNull();
  });
});
