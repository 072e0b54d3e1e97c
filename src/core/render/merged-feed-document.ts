// An edition as npm feed's `Feed`: its output model and its methods, with writers of ours: the package's own let a source forge items and lose a whole document for one odd value). The place to hang
// extensions on: `addItem`, `items`, `extensions` work as the package documents them.
import { type Extension, Feed, type Item as FeedItem } from 'feed';
import type { Edition, EditionItem } from '../../model/edition.ts';
import { TRIBUTARY_NS } from '../../model/namespaces.ts';
import { writeAtom } from './atom.ts';
import { feedUrlOf, pageUrlOf } from './document-urls.ts';
import { writeJsonFeed } from './json-feed.ts';
import { writeRss } from './rss.ts';
import { tributaryOf } from './tributary-extension.ts';

export interface MergedFeedItem extends FeedItem {
  /** What the writers write. */
  readonly editionItem: EditionItem;
  /** Top-level members of the item in JSON Feed, by name; ours is `_tributary`. */
  extensions: Extension[];
}

export class MergedFeedDocument extends Feed {
  readonly edition: Edition;
  declare items: MergedFeedItem[];

  constructor(edition: Edition) {
    super({
      id: feedUrlOf(edition),
      title: edition.title,
      link: pageUrlOf(edition),
      updated: new Date(edition.updatedAt),
      generator: edition.generator,
      ...(edition.description !== undefined && { description: edition.description }),
      ...(edition.language !== undefined && { language: edition.language }),
      ...(edition.imageUrl !== undefined && { image: edition.imageUrl }),
    });
    this.edition = edition;
    this.addExtension({ name: '_tributary', objects: { about: TRIBUTARY_NS, generator: edition.generator } });
    for (const item of edition.items) this.addItem(documentItem(item));
  }

  override addItem(item: MergedFeedItem): void {
    super.addItem(item);
  }

  override rss2(): string {
    return writeRss(this);
  }

  override atom1(): string {
    return writeAtom(this);
  }

  override json1(): string {
    return writeJsonFeed(this);
  }
}

function documentItem(item: EditionItem): MergedFeedItem {
  return {
    editionItem: item,
    title: item.title,
    id: item.id,
    link: item.permalink ?? '',
    date: new Date(item.updatedAt),
    published: new Date(item.publishedAt),
    extensions: [{ name: '_tributary', objects: tributaryOf(item) }],
  };
}
