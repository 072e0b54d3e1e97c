// A feed's stories, kept as copies come and go: what a change touches is worked out anew, nothing else. What comes of it is
// what grouping, leadership and ids give over all copies at once; a test holds the two against each other.
import type { DuplicateRule } from '../../model/config.ts';
import type { ItemHash, PublishedId } from '../../model/ids.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { type Group, groupCopies, groupOf } from './group.ts';
import { IdBook } from './id-book.ts';
import {
  compareLeadership,
  decidingRule,
  holderOfId,
  isAtHome,
  type LeadershipRule,
  type Standing,
  standsWith,
} from './leadership.ts';
import type { Cluster, Merged, MergeWork } from './merged.ts';
import { Neighbours } from './neighbours.ts';
import type { Copy } from './order.ts';
import { type AssignedId, type PublishedBefore, PublishedIds } from './published-ids.ts';
import { ReadCycles } from './read-cycles.ts';
import { StoryList } from './story-list.ts';
import { cutWindow, type JudgedGroup, judgeWindow, type WindowLimits } from './window.ts';

interface Member extends Standing {
  seenAt: Timestamp;
  atHome: boolean;
  readonly mayBeAtHome: boolean;
  story: Story | undefined;
}

interface Story {
  readonly group: Group;
  readonly lead: Member;
  assigned: AssignedId | undefined;
}

export class FeedMerger {
  readonly #rules: ReadonlySet<DuplicateRule>;
  readonly #members: Neighbours<Member>;
  readonly #stories = new StoryList<Story>();
  readonly #ids = new IdBook<Story>();
  readonly #cycles = new ReadCycles();
  #published = new PublishedIds(undefined);
  readonly #touched = new Set<Member>();
  readonly #touchedIds = new Set<string>();
  readonly #touchedPages = new Set<string>();

  constructor(duplicates: readonly DuplicateRule[]) {
    this.#rules = new Set(duplicates);
    this.#members = new Neighbours(this.#rules);
  }

  /** How many copies there are. */
  get size(): number {
    return this.#members.size;
  }

  copyOf(hash: ItemHash): Copy | undefined {
    return this.#members.get(hash)?.copy;
  }

