// Kills the program again and again over forty changing sources, on one store, and looks each time at what it left behind; at the
// end every story is there once, in its latest version, under the id and date that it always had. Throws where something is not so.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '../../e2e/tributary.ts';
import { startChangingSources, versionText } from './changing-sources.ts';
import { type KeptItem, readKeptFeed } from './kept-documents.ts';
import { agreesWithStore, withKeptStore } from './kept-store.ts';
import { type Moment, momentsOf, PHASES, phasesUnderWay } from './phases.ts';
import { type Program, startProgram, waitMs } from './program.ts';
import { random } from './random.ts';

/** One shows all, the other the newest of half of the sources: what stands in it comes and goes. */
const FEEDS = ['all', 'half'] as const;
const STARTS_IN_MS = 1000;
/** Of serving; what has not come by then is not waited for: the kill falls where it falls. */
const LIFE_MS_MAX = 4000;
/** Of a busy machine. */
const PEACE_MS_MAX = 180_000;
/** Letters of marks (phases.ts): something began, or is over. */
const AIMS = 'OPXEWoFRpeXwDxfXr';
/** There are many of these in a life; once opened, the others come once with each publishing. */
const OFTEN = 'PpWwFf';
const SHARE_OF_AIMED = 0.7;
/** Of those that serve, so many are asked to stop. */
const SHARE_OF_STOPS = 0.25;
/** About. */
const DRAINED_IN_MS = 60;

export interface KillOptions {
  readonly kills: number;
  /** Of what happens and of where the kills are aimed; where they fall depends on the machine. */
  readonly seed: number;
  /** Address of a store that nothing else uses; without one, a database beside the documents. */
  readonly store?: string | undefined;
  readonly onKill?: (kill: number, moments: readonly Moment[]) => void;
}

export interface KillReport {
  readonly stories: number;
  /** How many kills fell into each; two things may be under way at once. */
  readonly moments: ReadonlyMap<Moment, number>;
}

export async function killLoop(options: KillOptions): Promise<KillReport> {
  const { kills, seed } = options;
  const next = random(seed);
  await using folder = await temporaryFolder();
  await using sources = await startChangingSources(random(seed + 1));
  const dataDir = folder.file('data');
  const store = options.store ?? `sqlite:${folder.file('tributary.db')}`;
  const config = await folder.write('tributary.yaml', configOf(sources));
  const env = { TRIBUTARY_DATA: dataDir, TRIBUTARY_STORE: store, NODE_COMPILE_CACHE: folder.file('cache') };
  const moments = new Map<Moment, number>();
  const remembered = createMemory();
  let startsInMs = STARTS_IN_MS;

  /** What stands on disk and in the store, whatever was torn. */
  async function inspect(): Promise<void> {
    const kept = await Promise.all(FEEDS.map((feed) => readKeptFeed(dataDir, feed)));
    for (const [place, feed] of FEEDS.entries()) remembered.see(feed, kept[place]?.items ?? []);
    const editions = kept.flatMap((one) => (one === undefined ? [] : [one.edition]));
    await withKeptStore(store, (opened) => agreesWithStore(opened, sources.ids, editions));
  }

  /** Until every story is there in its latest version; ends it as an operator would. */
  async function liveInPeace(): Promise<void> {
    const program = startProgram(config, env);
    const startMs = performance.now();
    const url = await program.started;
    assert.ok(url !== undefined, `it starts: ${JSON.stringify(program.log())}`);
    startsInMs = performance.now() - startMs;
    const missing = async () => {
      const versions = new Map((await itemsAt(url)).map(({ title, content_html: text }) => [title, text]));
      return sources.stories.filter(
        ({ title, version }) => !versions.get(title)?.includes(versionText(version)),
      );
    };
    const endMs = performance.now() + PEACE_MS_MAX;
    for (let left = await missing(); left.length > 0; left = await missing()) {
      const asked = new Set(left.flatMap((story) => story.sources));
      const polls = program.log().filter(({ source }) => asked.has(String(source)));
      if (performance.now() > endMs) assert.fail(`never shown: ${JSON.stringify({ left, polls })}`);
      await sleep(50);
    }
    program.kill('SIGTERM');
    assert.equal((await program.ended).code, 0, 'it ends well');
    noStoreWasLost(program);
    await inspect();
    const titles = (await readKeptFeed(dataDir, 'all'))?.items.map(({ title }) => title) ?? [];
    assert.deepEqual(titles.sort(), sources.stories.map(({ title }) => title).sort(), 'every story once');
  }

  async function liveUntilKilled(kill: number): Promise<void> {
    for (let changes = next() * 4; changes > 0; changes -= 1) sources.change();
    const aim = drawAim(kill, next, startsInMs);
    const diesAt = aim.byOwnHand && aim.mark ? `${aim.mark.letter}${aim.mark.times}` : '';
    const program = startProgram(config, { ...env, TRIBUTARY_TEST_DIES_AT: diesAt });
    const startMs = performance.now();
    const served = program.started.then(async (url) => {
      if (url === undefined) return [];
      startsInMs = (3 * startsInMs + performance.now() - startMs) / 4;
      return itemsAt(url).catch(() => []);
    });
    const changing = setInterval(() => sources.change(), 100 + next() * 400);
    await momentToKill(program, aim);
    const isPolling = sources.isAsked();
    const isServing = program.marks().includes(PHASES.serving);
    const isAskedToStop = next() < SHARE_OF_STOPS && isServing && !aim.byOwnHand;
    if (isAskedToStop) program.kill('SIGTERM');
    // Every other one is killed while it drains.
    const isKilled = !isAskedToStop || next() < 0.5;
    if (isAskedToStop && isKilled) await waitMs(next() * DRAINED_IN_MS);
    if (isKilled) program.kill('SIGKILL');
    clearInterval(changing);
    const { code } = await program.ended;
    noStoreWasLost(program);
    if (!isKilled) endsWhole(program, code);
    const items = await served;
    if (items.length > 0) remembered.see('all', items);
    const fellInto: readonly Moment[] = isAskedToStop
      ? [isKilled ? 'draining' : 'stopped by SIGTERM']
      : momentsOf(program.marks(), isPolling, program.marks().at(-1) === diesAt[0]);
    for (const moment of fellInto) moments.set(moment, (moments.get(moment) ?? 0) + 1);
    await inspect();
    options.onKill?.(kill, fellInto);
  }

  await liveInPeace();
  for (let kill = 1; kill <= kills; kill++) await liveUntilKilled(kill);
  await liveInPeace();
  return { stories: sources.stories.length, moments };
}

