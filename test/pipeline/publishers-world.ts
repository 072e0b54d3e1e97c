// What publishers have and do to it: documents of stories, each told by its number.
import type { FetchOutcome } from '../../src/model/fetch-outcome.ts';
import { type Post, rss } from '../e2e/origin.ts';
import { fetched } from './rig.ts';

export interface Line {
  readonly story: number;
  readonly post: Post;
  /** Its id is all that joins it to its copy at the other publisher. */
  readonly joinedById: boolean;
}

export type Edit = 'edit' | 'renew-guid' | 'share-guid' | 'redate' | 'drop-oldest' | 'reverse';

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
  #stories = 0;

  lines(at: number): readonly Line[] {
    return this.#documents[at] ?? [];
  }

  document(at: number): FetchOutcome {
    const text = rss(
      `Publisher ${at}`,
      this.lines(at).map((line) => line.post),
    );
    return fetched(text.replaceAll('<guid isPermaLink="false"></guid>', ''));
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

  /** One story at both, under one address or under one id. */
  share(by: 'url' | 'id'): void {
    this.#stories += 1;
    const n = this.#stories;
    for (const [at, document] of this.#documents.entries()) {
      const post = {
        guid: by === 'id' ? `tag:shared.example,2026:${n}` : `${at} ${n}`,
        title: `Story ${n} v1`,
        link: by === 'url' ? `https://0.example/shared/${n}` : `https://${at}.example/${n}`,
      };
      document.unshift({ story: n, post, joinedById: by === 'id' });
    }
  }

  change(kind: Edit, at: number, pick: number, nowMs: number): void {
    const document = this.#documents[at] ?? [];
    const place = pick % Math.max(1, document.length);
    const line = document[place];
    if (line === undefined) return;
    const put = (where: number, { story, post, joinedById }: Line, said: Partial<Post>) => {
      document[where] = { story, joinedById, post: { ...post, ...said } };
    };
    if (kind === 'edit') put(place, line, { title: `Story ${line.story} v${nowMs}${pick}` });
    if (kind === 'renew-guid' && !line.joinedById) {
      put(place, line, { guid: `${line.post.guid}+${line.story}` });
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
    if (kind === 'drop-oldest' && document.length > 1) document.pop();
    if (kind === 'reverse') document.reverse();
  }
}
