// The verbs of Keyv's contract that come down to another one for many keys, the same for every kind of store that can do many.
import { keyvStorageCapability } from 'keyv';

export abstract class ManyAtOnce {
  get capabilities() {
    return keyvStorageCapability(this);
  }

  async get<Value>(key: string) {
    const [value] = await this.values([key]);
    return value as Value | undefined;
  }

  async getMany<Value>(keys: string[]) {
    return (await this.values(keys)) as (Value | undefined)[];
  }

  async has(key: string) {
    const [has] = await this.hasMany([key]);
    return has === true;
  }

  async set(key: string, value: unknown, expires?: number) {
    await this.setMany([{ key, value, expires }]);
    return true;
  }

  async delete(key: string) {
    const [deleted] = await this.deleteMany([key]);
    return deleted === true;
  }

  /** As texts, in the order of the keys; of one beyond VALUE_BYTES_MAX its stand-in. */
  protected abstract values(keys: readonly string[]): Promise<(string | undefined)[]>;
  abstract hasMany(keys: string[]): Promise<boolean[]>;
  abstract setMany(
    entries: { key: string; value: unknown; expires?: number | undefined }[],
  ): Promise<boolean[]>;
  abstract deleteMany(keys: string[]): Promise<boolean[]>;
}
