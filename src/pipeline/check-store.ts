// A look through a whole store and the documents in dataDir. Nothing is changed.
import type { StoreContents } from '../edge/store/contents.ts';
import type { LoadedDocuments } from '../edge/store/last-known-good.ts';
import type { Config } from '../model/config.ts';
import type { EditionRecord } from '../model/edition-record.ts';
import { StoreError } from '../model/errors.ts';
import { type Finding, Findings } from './store-findings.ts';
import { StoreSurvey } from './store-survey.ts';

export interface StoreReport {
  /** Records that are whole, by the name of their kind. */
  readonly records: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
  /** There are no problems among them. */
  readonly isWhole: boolean;
}

/** `open`, `readDisk`: where one throws a StoreError, that is the finding. `step`: after each entry. */
export async function checkWholeStore(
  open: () => Promise<StoreContents>,
  config: Config,
  readDisk: () => Promise<LoadedDocuments>,
  begin: (total: number) => { readonly step: () => void },
): Promise<StoreReport> {
  const findings = new Findings();
  const survey = new StoreSurvey(findings);
  try {
    const disk = await readDisk();
    for (const problem of disk.problems) findings.add('damaged-document', problem);
    for (const { feedId } of disk.editions)
      if (!config.feeds.some((feed) => feed.id === feedId))
        findings.add('absent-feed', `documents of feed ${feedId} in dataDir`);
    const contents = await open();
    try {
      await look(contents, survey, begin);
    } finally {
      await contents.close();
    }
    compareWithConfig(survey, config);
    compareWithDisk(survey, disk);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    findings.add(error.code, 'the store', error.message);
  }
  const all = findings.all();
  return {
    records: Object.fromEntries(survey.counts),
    findings: all,
    isWhole: !all.some((finding) => finding.isProblem),
  };
}

async function look(
  contents: StoreContents,
  survey: StoreSurvey,
  begin: (total: number) => { readonly step: () => void },
): Promise<void> {
  for (const finding of contents.damage()) survey.findings.add('damaged-file', 'the database', finding);
  for (let entry = 0; entry < contents.expired; entry += 1)
    survey.findings.add('expired-entry', 'the database');
  const { step } = begin(contents.total);
  for await (const entry of contents.entries()) {
    await survey.add(entry);
    step();
  }
  survey.end();
}

function compareWithConfig({ sourceIds, subscriptionIds, editions, findings }: StoreSurvey, config: Config) {
  const configured = new Set<string>(config.sources.map(({ id }) => id));
  for (const id of sourceIds) if (!configured.has(id)) findings.add('absent-source', `source:${id}`);
  for (const id of subscriptionIds)
    if (!configured.has(id) && !sourceIds.has(id))
      findings.add('subscription-without-source', `subscription:${id}`);
  for (const id of editions.keys())
    if (!config.feeds.some((feed) => feed.id === id)) findings.add('absent-feed', `edition:${id}`);
}

function compareWithDisk({ editions, findings }: StoreSurvey, disk: LoadedDocuments): void {
  for (const kept of disk.editions) {
    const stored = editions.get(kept.feedId);
    const at = `edition:${kept.feedId}`;
    if (stored === undefined) findings.add('kept-on-disk-alone', at);
    else if (stored.revision > kept.revision)
      findings.add('unpublished-edition', at, revisions(stored, kept));
    else if (stored.revision < kept.revision) findings.add('older-than-disk', at, revisions(stored, kept));
    else if (idsOf(stored) !== idsOf(kept)) findings.add('edition-differs', at, revisions(stored, kept));
  }
}

function revisions(stored: EditionRecord, kept: EditionRecord): string {
  return `revision ${stored.revision} in the store, ${kept.revision} in dataDir`;
}

function idsOf({ items }: EditionRecord): string {
  return JSON.stringify(items.map(({ publishedId, firstSeenAt }) => [publishedId, firstSeenAt]));
}
