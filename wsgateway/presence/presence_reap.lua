-- Take off the users of one gateway process whose lease has run out, and announce those who are nowhere else, once.
-- KEYS: online, nodes.  ARGV: prefix of node keys, control channel, latest time.
-- Does nothing past the latest time (ms by Redis's clock): a Redis that stood still finds this among the first things it
-- was asked for, when every lease has run out and nobody has had the time to renew.
-- Returns the number of processes taken off (0 or 1).
local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
if now > tonumber(ARGV[3]) then return 0 end
local dead = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 1)[1]
if not dead then return 0 end

local ids = redis.call('HKEYS', ARGV[1] .. dead)
redis.call('ZREM', KEYS[2], dead)
redis.call('DEL', ARGV[1] .. dead)
local others, gone = redis.call('ZRANGE', KEYS[2], 0, -1), {}
for _, id in ipairs(ids) do
  local elsewhere = false
  for _, other in ipairs(others) do
    elsewhere = elsewhere or redis.call('HEXISTS', ARGV[1] .. other, id) == 1
  end
  local name = not elsewhere and redis.call('HGET', KEYS[1], id)
  if name then
    redis.call('HDEL', KEYS[1], id)
    gone[#gone + 1] = '[' .. id .. ',' .. cjson.encode(name) .. ']'
  end
end
if #gone > 0 then
  redis.call('PUBLISH', ARGV[2], '{"do":"announce","come":[],"gone":[' .. table.concat(gone, ',') .. ']}')
end
return 1
