// A form, or JSON, sent by POST: what hubs are asked with, and who is told of alerts. Under the guard, the deadline and the bounds of a poll. RFC 9110, section 9.3.3.
import type { FetchError } from '../../model/fetch-outcome.ts';
import type { Connections } from './connections.ts';
import type { Deadline } from './deadline.ts';
import { exchange, type HeaderValue } from './exchange.ts';
import { FetchProblem, printableUrl } from './fetch-problem.ts';
import { checkTarget, redirectTarget, withoutSecrets } from './redirect.ts';

export type PostRequest = PostTarget & (PostedForm | PostedJson);

interface PostedForm {
  readonly form: Readonly<Record<string, string>>;
}

interface PostedJson {
  readonly json: string;
  /** Lower-case names; sent to the origin of `url` alone. */
  readonly headers: Readonly<Record<string, string>>;
}

interface PostTarget {
  /** http or https; userinfo in it is not sent. */
  readonly url: string;
  /** For everything: name, connection, redirects and the answer's header. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export type PostOutcome =
  /** Any status but redirects that can be followed. `retryAfter` is the header as sent. */
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter: string | undefined }
  /** No answer, or a redirect that is not followed. The message names the host and nothing of the form. */
  | { readonly kind: 'failed'; readonly error: FetchError };

export interface PostDeps {
  readonly deadline: Deadline;
  readonly connections: Connections;
  readonly userAgent: string;
}

/** Hops that one request follows: 307 and 308 alone keep the method (RFC 9110, sections 15.4.8 and 15.4.9). */
const HOPS_MAX = 3;

/** Never rejects. Redirects are followed where they keep method and secrecy: never from https to http. */
export async function postForm(request: PostRequest, deps: PostDeps): Promise<PostOutcome> {
  let url = URL.parse(request.url);
  if (url === null) return failed(new FetchProblem('bad-url', 'the address cannot be read'));
  url = withoutSecrets(url);
  try {
    for (let hop = 0; ; hop += 1) {
      const { status, headers } = await send(url, request, deps);
      if (status !== 307 && status !== 308)
        return { kind: 'answered', status, retryAfter: single(headers['retry-after']) };
      if (hop === HOPS_MAX) throw new FetchProblem('too-many-redirects', `more than ${HOPS_MAX} redirects`);
      const target = redirectTarget(headers['location'], url);
      if (url.protocol === 'https:' && target.protocol !== 'https:')
        throw new FetchProblem(
          'bad-redirect',
          'the answer redirects from https to http: that is not followed',
        );
      url = target;
    }
  } catch (error) {
    return failed(error, url);
  }
}

function send(url: URL, request: PostRequest, { connections, deadline, userAgent }: PostDeps) {
  checkTarget(url);
  const isFirstOrigin = URL.parse(request.url)?.origin === url.origin;
  return exchange(connections, {
    url,
    headers: {
      'user-agent': userAgent,
      accept: '*/*',
      ...('json' in request && isFirstOrigin && request.headers),
      'content-type': 'json' in request ? 'application/json' : 'application/x-www-form-urlencoded',
    },
    content: 'json' in request ? request.json : new URLSearchParams(request.form).toString(),
    bodyBytesMax: 0,
    signal: deadline.signal,
  });
}

function single(value: HeaderValue | undefined): string | undefined {
  const text = typeof value === 'string' ? value : value?.[0];
  return text !== undefined && text.length <= 128 ? text : undefined;
}

function failed(error: unknown, url?: URL): PostOutcome {
  const problem =
    error instanceof FetchProblem ? error : new FetchProblem('bad-response', 'the answer could not be read');
  const place = url === undefined ? '' : `${printableUrl(url, true)}: `;
  return { kind: 'failed', error: { code: problem.code, message: `${place}${problem.message}` } };
}
