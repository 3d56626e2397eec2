-- Append a command; then either take the room's lease (lease_ms > 0) or ring for somebody who does.
-- KEYS state, inbox, lease, timers, the sender's bucket
-- ARGV now|0, token, lease_ms, slice, room id, command, creates 0|1, inbox bound, control channel, control message,
--      ms a command takes of the bucket (0: none), commands in a full bucket
-- Answers: text: refused with that code (and a space and ms: that long); a list: the lease is ours, see work(); a
-- number: taken in, and when above 0 the next turn is that many ms away.
local now = clock(ARGV[1])
local room = redis.call('HMGET', KEYS[1], 'turn', 'next')
local waiting = redis.call('LLEN', KEYS[2])
if ARGV[7] == '0' and waiting == 0 and redis.call('HEXISTS', KEYS[1], 'blob') == 0 then return 'unknown_room' end
if waiting >= tonumber(ARGV[8]) then return 'degraded' end

-- The bucket is the time at which it will be full again (GCRA); one that is full is no key.
local each = tonumber(ARGV[11])
if each > 0 then
  local full = math.max(now, tonumber(redis.call('GET', KEYS[5]) or now)) + each
  local over = full - now - each * ARGV[12]
  if over > 0 then return 'too_fast ' .. over end
  redis.call('SET', KEYS[5], full, 'PX', full - now)
end
redis.call('RPUSH', KEYS[2], string.format('%d %s', now, ARGV[6]))

local wait = (tonumber(room[2]) or 0) - now
if wait > 0 then
  redis.call('ZADD', KEYS[4], 'LT', now + wait, ARGV[5])
  return wait
end
local lease = tonumber(ARGV[3])
-- The timer is set also when we get the lease: a holder killed before its commit must not leave the command lying.
redis.call('ZADD', KEYS[4], 'LT', now + lease, ARGV[5])
if lease == 0 then
  if redis.call('EXISTS', KEYS[3]) == 0 then redis.call('PUBLISH', ARGV[9], ARGV[10]) end
  return 0
end
if not redis.call('SET', KEYS[3], ARGV[2], 'NX', 'PX', lease) then return 0 end
return work(KEYS[1], KEYS[2], tonumber(ARGV[4]), now)
