// Where a store is only to be read, and there is none.
import { StoreError } from '../../model/errors.ts';

/** `place`: as in `in the file /data/tributary.db`. */
export function absentStore(place: string): StoreError {
  return new StoreError(
    'store-absent',
    `there is no store ${place}: nothing was ever kept there; is it the \`store\` that the service uses?`,
  );
}
