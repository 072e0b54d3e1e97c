// How records become text and back: plain JSON inside the envelope `{value, expires}` that Keyv puts around a value.
// Keyv's own serializer is not used: it reads strings that begin with ':' as bytes and numbers, which any title can.
import type { KeyvSerializationAdapter } from 'keyv';
import { messageOf, StoreError } from '../../model/errors.ts';

/** Of one stored value, in UTF-8: six times what a source of 500 long-winded items takes. */
export const VALUE_BYTES_MAX = 32 * 1024 * 1024;

/** What adapters answer in the place of a value of more. */
export const OVERSIZED = '"oversized"';

/** Stands for a value that is there but cannot be read, so that Keyv does not report it as absent. */
export class UnreadableValue {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

export const recordCodec: KeyvSerializationAdapter = {
  stringify(envelope: unknown): string {
    const text = JSON.stringify(envelope);
    // No character takes more than three bytes.
    const bytes = text.length > VALUE_BYTES_MAX / 3 ? Buffer.byteLength(text) : 0;
    if (bytes > VALUE_BYTES_MAX) {
      throw new StoreError(
        'store-unavailable',
        `a record of ${bytes} bytes is more than the store takes (${VALUE_BYTES_MAX}); lower the source's \`items\``,
      );
    }
    return text;
  },

  /** Never throws. */
  parse<T>(text: string): T {
    return parseEnvelope(text) as T;
  },
};

function parseEnvelope(text: string): { readonly value: unknown } {
  if (text === OVERSIZED || text.length > VALUE_BYTES_MAX)
    return unreadable('more bytes than are ever written');
  try {
    const envelope: unknown = parseWithoutPrototypes(text);
    if (typeof envelope === 'object' && envelope !== null && Object.hasOwn(envelope, 'value')) {
      return envelope as { readonly value: unknown };
    }
    return unreadable('not the envelope of a value');
  } catch (error) {
    return unreadable(messageOf(error).slice(0, 200));
  }
}

function unreadable(reason: string): { readonly value: UnreadableValue } {
  return { value: new UnreadableValue(reason) };
}

/**
 * JSON.parse makes `__proto__` a key like any other, but whoever copies such a record later may set a prototype with it.
 * No record of ours has that key; only a text that may have it is worth the slow way.
 */
function parseWithoutPrototypes(text: string): unknown {
  if (!/__proto__|\\u00[5-7]/i.test(text)) return JSON.parse(text);
  return JSON.parse(text, (key, value) => (key === '__proto__' ? undefined : value));
}
