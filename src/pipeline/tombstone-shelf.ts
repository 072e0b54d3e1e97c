// What publishers took back, remembered beside the store: by source, from the disk at the start and from every record since.
import type { Source } from '../model/config.ts';
import type { SourceId } from '../model/ids.ts';
import type { SourceRecord } from '../model/source-record.ts';
import type { RememberedTombstone, SourceTombstones } from '../model/withdrawal.ts';

export interface TombstoneShelf {
  of(source: Source): readonly RememberedTombstone[];
  /** The same list as long as nothing of it changes. */
  all(): readonly SourceTombstones[];
  put(record: SourceRecord): void;
  /** The configuration has other sources now. */
  follow(sources: readonly Source[]): void;
}

/** `sources`: those of the configuration. What was remembered of others goes. */
export function createTombstoneShelf(
  kept: readonly SourceTombstones[],
  sources: readonly Source[],
): TombstoneShelf {
  let all = ofThese(kept, sources);
  const bySource = new Map<SourceId, SourceTombstones>(all.map((each) => [each.sourceId, each]));
  return {
    // A source with a new id in the configuration is known by its address.
    of: (source) =>
      (bySource.get(source.id) ?? all.find((each) => each.address === source.address))?.tombstones ?? [],
    all: () => all,
    put({ sourceId, address, tombstones = [] }) {
      const before = bySource.get(sourceId);
      if (before === undefined ? tombstones.length === 0 : isSame(before, address, tombstones)) return;
      bySource.set(sourceId, { sourceId, address, tombstones });
      all = [...bySource.values()];
    },
    follow(next) {
      const staying = ofThese(all, next);
      if (staying === all) return;
      all = staying;
      bySource.clear();
      for (const each of staying) bySource.set(each.sourceId, each);
    },
  };
}

/** The same list where all stay. */
function ofThese(kept: readonly SourceTombstones[], sources: readonly Source[]): readonly SourceTombstones[] {
  const names = new Set<string>(sources.flatMap((source) => [source.id, source.address]));
  const isOfThese = ({ sourceId, address }: SourceTombstones) => names.has(sourceId) || names.has(address);
  return kept.every(isOfThese) ? kept : kept.filter(isOfThese);
}

function isSame(
  before: SourceTombstones,
  address: string,
  tombstones: readonly RememberedTombstone[],
): boolean {
  return (
    before.address === address &&
    (before.tombstones === tombstones || JSON.stringify(before.tombstones) === JSON.stringify(tombstones))
  );
}
