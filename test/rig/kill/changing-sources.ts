// Forty publishers whose documents change: new stories, some at two of them, and edits of old ones.
import { type Origin, type Post, rss, startOrigin } from '../../e2e/origin.ts';

const SOURCES = 40;
/** In each document at first. */
const STORIES_AT_FIRST = 2;
const ANSWER_MS_MAX = 30;

export interface Story {
  readonly title: string;
  readonly sources: readonly string[];
  readonly link: string;
  /** Without one, its date is when it was first seen. */
  readonly date: string | undefined;
  version: number;
}

export interface ChangingSources extends AsyncDisposable {
  readonly ids: readonly string[];
  readonly stories: readonly Story[];
  urlOf(id: string): string;
  /** One story more, or another version of one. */
  change(): void;
  /** Some publisher is being asked at this moment. */
  isAsked(): boolean;
}

export async function startChangingSources(next: () => number): Promise<ChangingSources> {
  const origin: Origin = await startOrigin();
  const ids = Array.from({ length: SOURCES }, (_, place) => `s${place + 1}`);
  const stories: Story[] = [];
  const versions = new Map(ids.map((id) => [id, 0]));
  let asked = 0;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;

  function touch(story: Story): void {
    for (const id of story.sources) versions.set(id, (versions.get(id) ?? 0) + 1);
  }

  function add(sources: readonly string[]): void {
    const n = stories.length + 1;
    const host = sources.length > 1 ? 'shared' : sources[0];
    const date = n % 2 === 0 ? new Date(Date.UTC(2026, 0, 1) + n * 3_600_000).toUTCString() : undefined;
    const story = { title: `Story ${n}`, sources, link: `https://${host}.example/${n}`, date, version: 1 };
    stories.push(story);
    touch(story);
  }

  function documentOf(id: string): string {
    const posts = stories.flatMap(({ title, sources, link, date, version }): Post[] =>
      sources.includes(id)
        ? [{ guid: `${id} ${title}`, title, link, ...(date && { date }), body: versionText(version) }]
        : [],
    );
    return rss(id, posts.reverse());
  }

  for (const id of ids) {
    for (let story = 0; story < STORIES_AT_FIRST; story++) add([id]);
    origin.on(`/${id}`, (request, response) => {
      asked += 1;
      response.on('close', () => {
        asked -= 1;
      });
      const etag = `"${versions.get(id)}"`;
      const text = documentOf(id);
      setTimeout(() => {
        response.setHeader('etag', etag);
        if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
        else response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(text);
      }, next() * ANSWER_MS_MAX);
    });
  }
  return {
    ids,
    stories,
    urlOf: (id) => `${origin.url}/${id}`,
    change() {
      const drawn = next();
      if (drawn < 0.55) return add([pick(ids)]);
      if (drawn < 0.7) return add([...new Set([pick(ids), pick(ids)])]);
      const story = pick(stories);
      story.version += 1;
      return touch(story);
    },
    isAsked: () => asked > 0,
    [Symbol.asyncDispose]: () => origin[Symbol.asyncDispose](),
  };
}

/** Ends so that no version is the beginning of another. */
export function versionText(version: number): string {
  return `It says this in version ${version}.`;
}
