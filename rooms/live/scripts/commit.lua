-- One turn's whole effect, or nothing. The same for every game.
-- KEYS state, inbox, lease, log, members, timers, results
-- ARGV 1 now|0, 2 token, 3 turn that was read, 4 lease_ms, 5 commands handled, 6 state ('' none), 7 v,
--      8 due ('' never), 9 pace_ms, 10 room id, 11 closes now 0|1, 12 outcome ('' none), 13 slice (0: give the lease up),
--      14 log bound, 15 seconds a closed room stays, 16 seconds a reply stays, 17 mark at v, then four counted lists:
--      log entries; publishes (channel, message); members (how, user, v, key of the user's rooms); replies (key, reply)
-- Answers: -1 stale (another one made this turn), -2 the lease is another's, 0 done and given up, above 0 the same but
-- commands wait for the pace that many ms,
-- a list: done, the lease is still ours and there is more to do, see work().
local holder = redis.call('GET', KEYS[3])
if holder and holder ~= ARGV[2] then return -2 end
if (redis.call('HGET', KEYS[1], 'turn') or '0') ~= ARGV[3] then
  if holder then redis.call('DEL', KEYS[3]) end
  return -1
end

local now, turn, room, pace = clock(ARGV[1]), ARGV[3] + 1, ARGV[10], tonumber(ARGV[9])
local at = 18
local function each(width, act)
  local count = tonumber(ARGV[at])
  at = at + 1
  for _ = 1, count do
    act(ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3])
    at = at + width
  end
  return count
end

-- The state. A room that does not exist keeps its turn for a while, so that a stale holder is known here too; one that
-- is made now stays. (The mark alone may be new in a room that has been here for long.)
if ARGV[6] == '' then
  redis.call('HSET', KEYS[1], 'turn', turn)
  redis.call('EXPIRE', KEYS[1], ARGV[15])
else
  local added = redis.call('HSET', KEYS[1], 'turn', turn, 'blob', ARGV[6], 'v', ARGV[7], 'due', ARGV[8],
    'next', pace > 0 and now + pace or 0, 'mark', ARGV[17])
  if added > 1 then redis.call('PERSIST', KEYS[1]) end
end
redis.call('LTRIM', KEYS[2], ARGV[5], -1)
if each(1, function(entry) redis.call('RPUSH', KEYS[4], entry) end) > 0 then
  redis.call('LTRIM', KEYS[4], -ARGV[14], -1)
end
each(2, function(channel, message) redis.call('PUBLISH', channel, message) end)
each(4, function(how, user, v, rooms)
  if how == 'in' then
    redis.call('HSET', KEYS[5], user, v)
    redis.call('SADD', rooms, room)
  elseif how == 'watch' then -- may sync, and sits nowhere
    redis.call('HSET', KEYS[5], user, v)
  else
    if how == 'out' then redis.call('HDEL', KEYS[5], user) end -- 'end': the room closed, who was in it may still sync
    redis.call('SREM', rooms, room)
  end
end)
each(2, function(key, reply)
  redis.call('RPUSH', key, reply)
  redis.call('EXPIRE', key, ARGV[16])
end)
if ARGV[12] ~= '' then redis.call('HSET', KEYS[7], room, ARGV[12]) end
if ARGV[11] == '1' then
  for _, key in ipairs({KEYS[1], KEYS[4], KEYS[5]}) do redis.call('EXPIRE', key, ARGV[15]) end
end

-- The timer, and who goes on.
local due, waiting = tonumber(ARGV[8]), redis.call('LLEN', KEYS[2]) > 0
if waiting or (due and due <= now) then
  if pace == 0 and ARGV[13] ~= '0' then
    redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[4])
    redis.call('ZADD', KEYS[6], now + ARGV[4], room)
    return {now, tostring(turn), '', redis.call('LRANGE', KEYS[2], 0, ARGV[13] - 1)}
  end
  due = now
end
redis.call('DEL', KEYS[3])
if due then redis.call('ZADD', KEYS[6], math.max(due, now + pace), room) else redis.call('ZREM', KEYS[6], room) end
return waiting and pace or 0
