// `tributary explain`: why items are in a feed or are not, from what the store remembers; a running service need not be asked.
import { existsSync } from 'node:fs';
import { systemClock } from '../edge/ops/clock.ts';
import { redactText } from '../edge/ops/redact.ts';
import { openStore } from '../edge/store/open-store.ts';
import type { Config, MergedFeed } from '../model/config.ts';
import { secretsOf } from '../pipeline/config-secrets.ts';
import { explainFeed, explainItem } from '../pipeline/explain-feed.ts';
import type { Explanation, ItemExplanation } from '../pipeline/explanation.ts';
import { type Command, type CommandInput, EXIT, type ExitCode, UsageError } from './command.ts';
import { aboutItem, countsOf, tableOf, unknownWords } from './explain-answers.ts';
import { type PlaceOf, verdictWords } from './explain-words.ts';
import { loadKnownConfig } from './known-config.ts';

export const explainCommand: Command = {
  name: 'explain',
  usage: 'explain FEED [URL-or-id] [--json]',
  summary: 'tells why items are in a feed or not',
  details: `FEED is the id of a feed. Without an item: every item that its sources are known to have, those in the feed
first, each with the reason, and counts at the end. URL-or-id is the id that an item is published under, its
publisher's own id, the address of its page, or a part of one: then all that is known about that item.
What is told is how the feed would be published now. Reads the store, and writes nothing.

  --json  for programs`,
  examples: [
    'tributary explain city',
    'tributary explain city https://harbour.example/2026/ferry',
    `tributary explain city --json | jq '.items[] | select(.verdict.kind == "filtered")'`,
  ],
  options: { json: { type: 'boolean' } },
  operandsMax: 2,
  async run(input) {
    const { configFile, operands, terminal } = input;
    const [feedName = '', itemName] = operands.map((operand) => operand.trim());
    if (itemName === '') throw new UsageError('say which item: its id or the address of its page');
    const config = await loadKnownConfig(configFile, terminal);
    const feed = feedOf(feedName, config);
    if (config.store === 'memory:')
      throw new UsageError(
        'store: memory: keeps nothing that could be read from here; set `store` to sqlite:FILE to have it explained',
      );
    const file = config.store.startsWith('sqlite:') ? config.store.slice('sqlite:'.length) : undefined;
    if (file !== undefined && !existsSync(file)) {
      terminal.stderr.write(
        `there is no store at ${file} yet, so no item is known: start the service first, or see that --config names its configuration\n`,
      );
      return EXIT.failed;
    }
    return itemName === undefined
      ? explainAll(input, config, feed)
      : explainOne(input, config, feed, itemName);
  },
};

function feedOf(name: string, { feeds }: Config): MergedFeed {
  const found = feeds.find(({ id }) => id === name);
  if (found !== undefined) return found;
  const known = feeds.map(({ id }) => id).join(', ');
  throw new UsageError(name === '' ? `say which feed: ${known}` : `no feed is called ${name}: ${known}`);
}

async function explainAll(input: CommandInput, config: Config, feed: MergedFeed): Promise<ExitCode> {
  const store = await openStore(config.store);
  try {
    const explanation = await explainFeed(store, config, feed, systemClock.now());
    const placeOf = placesIn(input);
    print(
      input,
      config,
      () => tableOf(explanation, placeOf),
      () => plainExplanation(explanation, placeOf),
    );
    return EXIT.done;
  } finally {
    await store.close();
  }
}

async function explainOne(
  input: CommandInput,
  config: Config,
  feed: MergedFeed,
  name: string,
): Promise<ExitCode> {
  const store = await openStore(config.store);
  try {
    const named = await explainItem(store, config, feed, systemClock.now(), name);
    const placeOf = placesIn(input);
    const { explanation, found, near } = named;
    const asJson = () => ({
      ...plainExplanation({ ...explanation, items: found }, placeOf),
      name,
      near: near.map(({ publishedId, title, sourceId }) => ({ publishedId, title, sourceId })),
    });
    const isKnown = found.length > 0;
    if (isKnown || input.options['json'] === true)
      print(input, config, () => `${found.map((item) => aboutItem(item, placeOf)).join('\n\n')}\n`, asJson);
    else input.terminal.stderr.write(`${redactText(unknownWords(name, named, config), secretsOf(config))}\n`);
    return isKnown ? EXIT.done : EXIT.failed;
  } finally {
    await store.close();
  }
}

/** As the file was named. */
function placesIn({ configFile }: CommandInput): PlaceOf {
  return (line) => (line === undefined ? 'by default' : `${configFile}:${line}`);
}

function print(input: CommandInput, config: Config, text: () => string, json: () => object): void {
  const said = input.options['json'] === true ? `${JSON.stringify(json(), null, 2)}\n` : text();
  input.terminal.stdout.write(redactText(said, secretsOf(config)));
}

function plainExplanation(explanation: Explanation, placeOf: PlaceOf) {
  const { feedId: feed, items, ...rest } = explanation;
  const told = (item: ItemExplanation) => ({ ...item, words: verdictWords(item.verdict, placeOf) });
  return { feed, ...rest, counts: countsOf(items), items: items.map(told) };
}
