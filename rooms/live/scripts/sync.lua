-- What a user missed, from one consistent moment.
-- KEYS state, log, members   ARGV now|0, user, v
-- Answers: text: refused with that code; {'log', v, entry, ...}: it reaches; {'room', now, blob}: it does not.
local room = redis.call('HMGET', KEYS[1], 'v', 'blob')
if not room[2] then return 'unknown_room' end
local joined = redis.call('HGET', KEYS[3], ARGV[2])
if not joined then return 'not_member' end
local now, v, since = clock(ARGV[1]), tonumber(room[1]), tonumber(ARGV[3])
local missed = v - since
if missed < 0 or since < tonumber(joined) or missed > redis.call('LLEN', KEYS[2]) then
  return {'room', now, room[2]}
end
if missed == 0 then return {'log', v} end
local events = redis.call('LRANGE', KEYS[2], -missed, -1)
table.insert(events, 1, v)
table.insert(events, 1, 'log')
return events
