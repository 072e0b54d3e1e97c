// An edition as npm feed's `Feed`: its output model and its methods, with writers of ours (the package's own let a source forge
// items and lose a whole document for one odd value). The place to hang extensions on: `addItem`, `items`, `extensions` work
// as the package documents them.
import { type Extension, Feed, type Item as FeedItem } from 'feed';
import type { Edition, EditionItem } from '../../model/edition.ts';
import { TRIBUTARY_NS } from '../../model/namespaces.ts';
import { writeAtom } from './atom.ts';
import { type CarriedElement, carriedElements } from './carried-elements.ts';
import { creditsUrlOf, feedUrlOf, pageUrlOf } from './document-urls.ts';
import { writeJsonFeed } from './json-feed.ts';
import { writeRss } from './rss.ts';
import { tributaryOf } from './tributary-extension.ts';

export interface MergedFeedItem extends FeedItem {
  /** What the writers write. */
  readonly editionItem: EditionItem;
  /** What of its elements of other vocabularies is carried on. */
  readonly carried: readonly CarriedElement[];
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
    this.addExtension({
      name: '_tributary',
      objects: {
        about: TRIBUTARY_NS,
        generator: edition.generator,
        credits: creditsUrlOf(edition),
        access: edition.noindex === true ? 'deny' : undefined,
        indexing: edition.noindex === true ? 'no' : undefined,
      },
    });
    for (const item of edition.items) this.addItem(new DocumentItem(item));
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

/** Makes what only some formats need when it is asked for. */
class DocumentItem implements MergedFeedItem {
  readonly editionItem: EditionItem;
  readonly carried: readonly CarriedElement[];
  #extensions: Extension[] | undefined;

  constructor(item: EditionItem) {
    this.editionItem = item;
    this.carried = carriedElements(item.extensions);
  }

  get title(): string {
    return this.editionItem.title;
  }

  get id(): string {
    return this.editionItem.id;
  }

  get link(): string {
    return this.editionItem.permalink ?? '';
  }

  get date(): Date {
    return new Date(this.editionItem.updatedAt);
  }

  get published(): Date {
    return new Date(this.editionItem.publishedAt);
  }

  get extensions(): Extension[] {
    this.#extensions ??= [{ name: '_tributary', objects: tributaryOf(this.editionItem) }];
    return this.#extensions;
  }

  set extensions(extensions: Extension[]) {
    this.#extensions = extensions;
  }
}
