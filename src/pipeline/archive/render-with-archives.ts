// An edition's documents and what its publish seals: one needs the other, since the subscription document links to the archive
// sealed last, and what it has no room for is sealed.

import { renderArchiveListPage } from '../../core/render/archive-list-page.ts';
import { archiveListPath } from '../../core/render/document-urls.ts';
import type { SealedArchive } from '../../model/archive.ts';
import type { Edition, History, Site } from '../../model/edition.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { makeRendition } from '../make-rendition.ts';
import { type RenderedEdition, renderEdition } from '../render-edition.ts';
import type { ArchiveInput, ArchivePlan, FeedArchives } from './feed-archives.ts';

export interface RenderedWithArchives {
  /** With the page that lists the archives. */
  readonly rendered: RenderedEdition;
  readonly plan: ArchivePlan;
}

/** A link more may leave an item less room; then no more changes. */
const ROUNDS_MAX = 4;

/** Throws RenderError and StoreError: what stands then stays. */
export async function renderWithArchives(
  edition: Edition,
  archives: FeedArchives,
  changed: readonly SealedArchive[],
  input: ArchiveInput,
  inPlace: Site,
  now: Timestamp,
): Promise<RenderedWithArchives> {
  let { history } = archives;
  for (let round = 1; ; round += 1) {
    const rendered = await renderEdition({ ...edition, history }, inPlace, now);
    const plan = await archives.plan(rendered.edition, changed, input);
    if (isSame(plan.history, history) || round === ROUNDS_MAX) {
      const page = {
        path: archiveListPath(edition.feedId),
        mediaType: 'text/html; charset=utf-8',
        text: renderArchiveListPage(edition, plan.heads),
      };
      const list = await makeRendition(page, inPlace.get(page.path), now);
      return {
        rendered: {
          ...rendered,
          renditions: [...rendered.renditions, list],
          dropped: [...rendered.dropped, ...plan.dropped],
        },
        plan,
      };
    }
    history = plan.history;
  }
}

function isSame(a: History, b: History): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
