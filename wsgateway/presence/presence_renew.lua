-- A gateway process renews its lease.
-- KEYS: online, nodes.  ARGV: node, lease ms.
-- Returns {1, users online, now}; {0, ...} when the lease had been lost (another process took the users off, or Redis
-- was emptied): then the process must bring in all its users again. `now` is ms by Redis's clock.
local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
local held = redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[1]) == 0
return {held and 1 or 0, redis.call('HLEN', KEYS[1]), now}
