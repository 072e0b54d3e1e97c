// What publishers took back, remembered beside the store: by source, from the disk at the start and from every record since.
import type { Source } from '../model/config.ts';
import type { SourceId } from '../model/ids.ts';
import type { RememberedTombstone, SourceRecord, SourceTombstones } from '../model/records.ts';

export interface TombstoneShelf {
  of(source: Source): readonly RememberedTombstone[];
  /** The same list as long as nothing of it changes. */
  all(): readonly SourceTombstones[];
  put(record: SourceRecord): void;
}

/** `sources`: those of the configuration. What was remembered of others goes. */
export function createTombstoneShelf(
  kept: readonly SourceTombstones[],
  sources: readonly Source[],
): TombstoneShelf {
  const isConfigured = ({ sourceId, address }: SourceTombstones) =>
    sources.some((source) => source.id === sourceId || source.address === address);
  let all = kept.every(isConfigured) ? kept : kept.filter(isConfigured);
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
  };
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