  /** By which rule the copy that leads goes before another. */
  ruleBetween(lead: Copy, other: Copy): LeadershipRule {
    return decidingRule(this.#memberOf(lead), this.#memberOf(other));
  }

  /** A copy is new, or says something else. Those that it is near to stay so: see `unlink`. */
  put(copy: Copy): void {
    this.#takeOut(copy.entry.hash);
    const member: Member = {
      copy,
      seenAt: copy.entry.firstSeenAt,
      atHome: false,
      mayBeAtHome: isAtHome(copy),
      story: undefined,
    };
    this.#members.add(member);
    this.#cycles.add(copy);
    this.#touch(member);
  }

  remove(hash: ItemHash): void {
    this.#takeOut(hash);
    this.#members.pairs.unlink(hash);
  }

  /** A copy stands in no story any more; what it is near to stays known. */
  setAside(hash: ItemHash): void {
    this.#takeOut(hash);
  }

  /** Those that say nearly the same, in a story or not. */
  nearTo(hash: ItemHash): Iterable<ItemHash> {
    return this.#members.pairs.of(hash).keys();
  }

  /** Two copies say nearly the same; `nearness`: 0 to 1. */
  link(a: ItemHash, b: ItemHash, nearness: number): void {
    this.#members.pairs.link(a, b, nearness);
    for (const hash of [a, b]) {
      const member = this.#members.get(hash);
      if (member !== undefined) this.#touch(member);
    }
  }

  /** What a copy says has changed: it is near to nobody any more. */
  unlink(hash: ItemHash): void {
    const member = this.#members.get(hash);
    if (member !== undefined) {
      for (const near of this.#members.near(hash)) this.#touch(near);
      this.#touch(member);
    }
    this.#members.pairs.unlink(hash);
  }

  #takeOut(hash: ItemHash): void {
    const member = this.#members.get(hash);
    if (member === undefined) return;
    const { guidUri, canonicalUrl } = member.copy.entry;
    for (const near of this.#members.near(hash)) this.#touch(near);
    this.#dissolve(member.story);
    this.#members.delete(member);
    this.#cycles.delete(member.copy);
    this.#touched.delete(member);
    if (guidUri !== undefined) this.#touchedIds.add(guidUri);
    if (canonicalUrl !== undefined) this.#touchedPages.add(canonicalUrl);
  }

  /** What was published: its ids stay. */
  remember(previous: PublishedBefore | undefined): void {
    const published = new PublishedIds(previous);
    for (const hash of published.differences(this.#published)) {
      const story = this.#members.get(hash)?.story;
      if (story !== undefined) this.#ids.ask(story);
    }
    this.#published = published;
  }

  /** Works out what the changes since the last time come to. */
  settle(): MergeWork {
    const steps = this.settleInSteps(Number.POSITIVE_INFINITY);
    for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
  }

  /** The same with pauses, after so many copies and what hangs together with them. In between nothing else may be asked of it. */
  *settleInSteps(copiesAtOnce: number): Generator<void, MergeWork> {
    this.#recountCycles();
    for (const member of this.#touched) this.#place(member);
    this.#touchSharers();
    let [copies, ids] = [0, 0];
    do {
      copies += this.#regroup(copiesAtOnce);
      ids += this.#ids.settle(this.#published);
      yield;
    } while (this.#touched.size > 0);
    return { copies, ids };
  }

  /** The feed as it stands when all is settled. Reads no further down than it reaches. */
  window(limits: WindowLimits, now: Timestamp): Merged {
    const { shown, nextChangeAt } = cutWindow(
      this.#stories.groups(),
      limits,
      now,
      this.#stories.groupsBySource(),
    );
    return { clusters: shown.map((group) => this.#clusterOf(group)), nextChangeAt };
  }

  /** Of the story that the copy is part of, as it was last settled. */
  idOf(hash: ItemHash): PublishedId | undefined {
    return this.#members.get(hash)?.story?.assigned?.id;
  }

  /** Every story, in the feed or not, and why; newest first. */
  judged(limits: WindowLimits, now: Timestamp): readonly JudgedGroup<Cluster>[] {
    const all = [...this.#stories.groups()].map((group) => this.#clusterOf(group));
    return judgeWindow(all, limits, now);
  }

  #clusterOf(group: Group): Cluster {
    const story = this.#members.get(group.lead.entry.hash)?.story;
    return { ...group, publishedId: story?.assigned?.id as PublishedId };
  }

  /** Only where the start of a cycle moved all copies are asked. */
  #recountCycles(): void {
    if (!this.#cycles.recount()) return;
    for (const member of this.#members.all()) {
      if (this.#cycles.seenAt(member.copy) !== member.seenAt) this.#touch(member);
    }
  }

  #touch(member: Member): void {
    this.#touched.add(member);
    const { guidUri } = member.copy.entry;
    if (guidUri !== undefined) this.#touchedIds.add(guidUri);
  }

  /** Those who have an id or a page that came, changed or went. */
  #touchSharers(): void {
    for (const guidUri of this.#touchedIds) {
      const sharers = this.#members.withId(guidUri);
      this.#standAnew(sharers);
      if (this.#rules.has('id')) for (const member of sharers) this.#touched.add(member);
    }
    this.#touchedIds.clear();
    for (const page of this.#rules.has('url') ? this.#touchedPages : [])
      for (const member of this.#members.withPage(page)) this.#touched.add(member);
    this.#touchedPages.clear();
  }

  #place(member: Member): void {
    member.seenAt = this.#cycles.seenAt(member.copy);
    if (member.copy.entry.guidUri === undefined) member.atHome = member.mayBeAtHome;
  }

  /** Of all copies with one id. */
  #standAnew(sharers: readonly Member[]): void {
    const holder = sharers.length > 1 ? holderOfId(sharers) : undefined;
    for (const member of sharers) {
      const atHome = member.mayBeAtHome && standsWith(member.copy, holder);
      if (atHome !== member.atHome) this.#touched.add(member);
      member.atHome = atHome;
    }
  }

  #regroup(touchedMax: number): number {
    const reached = this.#members.connectedTo(this.#touched.values().take(touchedMax));
    const crowd: Member[] = [];
    for (const member of reached) {
      this.#touched.delete(member);
      this.#dissolve(member.story);
      if (this.#members.isAlone(member)) this.#found(groupOf(member));
      else crowd.push(member);
    }
    const ranked = crowd.sort(compareLeadership);
    for (const group of groupCopies(ranked, this.#rules, this.#members.pairs)) this.#found(group);
    return reached.size;
  }

  #found(group: Group): void {
    const story: Story = { group, lead: this.#memberOf(group.lead), assigned: undefined };
    story.lead.story = story;
    for (const other of group.others) this.#memberOf(other).story = story;
    this.#stories.add(story);
    this.#ids.ask(story);
  }

  #dissolve(story: Story | undefined): void {
    if (story === undefined) return;
    this.#stories.delete(story);
    this.#ids.delete(story);
    story.lead.story = undefined;
    for (const other of story.group.others) this.#memberOf(other).story = undefined;
  }

  #memberOf({ entry }: Copy): Member {
    return this.#members.get(entry.hash) as Member;
  }
}
