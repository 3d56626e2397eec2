-- Before every script: the one clock. All lease, timer and receipt times are Redis' own, because the clocks of
-- machines differ; a test may give its time instead. ms since the epoch.
local function clock(given)
  if given ~= '0' then return tonumber(given) end
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end

-- What a new holder needs: time, turn, state and the oldest commands.
local function work(state, inbox, slice, now)
  local room = redis.call('HMGET', state, 'turn', 'blob')
  return {now, room[1] or '0', room[2] or '', redis.call('LRANGE', inbox, 0, slice - 1)}
end
