-- Users who came to or left one gateway process, in one step for everybody.
-- KEYS: online, nodes, this node's users.  ARGV: node, lease ms, prefix of node keys, control channel,
--       number of arrivals, id, name, id, name, ..., then the ids that left.
-- Publishes one `announce` for those who came online or went offline altogether, or came back under another name.
-- Returns {1, came, went}; {0, ...} when the lease had been lost: the process must bring in all its users again.
local now = redis.call('TIME')
local held = redis.call('ZADD', KEYS[2], now[1] * 1000 + math.floor(now[2] / 1000) + ARGV[2], ARGV[1]) == 0

local come, gone = {}, {}
local arrivals = tonumber(ARGV[5])
for i = 6, 5 + 2 * arrivals, 2 do
  local id, name = ARGV[i], ARGV[i + 1]
  redis.call('HSET', KEYS[3], id, name)
  local before = redis.call('HGET', KEYS[1], id)
  redis.call('HSET', KEYS[1], id, name)
  if before ~= name then
    come[#come + 1] = '[' .. id .. ',' .. cjson.encode(name) .. ']'
  end
end

local others = redis.call('ZRANGE', KEYS[2], 0, -1)
for i = 6 + 2 * arrivals, #ARGV do
  local id, elsewhere = ARGV[i], false
  redis.call('HDEL', KEYS[3], id)
  for _, other in ipairs(others) do
    elsewhere = elsewhere or redis.call('HEXISTS', ARGV[3] .. other, id) == 1
  end
  local name = not elsewhere and redis.call('HGET', KEYS[1], id)
  if name then
    redis.call('HDEL', KEYS[1], id)
    gone[#gone + 1] = '[' .. id .. ',' .. cjson.encode(name) .. ']'
  end
end

if #come + #gone > 0 then
  redis.call('PUBLISH', ARGV[4], '{"do":"announce","come":[' .. table.concat(come, ',') .. '],"gone":['
    .. table.concat(gone, ',') .. ']}')
end
return {held and 1 or 0, #come, #gone}
