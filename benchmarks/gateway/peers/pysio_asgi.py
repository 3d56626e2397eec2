"""Peer: python-socketio ASGI server + AsyncRedisManager (run under uvicorn)."""

import os
import socketio

PRESENCE = os.environ.get("PRESENCE", "0") != "0"
ROOM = int(os.environ.get("ROOM", "1000"))
mgr = socketio.AsyncRedisManager("redis://127.0.0.1:%s/0" % os.environ["RPORT"])
sio = socketio.AsyncServer(async_mode="asgi", client_manager=mgr, cors_allowed_origins="*")
application = socketio.ASGIApp(sio)


@sio.event
async def connect(sid, environ, auth=None):
    pass


@sio.event
async def join(sid, user):
    await sio.enter_room(sid, "u%d" % user)
    if user < ROOM:
        await sio.enter_room(sid, "room1")
    await sio.emit("ready", {"ok": 1}, to=sid, ignore_queue=True)
    if PRESENCE:
        await sio.emit("event", {"type": "someone_connected", "user": "U@%d" % user})
