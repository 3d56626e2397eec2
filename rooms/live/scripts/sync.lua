-- What a user missed, from one consistent moment.
-- KEYS state, log, members   ARGV now|0, user, v, mark of the event at v ('' not known)
-- Answers: text: refused with that code; {'log', v, mark|'', entry, ...}: it reaches; {'room', now, blob}: it does not,
-- or the user knows another event at v than we do (Redis came back as it was before).
local room = redis.call('HMGET', KEYS[1], 'v', 'blob', 'mark')
if not room[2] then return 'unknown_room' end
local joined = redis.call('HGET', KEYS[3], ARGV[2])
if not joined then return 'not_member' end
local now, v, since = clock(ARGV[1]), tonumber(room[1]), tonumber(ARGV[3])
local missed = v - since
if missed < 0 or since < tonumber(joined) or missed > redis.call('LLEN', KEYS[2]) then
  return {'room', now, room[2]}
end
local events = missed > 0 and redis.call('LRANGE', KEYS[2], -missed, -1) or {}
-- The mark that we have for the event at v; rooms of before there were marks have none. A LogEntry's first fields hold
-- no text (rooms/live/publishing.py writes it).
local mark = room[3]
if missed > 0 then mark = string.match(events[1], '^{"v":%d+,"to":[^"]*"was":(%d+)') end
if ARGV[4] ~= '' and mark and mark ~= ARGV[4] then return {'room', now, room[2]} end
table.insert(events, 1, room[3] or '')
table.insert(events, 1, v)
table.insert(events, 1, 'log')
return events
