// What somebody should know of a source, or do about it: codes and words of docs/OPERATING.md. Pure.
import { secretsRemoverFor } from '../core/attribute/publishable-url.ts';
import type { Source } from '../model/config.ts';
import type { MoveObstacle, PollRecord } from '../model/poll-record.ts';
import type { SourceRecord } from '../model/source-record.ts';
import type { StatusNotice } from '../model/status.ts';
import { notesOfChurn } from './churn-notes.ts';
import { pageWords } from './page-feeds.ts';
import { MOVE_SIGHTINGS, moveOf, pageOf } from './source-address.ts';

export interface NoticeInput {
  readonly source: Source;
  readonly record: SourceRecord | undefined;
  readonly poll: PollRecord | undefined;
  readonly isPublishable: (url: string) => boolean;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

const EMPTY_POLLS_MIN = 3;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Failing for so long, a source is taken for dead. */
const DEAD_AFTER_MS = 7 * DAY_MS;

export function noticesOf(input: NoticeInput): readonly StatusNotice[] {
  return [
    gone(input),
    anotherSite(input),
    dead(input),
    empty(input),
    moved(input),
    page(input),
    churned(input),
  ].filter((notice) => notice !== undefined);
}

function gone({ poll }: NoticeInput): StatusNotice | undefined {
  if (poll?.outcome !== 'gone') return undefined;
  return {
    code: 'gone',
    text: 'Its publisher took it down for good (HTTP 410). It is still asked once a day. Take it out of the configuration, or set:',
    yaml: 'enabled: false',
  };
}

/** The first day of its failures is told by the days remembered: a poll before them brought something. */
function dead({ poll, nowMs }: NoticeInput): StatusNotice | undefined {
  if (poll === undefined || poll.failures === 0) return undefined;
  const days = poll.days ?? [];
  const lastGood = days.findLast((each) => each.failed < each.polls);
  const since = lastGood?.day ?? days[0]?.day;
  if (since === undefined || nowMs - Date.parse(since) < DEAD_AFTER_MS) return undefined;
  return {
    code: 'dead',
    text: `It has failed ${poll.failures} times in a row, and not answered well since ${since}. It is still asked, once a day.`,
  };
}

function empty({ poll, record }: NoticeInput): StatusNotice | undefined {
  const count = poll?.emptyPolls ?? 0;
  const known = record?.items.length ?? 0;
  if (count < EMPTY_POLLS_MIN || known === 0) return undefined;
  return {
    code: 'empty',
    text: `Its document has had no items at the last ${count} polls; the ${known} that are known stay as they are. Look at its address in a browser.`,
  };
}

const MOVE_WORDS: Readonly<Record<MoveObstacle | 'none', string>> = {
  none: 'It is polled there, and asked once a week where it was.',
  credentials:
    'What it is asked with (headers, a user, a secret) is not sent to another origin: look whether it should be.',
  insecure: 'That is http where it was https: it is not learnt. Look whether you want that.',
  'own-feed': 'That is a feed of ours, which would come back to us: take the source out.',
  'known-source':
    'Another source is polled there, so that this one is asked once a day only. Take one of the two out.',
};

/** The words of a feed, which its publisher chose. */
function anotherSite({ source, poll, isPublishable }: NoticeInput): StatusNotice | undefined {
  const change = poll?.becameAnotherSite;
  if (change === undefined) return undefined;
  const withoutSecrets = secretsRemoverFor(source);
  const site = ({ title, siteUrl }: { readonly title: string; readonly siteUrl: string }) =>
    `“${withoutSecrets(title)}”${isPublishable(siteUrl) ? ` (${siteUrl})` : ''}`;
  return {
    code: 'another-site',
    text: `It became another site: ${site(change.before)} is ${site(change.now)} since ${change.at.slice(0, 10)}. What was known of it stays. Where that is not meant, take it out of the configuration, or set:`,
    yaml: 'enabled: false',
  };
}

function moved({ source, poll, isPublishable }: NoticeInput): StatusNotice | undefined {
  const movedTo = moveOf(source, poll);
  if (movedTo === undefined || movedTo.sightings < MOVE_SIGHTINGS) return undefined;
  if (source.feedUrlIsSecret || !isPublishable(movedTo.feedUrl))
    return {
      code: 'moved',
      text: 'It says that it has moved for good, to an address that is not shown here.',
    };
  const { feedUrl, sightings, obstacle } = movedTo;
  const isToBeWritten = obstacle === undefined || obstacle === 'credentials' || obstacle === 'insecure';
  return {
    code: 'moved',
    text: `It has said ${sightings} times that it has moved for good. ${MOVE_WORDS[obstacle ?? 'none']}${isToBeWritten ? ' Write into the configuration:' : ''}`,
    ...(isToBeWritten && { yaml: `url: ${feedUrl}` }),
  };
}

function page({ source, poll, isPublishable }: NoticeInput): StatusNotice | undefined {
  const found = pageOf(source, poll);
  const [first, ...others] = found?.feedUrls ?? [];
  if (found === undefined || first === undefined) return undefined;
  if (source.feedUrlIsSecret || ![first, ...others].every(isPublishable))
    return {
      code: 'page',
      text: 'Its address is a page; where the feed is that the page names is not shown here.',
    };
  if (others.length > 0) return { code: 'page', text: `${capital(pageWords(found))}.` };
  const said = found.isFollowed
    ? `Its address is a page, and it is polled at the feed that the page names. To leave out the detour, write, with id: ${source.id} beside it:`
    : 'Its address is a page that names a feed, which is not polled by itself. Write into the configuration:';
  return { code: 'page', text: said, yaml: `url: ${first}` };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function churned({ record }: NoticeInput): StatusNotice | undefined {
  const [note] = notesOfChurn(record?.churn);
  if (note === undefined) return undefined;
  return { code: note.code, text: `In its last document ${note.detail}. Nothing needs to be done.` };
}
