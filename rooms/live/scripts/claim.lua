-- Take the room's lease if there is work now; else see to it that the timer wakes somebody at the right time.
-- KEYS state, inbox, lease, timers
-- ARGV now|0, token, lease_ms, slice, room id
-- Answers: a list: the lease is ours, see work(); a number: not now, and when above 0 commands wait for the pace
-- that many ms.
local now = clock(ARGV[1])
local room = redis.call('HMGET', KEYS[1], 'due', 'next')
local pace, due = tonumber(room[2]) or 0, tonumber(room[1])
local waiting = redis.call('LLEN', KEYS[2]) > 0
if not waiting and not due then
  redis.call('ZREM', KEYS[4], ARGV[5])
  return 0
end
local at = waiting and now or due
if at < pace then at = pace end
if at > now then
  redis.call('ZADD', KEYS[4], at, ARGV[5])
  return waiting and at - now or 0
end
local lease = tonumber(ARGV[3])
if not redis.call('SET', KEYS[3], ARGV[2], 'NX', 'PX', lease) then
  redis.call('ZADD', KEYS[4], now + math.max(1, redis.call('PTTL', KEYS[3])), ARGV[5])
  return 0
end
redis.call('ZADD', KEYS[4], now + lease, ARGV[5])
return work(KEYS[1], KEYS[2], tonumber(ARGV[4]), now)
