"""Peer: the `websockets` library with its broadcast() helper + redis.asyncio."""

import asyncio, json, os, sys
import redis.asyncio as aioredis
from websockets.asyncio.server import broadcast, serve

PORT, RPORT = int(sys.argv[1]), int(sys.argv[2])
PRESENCE = os.environ.get("PRESENCE", "0") != "0"
ROOM = int(os.environ.get("ROOM", "1000"))
users, room, online = {}, set(), set()


async def handler(ws):
    user = None
    try:
        async for m in ws:
            d = json.loads(m)
            user = str(d["user"])
            users.setdefault(user, set()).add(ws)
            await pubsub.subscribe(user)
            if int(user) < ROOM:
                room.add(ws)
            online.add(ws)
            await ws.send(json.dumps({"type": "ready"}))
            if PRESENCE:
                await r.publish("all", json.dumps({"type": "someone_connected", "user": "U@" + user}))
    finally:
        online.discard(ws)
        room.discard(ws)
        if user is not None:
            users[user].discard(ws)
            if not users[user]:
                del users[user]
                await pubsub.unsubscribe(user)


async def main():
    global r, pubsub
    r = aioredis.Redis(
        connection_pool=aioredis.BlockingConnectionPool(
            port=RPORT, max_connections=20, timeout=None, decode_responses=True
        )
    )
    pubsub = r.pubsub()
    await pubsub.subscribe("all", "room1")
    async with serve(handler, "127.0.0.1", PORT):
        async for m in pubsub.listen():
            if m["type"] != "message":
                continue
            ch = m["channel"]
            broadcast(online if ch == "all" else room if ch == "room1" else users.get(ch, ()), m["data"])


if os.environ.get("UVLOOP") == "1":
    import uvloop

    uvloop.run(main())
else:
    asyncio.run(main())
