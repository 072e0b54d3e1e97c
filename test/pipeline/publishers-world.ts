// What publishers have and do to it: documents of stories, each told by its number.
import type { FetchOutcome } from '../../src/model/fetch-outcome.ts';
import { type Post, rss } from '../e2e/origin.ts';
import { fetched } from './rig.ts';

export interface Line {
  readonly story: number;
  readonly post: Post;
  /** Its id is all that joins it to its copy at the other publisher. */
  readonly joinedById: boolean;
  /** The same of what it says. */
  readonly joinedByText?: boolean | undefined;
  /** It stays in its document, so that none is ever another site than the one before. */
  readonly stays?: boolean | undefined;
}

/** By what the two copies of a story are known for one. */
export type Sharing = 'url' | 'id' | 'text';

export type Edit = 'edit' | 'renew-guid' | 'renew-all' | 'share-guid' | 'redate' | 'drop-oldest' | 'reverse';

export interface Addition {
  readonly at: number;
  readonly dated: 'past' | 'future' | 'never';
  readonly guid: 'text' | 'uri' | 'none';
}

const date = (ms: number) => new Date(ms).toUTCString();
const HOUR_MS = 3_600_000;

export class PublishersWorld {
  readonly #documents: readonly [Line[], Line[]] = [[], []];
  /** Stories whose date their publisher has moved. */
  readonly redated = new Set<number>();
  /** Stories whose id their publisher has changed. */
  readonly renewed = new Set<number>();
  /** Stories that both publishers have. */
  readonly shared = new Set<number>();
  /** By publisher, what it has taken back and not published again. */
  readonly withdrawn: readonly [Map<number, Line>, Map<number, Line>] = [new Map(), new Map()];
  /** Tombstones in the documents. */
  readonly #graves: readonly [string[], string[]] = [[], []];
  #stories = 0;

  constructor(nowMs: number) {
    for (const at of [0, 1]) {
      this.add({ at, dated: 'past', guid: 'text' }, nowMs);
      const [line] = this.lines(at);
      if (line !== undefined) this.#documents[at]?.splice(0, 1, { ...line, stays: true });
    }
  }

  lines(at: number): readonly Line[] {
    return this.#documents[at] ?? [];
  }

  document(at: number): FetchOutcome {
    const text = rss(
      `Publisher ${at}`,
      this.lines(at).map((line) => line.post),
    );
    return fetched(
      text
        .replaceAll('<guid isPermaLink="false"></guid>', '')
        .replace('</channel>', `${this.#graves[at]?.join('') ?? ''}</channel>`),
    );
  }

  /** Takes a story back; its id must name it and nothing else. Undefined where none can be. */
  withdraw(at: number, pick: number, nowMs: number): number | undefined {
    const document = this.#documents[at] ?? [];
    const place = pick % Math.max(1, document.length);
    const line = document[place];
    if (line === undefined || line.stays || line.post.guid === '' || this.renewed.has(line.story))
      return undefined;
    document.splice(place, 1);
    this.withdrawn[at]?.set(line.story, line);
    const when = new Date(nowMs).toISOString();
    this.#graves[at]?.push(
      `<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="${line.post.guid}" when="${when}"/>`,
    );
    return line.story;
  }

  /** The story that was taken back first comes again, under a later date. Undefined where there is none. */
  republish(at: number, nowMs: number): number | undefined {
    const [first] = this.withdrawn[at] ?? [];
    if (first === undefined) return undefined;
    const [story, line] = first;
    this.withdrawn[at]?.delete(story);
    this.redated.add(story);
    this.#documents[at]?.unshift({ ...line, post: { ...line.post, date: date(nowMs) } });
    return story;
  }

  dropGraves(at: number): void {
    this.#graves[at]?.splice(0);
  }

  add({ at, dated, guid }: Addition, nowMs: number): void {
    this.#stories += 1;
    const n = this.#stories;
    const when = { past: date(nowMs - HOUR_MS), future: date(nowMs + 9 * HOUR_MS), never: undefined }[dated];
    const post = {
      guid: { text: `${n}`, uri: `https://${at}.example/id/${n}`, none: '' }[guid],
      title: `Story ${n} v1`,
      link: `https://${at}.example/${n}`,
      body: `Text ${n}`,
      ...(when === undefined ? {} : { date: when }),
    };
    this.#documents[at]?.unshift({ story: n, post, joinedById: false });
  }

  /** One story at both, under one address, under one id, or by what it says alone. */
  share(by: Sharing): void {
    this.#stories += 1;
    const n = this.#stories;
    this.shared.add(n);
    for (const [at, document] of this.#documents.entries()) {
      const post = {
        guid: by === 'id' ? `tag:shared.example,2026:${n}` : `${at} ${n}`,
        title: `Story ${n} v1`,
        link: by === 'url' ? `https://0.example/shared/${n}` : `https://${at}.example/${n}`,
        ...(by === 'text' ? { body: longText(n) } : {}),
      };
      document.unshift({ story: n, post, joinedById: by === 'id', joinedByText: by === 'text' });
    }
  }

  change(kind: Edit, at: number, pick: number, nowMs: number): void {
    const document = this.#documents[at] ?? [];
    const place = pick % Math.max(1, document.length);
    const line = document[place];
    if (line === undefined) return;
    const put = (where: number, before: Line, said: Partial<Post>) => {
      document[where] = { ...before, post: { ...before.post, ...said } };
    };
    if (kind === 'edit' && !line.joinedByText)
      put(place, line, { title: `Story ${line.story} v${nowMs}${pick}` });
    if (kind === 'renew-guid' && !line.joinedById) {
      put(place, line, { guid: `${line.post.guid}+${line.story}` });
      this.renewed.add(line.story);
    }
    // Its page and its date are what is left of it; one that is later than our first sight of it is not remembered.
    const isDated = line.post.date !== undefined && !this.redated.has(line.story);
    if (kind === 'renew-all' && !line.joinedById && !line.joinedByText && isDated) {
      put(place, line, {
        guid: `${line.post.guid}*${line.story}`,
        title: `Story ${line.story} v${nowMs}${pick}`,
      });
      this.renewed.add(line.story);
    }
    if (kind === 'share-guid' && !document.some((each) => each.joinedById)) {
      for (const [where, each] of document.entries()) {
        put(where, each, { guid: 'the-same' });
        this.renewed.add(each.story);
      }
    }
    if (kind === 'redate') {
      put(place, line, { date: date(nowMs + 24 * HOUR_MS) });
      this.redated.add(line.story);
    }
    const oldest = document.findLastIndex((each) => !each.stays);
    if (kind === 'drop-oldest' && oldest >= 0) document.splice(oldest, 1);
    if (kind === 'reverse') document.reverse();
  }
}

/** Sixty words of its own. */
function longText(n: number): string {
  const word = (place: number) =>
    ((n * 7919 + place * 104_729) % 900_001).toString(36).replace(/[0-9]/g, 'o');
  return Array.from({ length: 60 }, (_, place) => word(place)).join(' ');
}
