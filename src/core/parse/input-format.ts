// What an input format is: something that knows its documents and reads them. The registry is input-formats.ts.
import type { RawFeed } from '../../model/raw-feed.ts';
import type { ParseLimits } from './limits.ts';

export interface InputFormat {
  readonly name: string;
  /** Whether a document is for this format, by its first characters. `text` has neither mark nor white space before it. */
  recognizes(text: string): boolean;
  /** Throws ReadError where the document is no feed of this format or is beyond a bound. */
  read(text: string, limits: ParseLimits): Promise<RawFeed>;
}
