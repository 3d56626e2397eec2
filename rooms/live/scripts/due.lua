-- Take the rooms that are due off the other processes' sight for the length of a lease: one process claims each,
-- and one that dies in between only delays it.
-- KEYS timers   ARGV now|0, lease_ms, at most so many
-- Answers {ms till the next one is due (-1: none is), room id, ...}.
local now = clock(ARGV[1])
local rooms = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[3])
for _, room in ipairs(rooms) do redis.call('ZADD', KEYS[1], now + ARGV[2], room) end
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]
table.insert(rooms, 1, first and math.max(0, first - now) or -1)
return rooms
