// One source, one feed, and what readers get of it, while something happens to what the service keeps.
import { type Origin, rss, startOrigin } from '../e2e/origin.ts';
import { type Service, serve, temporaryFolder } from '../e2e/tributary.ts';

/** Root's right to pass over the modes of files is taken away; the rest of it stays. */
const BOUND_BY_MODES = [
  'setpriv',
  '--bounding-set=-dac_override,-dac_read_search',
  '--inh-caps=-dac_override,-dac_read_search',
];

export interface Served {
  readonly status: number;
  readonly etag: string | null;
  readonly body: string;
}

export interface ServedItem {
  readonly id: string;
  readonly title: string;
  readonly date_published: string;
}

export interface FeedWorld extends AsyncDisposable {
  /** The source's document has so many posts from now on. */
  publish(posts: number): void;
  /** `isBoundByModes`: the modes of files hold for it, though it be root's. */
  start(
    place: { readonly store: string; readonly dataDir: string },
    options?: { readonly isBoundByModes: boolean },
  ): Promise<Service>;
}

export async function startFeedWorld(): Promise<FeedWorld> {
  const origin: Origin = await startOrigin();
  const folder = await temporaryFolder();
  return {
    publish(posts) {
      const items = Array.from({ length: posts }, (_, at) => ({
        guid: `post-${at + 1}`,
        title: `Post ${at + 1}`,
        link: `https://one.example/${at + 1}`,
        // Incompressible, so that each needs its space.
        body: Array.from({ length: 300 }, (_, word) =>
          ((at * 7919 + word * 104_729) % 900_001).toString(36),
        ).join(' '),
      }));
      origin.publish('/one', rss('one', items.reverse()));
    },
    async start({ store, dataDir }, { isBoundByModes } = { isBoundByModes: false }) {
      const config = await folder.write(
        'tributary.yaml',
        `server: { publicUrl: 'http://feeds.test/' }
network: { allow: [127.0.0.1], perHost: { gap: 0s } }
sources: [{ id: one, url: '${origin.url}/one', every: 1s }]
feeds: [{ id: all, title: All }]
`,
      );
      return serve(
        config,
        { TRIBUTARY_DATA: dataDir, TRIBUTARY_STORE: store },
        isBoundByModes && process.geteuid?.() === 0 ? BOUND_BY_MODES : [],
      );
    },
    async [Symbol.asyncDispose]() {
      await origin[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

export async function servedOf(service: Service): Promise<Served> {
  const answer = await service.get('/feeds/all.rss');
  return { status: answer.status, etag: answer.headers.get('etag'), body: await answer.text() };
}

export async function itemsOf(service: Service): Promise<readonly ServedItem[]> {
  const answer = await service.get('/feeds/all.json');
  return answer.ok ? ((await answer.json()) as { items: ServedItem[] }).items : [];
}

export const eventsOf = (service: Service, event: string) =>
  service.log().filter((line) => line.event === event);

/** Events of all lines that tell of trouble. */
export const troublesOf = (service: Service) =>
  service
    .log()
    .filter(({ level }) => level === 'warn' || level === 'error')
    .map(({ event }) => event);
