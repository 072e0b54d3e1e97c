// The formats that an edition is published in. A new one is a file and a line here.
import type { Edition, OutputFormat } from '../../model/edition.ts';
import { renderFeedPage } from './feed-page.ts';
import { MergedFeedDocument } from './merged-feed-document.ts';

export interface OutputWriter {
  readonly format: OutputFormat;
  /** Of the file's name and the address: `feeds/ID.EXTENSION`. */
  readonly extension: OutputFormat;
  /** As HTTP sends it. */
  readonly mediaType: string;
  /** The whole document: the same edition gives the same text on any machine. */
  readonly render: (edition: Edition) => string;
}

export const OUTPUT_FORMATS: readonly OutputWriter[] = [
  {
    format: 'rss',
    extension: 'rss',
    mediaType: 'application/rss+xml; charset=utf-8',
    render: (edition) => new MergedFeedDocument(edition).rss2(),
  },
  {
    format: 'atom',
    extension: 'atom',
    mediaType: 'application/atom+xml; charset=utf-8',
    render: (edition) => new MergedFeedDocument(edition).atom1(),
  },
  {
    format: 'json',
    extension: 'json',
    mediaType: 'application/feed+json; charset=utf-8',
    render: (edition) => new MergedFeedDocument(edition).json1(),
  },
  { format: 'html', extension: 'html', mediaType: 'text/html; charset=utf-8', render: renderFeedPage },
];
