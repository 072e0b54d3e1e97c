// A feed's stories, newest first: all of them, and those of each source apart.
import type { SourceId } from '../../model/ids.ts';
import { compareNewestFirst, type Group } from './group.ts';
import { SortedList } from './sorted-list.ts';

interface Grouped {
  readonly group: Group;
}

/** A story counts for its lead's source. */
export class StoryList<S extends Grouped> {
  readonly #all = new SortedList<S>(compareStories);
  readonly #bySource = new Map<SourceId, SortedList<S>>();

  add(story: S): void {
    this.#all.add(story);
    const { id } = story.group.lead.source;
    const ofSource = this.#bySource.get(id) ?? new SortedList<S>(compareStories);
    ofSource.add(story);
    this.#bySource.set(id, ofSource);
  }

  delete(story: S): void {
    this.#all.delete(story);
    this.#bySource.get(story.group.lead.source.id)?.delete(story);
  }

  groups(): Iterable<Group> {
    return groupsOf(this.#all);
  }

  groupsBySource(): readonly Iterable<Group>[] {
    return [...this.#bySource.values()].map(groupsOf);
  }
}

function compareStories(a: Grouped, b: Grouped): number {
  return compareNewestFirst(a.group, b.group);
}

function* groupsOf(stories: Iterable<Grouped>): Generator<Group> {
  for (const { group } of stories) yield group;
}
