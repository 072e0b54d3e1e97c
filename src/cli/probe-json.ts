// What `probe` found, for programs.
import type { Probe } from '../pipeline/probe-address.ts';

/** `redact` goes over every text but the YAML, which names variables in place of secrets. */
export function probeJson(
  { address, page, failure, tried, left, requests, best }: Probe,
  redact: (text: string) => string,
): string {
  const data = {
    address,
    page: page === undefined ? null : { url: page.url, title: page.title ?? null },
    failure: failure === undefined ? null : { reason: failure.reason, message: failure.message },
    requests,
    candidates: tried.map(({ url, by, title, isComments, found, sameAs, failure: why }) => ({
      url,
      by,
      title: title ?? null,
      isComments,
      sameAs: sameAs ?? null,
      feed:
        found === undefined
          ? null
          : {
              format: found.feed.format,
              title: found.feed.title ?? null,
              items: found.feed.items.length,
              latest:
                found.feed.items
                  .map(({ publishedAt }) => publishedAt ?? '')
                  .sort()
                  .at(-1) || null,
            },
      failure: why === undefined ? null : { reason: why.reason, message: why.message },
    })),
    notTried: left.map(({ url }) => url),
    best: best === undefined ? null : bestJson(best),
  };
  const redacted = (name: string, value: unknown) =>
    typeof value === 'string' && name !== 'yaml' ? redact(value) : value;
  return `${JSON.stringify(data, redacted, 2)}\n`;
}

function bestJson({ candidate, written, preview, configuredAs }: NonNullable<Probe['best']>) {
  const { record, report, poll, credit, items } = preview;
  const { id, yaml, env } = written;
  return {
    url: candidate.url,
    id,
    yaml,
    variables: Object.keys(env),
    configuredAs: configuredAs ?? null,
    title: record?.feed?.title ?? null,
    siteUrl: record?.feed?.siteUrl ?? null,
    language: record?.feed?.language ?? null,
    format: record?.feed?.format ?? null,
    notes: report.notes,
    latest: items.slice(0, 10).map((item) => ({
      id: item.id,
      title: item.title,
      url: item.permalink ?? null,
      publishedAt: item.publishedAt,
      shown: item.shown ?? null,
      note: item.note?.text ?? null,
    })),
    rights:
      credit === undefined
        ? null
        : { text: credit.rights ?? null, licenses: credit.licenses, terms: credit.terms },
    shown: credit?.feeds[0]?.decision ?? null,
    poll:
      poll === undefined
        ? null
        : { nextPoll: poll.nextPollAt, why: poll.why ?? null, intervalMs: poll.intervalMs ?? null },
    hubs: record?.push?.hubUrls ?? [],
  };
}
