// A feed's stories, kept as copies come and go: what a change touches is worked out anew, nothing else. What comes of it is
// what grouping, leadership and ids give over all copies at once; a test holds the two against each other.
import type { DuplicateRule } from '../../model/config.ts';
import type { ItemHash, PublishedId } from '../../model/ids.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { Buckets } from './buckets.ts';
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
import type { Cluster, Merged } from './merged.ts';
import { NearPairs } from './near-pairs.ts';
import type { Copy } from './order.ts';
import { type AssignedId, type PublishedBefore, PublishedIds } from './published-ids.ts';
import { ReadCycles } from './read-cycles.ts';
import { StoryList } from './story-list.ts';
import { cutWindow, type JudgedGroup, judgeWindow, type WindowLimits } from './window.ts';

/** How much one settling worked out anew. */
export interface MergeWork {
  /** Copies whose story was looked for. */
  readonly copies: number;
  /** Stories that were asked for their id. */
  readonly ids: number;
}

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
  readonly #members = new Map<ItemHash, Member>();
  readonly #byId = new Buckets<Member>();
  readonly #byUrl = new Buckets<Member>();
  readonly #pairs = new NearPairs();
  readonly #stories = new StoryList<Story>();
  readonly #ids = new IdBook<Story>();
  readonly #cycles = new ReadCycles();
  #published = new PublishedIds(undefined);
  readonly #touched = new Set<Member>();
  readonly #touchedIds = new Set<string>();

  constructor(duplicates: readonly DuplicateRule[]) {
    this.#rules = new Set(duplicates);
  }

  /** How many copies there are. */
  get size(): number {
    return this.#members.size;
  }

  copyOf(hash: ItemHash): Copy | undefined {
    return this.#members.get(hash)?.copy;
  }

  /** By which rule one copy goes before another. */
  ruleBetween(a: Copy, b: Copy): LeadershipRule {
    return decidingRule(this.#memberOf(a), this.#memberOf(b));
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
    const { hash, guidUri, canonicalUrl } = copy.entry;
    this.#members.set(hash, member);
    if (guidUri !== undefined) this.#byId.add(guidUri, member);
    if (canonicalUrl !== undefined) this.#byUrl.add(canonicalUrl, member);
    this.#cycles.add(copy);
    this.#touch(member);
  }

  remove(hash: ItemHash): void {
    this.#takeOut(hash);
    this.#pairs.unlink(hash);
  }

  /** Two copies say nearly the same; `nearness`: 0 to 1. */
  link(a: ItemHash, b: ItemHash, nearness: number): void {
    this.#pairs.link(a, b, nearness);
    for (const hash of [a, b]) {
      const member = this.#members.get(hash);
      if (member !== undefined) this.#touch(member);
    }
  }

  /** What a copy says has changed: it is near to nobody any more. */
  unlink(hash: ItemHash): void {
    const member = this.#members.get(hash);
    if (member !== undefined) this.#forEachNeighbour(member, (other) => this.#touch(other));
    if (member !== undefined) this.#touch(member);
    this.#pairs.unlink(hash);
  }

  #takeOut(hash: ItemHash): void {
    const member = this.#members.get(hash);
    if (member === undefined) return;
    const { guidUri, canonicalUrl } = member.copy.entry;
    this.#forEachNeighbour(member, (other) => this.#touch(other));
    this.#dissolve(member.story);
    this.#members.delete(hash);
    if (guidUri !== undefined) this.#byId.delete(guidUri, member);
    if (canonicalUrl !== undefined) this.#byUrl.delete(canonicalUrl, member);
    this.#cycles.delete(member.copy);
    this.#touched.delete(member);
    if (guidUri !== undefined) this.#touchedIds.add(guidUri);
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
    this.#recountCycles();
    for (const member of this.#touched) this.#place(member);
    for (const guidUri of this.#touchedIds) this.#standAnew(this.#byId.get(guidUri));
    const copies = this.#regroup();
    this.#touchedIds.clear();
    return { copies, ids: this.#ids.settle(this.#published) };
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
    for (const member of this.#members.values()) {
      if (this.#cycles.seenAt(member.copy) !== member.seenAt) this.#touch(member);
    }
  }

  #touch(member: Member): void {
    this.#touched.add(member);
    const { guidUri } = member.copy.entry;
    if (guidUri !== undefined) this.#touchedIds.add(guidUri);
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

  /** Those with its id or its page, itself among them, and those that say nearly the same. */
  #forEachNeighbour({ copy: { entry } }: Member, visit: (other: Member) => void): void {
    const { guidUri, canonicalUrl } = entry;
    if (guidUri !== undefined && this.#rules.has('id')) this.#byId.forEach(guidUri, visit);
    if (canonicalUrl !== undefined && this.#rules.has('url')) this.#byUrl.forEach(canonicalUrl, visit);
    for (const hash of this.#pairs.of(entry.hash).keys()) {
      const near = this.#members.get(hash);
      if (near !== undefined) visit(near);
    }
  }

  #isAlone(member: Member): boolean {
    let isAlone = true;
    this.#forEachNeighbour(member, (other) => {
      if (other !== member) isAlone = false;
    });
    return isAlone;
  }

  /** Everything that hangs together with a touched copy, by whatever chain of ids and pages. */
  #regroup(): number {
    const reached = new Set(this.#touched);
    this.#touched.clear();
    // A set hands out what is added while it is walked.
    for (const member of reached) this.#forEachNeighbour(member, (other) => void reached.add(other));
    const crowd: Member[] = [];
    for (const member of reached) {
      this.#dissolve(member.story);
      if (this.#isAlone(member)) this.#found(groupOf(member));
      else crowd.push(member);
    }
    for (const group of groupCopies(crowd.sort(compareLeadership), this.#rules, this.#pairs))
      this.#found(group);
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
