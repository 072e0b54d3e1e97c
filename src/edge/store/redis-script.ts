// The scripts that Redis runs for us. The one that writes runs alone, so that a commit is whole or not at all, and so is what a
// replica or the append-only file gets of it. Redis takes nothing back when a script fails, hence every check comes before the
// first write: the revision, the type of each key (HLEN and ZCARD fail on any other), and the memory (Redis refuses the first
// write of a script or none).
import { hash } from 'node:crypto';
import type { Script } from './redis-connection.ts';

/**
 * KEYS: index, guard (or the index again), the keys set, the keys deleted.
 * ARGV: expected revision (or ''), number of keys set, the length of what stands before each name, then value and expiry
 * (milliseconds since 1970, or '') of each key set.
 * Answer: -1 where written, or the revision that stands; then for each key deleted whether it was there.
 *
 * A value is a hash of `v`, the text, and `r`, the revision where it has one: nothing can lose one and keep the other. Names that
 * are asked for by their beginning are in the index, a sorted set; items are most of the names, are never asked for so, and are not.
 */
const TEXT = `
local index, guard, expected, sets, before = KEYS[1], KEYS[2], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZCARD', index)
for i = 3, #KEYS do redis.call('HLEN', KEYS[i]) end
if expected ~= '' then
  local stands = tonumber(redis.call('HGET', guard, 'r') or '0')
  if stands ~= tonumber(expected) then return {stands} end
end
local function name(i) return string.sub(KEYS[i], before + 1) end
for i = 1, sets do
  local key, value, expires = KEYS[i + 2], ARGV[2 * i + 2], ARGV[2 * i + 3]
  redis.call('HSET', key, 'v', value)
  if expires == '' then redis.call('PERSIST', key) else redis.call('PEXPIREAT', key, expires) end
  if string.sub(name(i + 2), 1, 5) ~= 'item:' then redis.call('ZADD', index, 0, name(i + 2)) end
end
local answer = {-1}
for i = sets + 3, #KEYS do
  answer[#answer + 1] = redis.call('DEL', KEYS[i])
  redis.call('ZREM', index, name(i))
end
if expected ~= '' and redis.call('EXISTS', guard) == 1 then
  redis.call('HSET', guard, 'r', string.format('%d', tonumber(expected) + 1))
end
return answer
`;

export const WRITE_SCRIPT: Script = scriptOf(TEXT);

/** Not in the index: see the script. */
export const UNINDEXED_PREFIX = 'item:';

/**
 * KEYS: any; ARGV: HGET, HEXISTS or HSTRLEN, and `v` or `r`. Answer: the command's for that field of each key. One answer for many
 * costs us less than many.
 */
export const READ_SCRIPT: Script = scriptOf(`
local answer = {}
for i = 1, #KEYS do answer[i] = redis.call(ARGV[1], KEYS[i], ARGV[2]) end
return answer
`);

/** KEYS: any; ARGV: the most bytes of a value, what stands for one of more: such a one would take all the time that a call has. */
export const VALUES_SCRIPT: Script = scriptOf(`
local most, oversized = tonumber(ARGV[1]), ARGV[2]
local answer = {}
for i = 1, #KEYS do
  if redis.call('HSTRLEN', KEYS[i], 'v') > most then answer[i] = oversized
  else answer[i] = redis.call('HGET', KEYS[i], 'v') end
end
return answer
`);

function scriptOf(text: string): Script {
  return { text, sha1: hash('sha1', text, 'hex') };
}
