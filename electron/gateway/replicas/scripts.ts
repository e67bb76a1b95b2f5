import { createHash } from 'node:crypto';

/** What the server runs as one step, on its own clock. */
export interface Script {
  readonly text: string;
  /** Under which the server remembers it. */
  readonly sha: string;
}

const script = (text: string): Script => ({ text, sha: createHash('sha1').update(text).digest('hex') });

/** All replicas of one server and database hear it. */
export const channel = 'traygate:1:news';
export const restKey = (digest: string): string => `traygate:1:rest:${digest}`;
export const placeKey = (digest: string, name: string): string => `traygate:1:place:${digest}:${name}`;

/**
 * A rest is a key that ends with it, so that no clock but the server's counts. The longest of those that are told stays.
 * Keys: rests. Arguments: the channel; then for each key its milliseconds and its news.
 */
export const tellRests = script(`
for i, key in ipairs(KEYS) do
  local ms, news = tonumber(ARGV[2 * i]), ARGV[2 * i + 1]
  if ms > redis.call('PTTL', key) then
    redis.call('SET', key, news, 'PX', ms)
    redis.call('PUBLISH', ARGV[1], news)
  end
end`);

/** Keys: rests. Gives for each its news and the milliseconds that are left, both nothing where there is none. */
export const readRests = script(`
local found = {}
for i, key in ipairs(KEYS) do
  found[2 * i - 1] = redis.call('GET', key)
  found[2 * i] = redis.call('PTTL', key)
end
return found`);

/** Keys: one rest. Arguments: the channel, the news. */
export const tellOver = script(`
redis.call('DEL', KEYS[1])
redis.call('PUBLISH', ARGV[1], ARGV[2])`);

const now = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/**
 * A place is a member of a sorted set by the time at which it ends by itself: those of a replica that has died go so.
 * Keys: places. Arguments: who asks, the milliseconds it is held, then the limit of each. Gives the number of the first that
 * is full, and takes none then; else 0.
 */
export const takePlaces = script(`${now}
for i, key in ipairs(KEYS) do
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
  if redis.call('ZCARD', key) >= tonumber(ARGV[2 + i]) then return i end
end
for _, key in ipairs(KEYS) do
  redis.call('ZADD', key, now + ARGV[2], ARGV[1])
  redis.call('PEXPIRE', key, ARGV[2])
end
return 0`);

/** Holds on, also to what the server has forgotten. Keys: places. Arguments: the milliseconds, then who holds each. */
export const holdPlaces = script(`${now}
for i, key in ipairs(KEYS) do
  redis.call('ZADD', key, now + ARGV[1], ARGV[i + 1])
  redis.call('PEXPIRE', key, ARGV[1])
end`);

/** Keys: places. Arguments: who held them, the channel, the news. */
export const freePlaces = script(`
for _, key in ipairs(KEYS) do redis.call('ZREM', key, ARGV[1]) end
redis.call('PUBLISH', ARGV[2], ARGV[3])`);

export const scripts: readonly Script[] = [tellRests, readRests, tellOver, takePlaces, holdPlaces, freePlaces];
