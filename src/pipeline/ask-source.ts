// One source is asked: at the address where it is, and where that fails at the other one that it is known by.
import type { FetchRequest } from '../edge/fetch/fetch-request.ts';
import type { Source } from '../model/config.ts';
import type { FetchOutcome, Validators } from '../model/fetch-outcome.ts';
import type { PollDeps } from './poll-deps.ts';
import type { AskedAddresses } from './poll-report.ts';
import { type AskedAddress, addressesToAsk } from './source-address.ts';

/** What a request says of what is known. */
export type KnownDocument = Required<Pick<FetchRequest, 'validators' | 'knowsEncoded'>>;

export interface Asked {
  readonly outcome: FetchOutcome;
  readonly told: AskedAddresses;
  /** Whose answer it is. */
  readonly address: AskedAddress;
  /** What was sent. */
  readonly validators: Validators;
}

type AskDeps = Pick<PollDeps, 'fetcher' | 'network' | 'signal'>;

export async function askSource(source: Source, known: KnownDocument, deps: PollDeps): Promise<Asked> {
  const poll = deps.known.pollOf(source.id);
  const [first, second] = addressesToAsk(source, poll, deps.moves, deps.now());
  const outcome = await askAt(first.feedUrl, source, known, deps);
  const asked = {
    outcome,
    told: { isConfigured: first.isConfigured, askedConfigured: first.isConfigured },
    address: first,
    validators: known.validators,
  };
  const failed = outcome.kind === 'gone' || (outcome.kind === 'failed' && outcome.error.code !== 'aborted');
  // A page is asked by who reads what its feed answered: poll-attempt.ts.
  if (second === undefined || !failed || first.foundUrl !== undefined) return asked;
  const other = await askAt(second.feedUrl, source, known, deps);
  // What is told of is the first, unless the other is there.
  const isThere = other.kind === 'fetched' || other.kind === 'notModified' || other.kind === 'sameBytes';
  if (!isThere) return { ...asked, told: { ...asked.told, askedConfigured: true } };
  const told = { isConfigured: second.isConfigured, askedConfigured: true };
  return { ...asked, outcome: other, told, address: second };
}

export function askAt(
  url: string,
  source: Source,
  { validators, knowsEncoded }: KnownDocument | { validators: Validators; knowsEncoded?: undefined },
  { fetcher, network, signal }: AskDeps,
): Promise<FetchOutcome> {
  return fetcher.fetch({
    url,
    headers: source.headers,
    validators,
    ...(knowsEncoded && { knowsEncoded }),
    timeoutMs: network.timeoutMs,
    bodyBytesMax: network.bodyBytesMax,
    urlIsSecret: source.feedUrlIsSecret,
    signal,
  });
}
