import { expect, test } from 'vitest';
import { acceptableCodings } from '../../../src/edge/serve/content-coding.ts';
import { negotiateFormat } from '../../../src/edge/serve/negotiate-format.ts';

const ALL = ['rss', 'atom', 'json', 'html'] as const;

test.each([
  // Nothing asked for in particular
  [undefined, 'rss'],
  ['', 'rss'],
  ['*/*', 'rss'],
  ['application/*', 'rss'],
  ['text/*', 'rss'],
  // One kind
  ['application/rss+xml', 'rss'],
  ['application/rdf+xml', 'rss'],
  ['application/xml', 'rss'],
  ['text/xml', 'rss'],
  ['application/atom+xml', 'atom'],
  ['Application/ATOM+XML; charset=utf-8', 'atom'],
  ['application/feed+json', 'json'],
  ['application/json', 'json'],
  ['application/json, text/plain, */*', 'json'],
  ['text/html', 'html'],
  // Browsers, old ones too
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
  ['application/xml,application/xhtml+xml,text/html;q=0.9,text/plain;q=0.8,image/png,*/*;q=0.5', 'html'],
  // Feed readers
  ['application/atom+xml,application/rss+xml;q=0.9,application/xml;q=0.8,text/html;q=0.7,*/*;q=0.5', 'atom'],
  ['text/html, application/rss+xml;q=0.1', 'rss'],
  ['application/rss+xml, application/atom+xml, application/feed+json', 'rss'],
  ['application/feed+json, application/atom+xml;q=0.9', 'json'],
  // Weights and wildcards
  ['application/rss+xml;q=0.5, application/atom+xml;q=0.6', 'atom'],
  ['application/rss+xml;q=0, */*', 'atom'],
  ['application/rss+xml;q=0, application/atom+xml;q=0, */*;q=0.1', 'json'],
  ['application/atom+xml, */*', 'atom'],
  ['application/atom+xml;q=0.5, */*', 'rss'],
  ['application/*;q=0.2, application/feed+json;q=0.3', 'json'],
  ['*/*, application/*;q=0', 'rss'],
  ['text/html;q=0, */*', 'rss'],
  ['text/html;q=0.1, */*', 'rss'],
  ['text/html, application/rss+xml;q=0', 'html'],
  ['application/json, text/html;q=0.5', 'json'],
  ['application/atom+xml;q=2', 'atom'],
  ['application/rss+xml;q=bad, application/atom+xml;q=0.1', 'atom'],
  // Nothing that we have: the default all the same
  ['image/png', 'rss'],
  ['*/*;q=0', 'rss'],
  [',,;;q=1,/', 'rss'],
])('Accept %j gets %s', (accept, format) => {
  expect(negotiateFormat(accept, ALL)).toBe(format);
});

test.each([
  [['atom', 'json'], '*/*', 'atom'],
  [['atom', 'html'], 'application/rss+xml', 'atom'],
  [['html'], 'application/rss+xml', 'html'],
  [['rss'], 'text/html', 'rss'],
  [[], '*/*', undefined],
] as const)('of %j alone, Accept %j gets %s', (available, accept, format) => {
  expect(negotiateFormat(accept, available)).toBe(format);
});

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip', 'gzip identity'],
  ['GZIP', 'gzip identity'],
  ['x-gzip', 'gzip identity'],
  ['gzip, deflate, br, zstd', 'br gzip identity'],
  ['br', 'br identity'],
  ['BR;q=1.0, gzip;q=0.8, *;q=0.1', 'br gzip identity'],
  ['br;q=0.5, gzip', 'gzip br identity'],
  ['*', 'br gzip identity'],
  ['*;q=0', 'identity'],
  ['gzip;q=0', 'identity'],
  ['gzip;q=0.000', 'identity'],
  ['gzip;q=0, *', 'br identity'],
  ['br;q=0, *', 'gzip identity'],
  ['gzip;q=0.001', 'gzip identity'],
  ['gzip; q=0.5, identity', 'identity gzip'],
  ['gzip;q=0.5, identity;q=0.5', 'gzip identity'],
  ['identity;q=0', 'identity'],
  ['identity;q=0, gzip;q=0.1', 'gzip identity'],
  ['identity, *;q=0.5', 'identity br gzip'],
  ['*, identity;q=0.5', 'br gzip identity'],
  ['gzip;q=x', 'identity'],
  ['deflate, zstd', 'identity'],
])('Accept-Encoding %j: %s', (acceptEncoding, codings) => {
  expect(acceptableCodings(acceptEncoding).join(' ')).toBe(codings);
});
