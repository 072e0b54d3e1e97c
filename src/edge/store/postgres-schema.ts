// The tables of the store in PostgreSQL, in a schema of their own, and the function that commits.
//
// A commit is one call of one function and so one transaction. It holds a lock on the guard's name, which also stands for a row
// that is not there yet, and compares the revision under it. Commits that need not be durable do not wait for the disk
// (`synchronous_commit = off`): the log is written in order, so the next one that waits makes all before it durable.

/** Raised with every change of the tables or the function. */
export const SCHEMA_VERSION = 1;

/** Held while the tables are made, so that of many who start at once one makes them: `Trib`. */
const CREATION_LOCK = 0x54726962;

export function tablesOf(schema: string) {
  return {
    entry: `${schema}.tributary_entry`,
    version: `${schema}.tributary_version`,
    commit: `${schema}.tributary_commit`,
  };
}

/** `schema` needs no quotes: see model/store-address.ts. */
export function creationOf(schema: string): string {
  const { entry, version, commit } = tablesOf(schema);
  return `
BEGIN;
SELECT pg_advisory_xact_lock(${CREATION_LOCK});
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = '${schema}') THEN CREATE SCHEMA ${schema}; END IF;
END $$;
CREATE TABLE IF NOT EXISTS ${entry} (
  key text COLLATE "C" PRIMARY KEY,
  value text NOT NULL,
  revision bigint NOT NULL DEFAULT 0,
  expires bigint
);
CREATE INDEX IF NOT EXISTS tributary_entry_expires ON ${entry} (expires) WHERE expires IS NOT NULL;
CREATE OR REPLACE FUNCTION ${commit}(
  guard text, expected bigint, at_ms bigint, durable boolean,
  set_keys text[], set_values text[], set_expires bigint[], deleted text[]
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  stands bigint;
BEGIN
  IF NOT durable THEN PERFORM set_config('synchronous_commit', 'off', true); END IF;
  PERFORM set_config('lock_timeout', '1500ms', true);
  PERFORM pg_advisory_xact_lock(hashtextextended('${entry} ' || guard, 0));
  SELECT revision INTO stands FROM ${entry} WHERE key = guard AND (expires IS NULL OR expires > at_ms);
  stands := coalesce(stands, 0);
  IF stands <> expected THEN RETURN stands; END IF;
  INSERT INTO ${entry} (key, value, expires)
    SELECT * FROM unnest(set_keys, set_values, set_expires) AS t(key, value, expires) ORDER BY 1
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires;
  DELETE FROM ${entry} WHERE key = ANY(deleted);
  UPDATE ${entry} SET revision = expected + 1 WHERE key = guard;
  RETURN -1;
END $$;
CREATE TABLE IF NOT EXISTS ${version} (version integer NOT NULL);
INSERT INTO ${version} SELECT ${SCHEMA_VERSION} WHERE NOT EXISTS (SELECT FROM ${version});
COMMIT;
`;
}
