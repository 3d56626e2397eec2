"""Peer: stock sockjs-tornado + redis.asyncio pub/sub, written the plain way.
One shared PubSub; a channel per user named by the user's id; `all` for broadcasts."""

import asyncio, json, os, sys
import redis.asyncio as aioredis
import tornado.web
from sockjs.tornado import SockJSConnection, SockJSRouter

PORT, RPORT = int(sys.argv[1]), int(sys.argv[2])
PRESENCE = os.environ.get("PRESENCE", "0") != "0"
users, online = {}, set()
if os.environ.get("UVLOOP") == "1":
    import uvloop

    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())


if os.environ.get("DEFLATE") == "1":  # what it costs when it is turned on
    from sockjs.tornado.transports.websocket import WebSocketTransport

    WebSocketTransport.get_compression_options = lambda self: {}


class Conn(SockJSConnection):
    user = None

    def on_message(self, message):
        data = json.loads(message)
        if data["type"] == "auth":
            asyncio.ensure_future(self.identify(str(data["user"])))

    async def identify(self, user):
        self.user = user
        conns = users.setdefault(user, set())
        conns.add(self)
        if len(conns) == 1:
            await pubsub.subscribe(user)
        online.add(self)
        self.send(json.dumps({"type": "ready"}))
        if PRESENCE:
            await r.publish("all", json.dumps({"type": "someone_connected", "user": "U@" + user}))

    def on_close(self):
        online.discard(self)
        if self.user is not None:
            asyncio.ensure_future(self.leave(self.user))

    async def leave(self, user):
        conns = users.get(user, set())
        conns.discard(self)
        if not conns:
            users.pop(user, None)
            await pubsub.unsubscribe(user)
        if PRESENCE:
            await r.publish("all", json.dumps({"type": "someone_disconnected", "user": user}))


async def reader():
    async for m in pubsub.listen():
        if m["type"] != "message":
            continue
        ch, data = m["channel"], m["data"]
        if ch == "all":
            router.broadcast(online, data)
        else:
            for c in list(users.get(ch, ())):
                c.send(data)


async def main():
    global r, pubsub, router
    # redis-py 8's default pool raises MaxConnectionsError beyond 100 connections in flight, which a
    # burst of publishes from coroutines reaches at once: a blocking pool is the fair minimum
    r = aioredis.Redis(
        connection_pool=aioredis.BlockingConnectionPool(
            port=RPORT, max_connections=20, timeout=None, decode_responses=True
        )
    )
    pubsub = r.pubsub()
    await pubsub.subscribe("all")
    router = SockJSRouter(Conn, "/ws")
    app = tornado.web.Application(router.urls)
    app.listen(PORT, address="127.0.0.1")
    await reader()


asyncio.run(main())
