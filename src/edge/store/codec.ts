// How records become text and back: plain JSON inside the envelope `{value, expires}` that Keyv puts around a value.
// Keyv's own serializer is not used: it reads strings that begin with ':' as bytes and numbers, which any title can.
import type { KeyvSerializationAdapter } from 'keyv';
import { messageOf, StoreError } from '../../model/errors.ts';

/** Characters of one stored value: six times what a source of 500 long-winded items takes. */
const VALUE_CHARS_MAX = 32 * 1024 * 1024;

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
    if (text.length > VALUE_CHARS_MAX) {
      throw new StoreError(
        'store-unavailable',
        `a record of ${text.length} characters is more than the store takes (${VALUE_CHARS_MAX}); lower the source's \`items\``,
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
  if (text.length > VALUE_CHARS_MAX)
    return unreadable(`${text.length} characters are more than ever written`);
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