function configOf(sources: { readonly ids: readonly string[]; urlOf(id: string): string }): string {
  const half = sources.ids.filter((_, place) => place % 2 === 0);
  return `server: { host: 127.0.0.1, port: 0, publicUrl: 'http://feeds.example/' }
network: { allow: [127.0.0.1], perHost: { concurrency: 8, gap: 0s } }
sources:
${sources.ids.map((id) => `  - { id: ${id}, url: '${sources.urlOf(id)}', every: 1s }`).join('\n')}
feeds:
  - { id: all, title: All, limit: 10000 }
  - { id: half, title: Half, limit: 20, sources: [${half.join(', ')}] }
`;
}

async function itemsAt(url: string): Promise<readonly KeptItem[]> {
  const answer = await fetch(`${url}/feeds/all.json`);
  return answer.ok ? ((await answer.json()) as { items: KeptItem[] }).items : [];
}

/** What a kill is aimed at. */
interface Aim {
  /** A mark, and how often it is to be told before; undefined: any moment of the first seconds. */
  readonly mark: { readonly letter: string; readonly times: number } | undefined;
  /** At the mark itself, where nothing else can come in between; otherwise soon after it. */
  readonly byOwnHand: boolean;
  readonly delayMs: number;
}

function drawAim(kill: number, next: () => number, startsInMs: number): Aim {
  if (next() >= SHARE_OF_AIMED)
    return { mark: undefined, byOwnHand: false, delayMs: next() * (2 * startsInMs + 300) };
  // One after the other, so that few kills miss none of them by chance.
  const letter = AIMS[kill % AIMS.length] ?? 'R';
  const timesMax = letter.toLowerCase() === 'o' ? 1 : OFTEN.includes(letter) ? 10 : 3;
  const times = 1 + Math.floor(next() * timesMax);
  // Most of the delays are below a millisecond, few much longer.
  return { mark: { letter, times }, byOwnHand: next() < 0.5, delayMs: next() ** 3 * 20 };
}

/** Resolves when it is to be killed, or is dead. */
async function momentToKill(program: Program, { mark, byOwnHand, delayMs }: Aim): Promise<void> {
  if (mark === undefined) return void (await Promise.race([waitMs(delayMs), program.ended]));
  let { times } = mark;
  const told = new Promise<void>((resolve) => {
    program.onMark((letter) => {
      if (letter !== mark.letter) return;
      times -= 1;
      if (times === 0 && !byOwnHand) resolve();
    });
  });
  const late = new AbortController();
  const tooLate = program.started
    .then(() => sleep(LIFE_MS_MAX, undefined, { signal: late.signal }))
    .catch(() => undefined);
  await Promise.race([told, tooLate, program.ended]);
  late.abort();
  await waitMs(delayMs);
}

/** What it had begun is done: it ended itself. */
function endsWhole(program: Program, code: number | null): void {
  assert.equal(code, 0, 'SIGTERM ends it well');
  assert.deepEqual(phasesUnderWay(program.marks()), [], 'what it had begun is done');
}

/** A store that does not open, or is damaged, would be told. */
function noStoreWasLost(program: Program): void {
  const troubles = program.log().filter(({ level }) => level === 'error' || level === 'warn');
  assert.deepEqual(troubles, [], 'nothing is wrong with what it finds');
}

/** Ids and dates that were seen once, by feed and story. */
function createMemory() {
  const seen = new Map<string, string>();
  let most: ReadonlySet<string> = new Set();
  return {
    see(feed: string, items: readonly KeptItem[]): void {
      const titles = new Set(items.map(({ title }) => title));
      assert.equal(titles.size, items.length, `${feed} has no story twice`);
      assert.equal(new Set(items.map(({ id }) => id)).size, items.length, `${feed} has no id twice`);
      for (const { id, title, date_published: date } of items) {
        const name = `${feed} ${title}`;
        assert.equal(seen.get(name) ?? `${id} ${date}`, `${id} ${date}`, `${name} keeps its id and date`);
        seen.set(name, `${id} ${date}`);
      }
      if (feed !== 'all') return;
      assert.deepEqual([...most.difference(titles)], [], 'what was once published stays');
      most = titles;
    },
  };
}
