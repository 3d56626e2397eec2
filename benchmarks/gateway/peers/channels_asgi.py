"""Peer: Django Channels consumer + channels_redis pub/sub layer (run under uvicorn or daphne).
The consumer is the tutorial's: group_add on connect, json.dumps + send on each event."""

import json, os
from django.conf import settings

settings.configure(
    DEBUG=False,
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": ["redis://127.0.0.1:%s/0" % os.environ["RPORT"]]},
        }
    },
)
import django

django.setup()
from urllib.parse import parse_qs
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path

PRESENCE = os.environ.get("PRESENCE", "0") != "0"
ROOM = int(os.environ.get("ROOM", "1000"))


class Consumer(AsyncWebsocketConsumer):
    groups = ["all"]

    async def connect(self):
        self.user = int(parse_qs(self.scope["query_string"].decode())["user"][0])
        await self.channel_layer.group_add("user_%d" % self.user, self.channel_name)
        if self.user < ROOM:
            await self.channel_layer.group_add("room1", self.channel_name)
        await self.accept()
        await self.send(text_data=json.dumps({"type": "ready"}))
        if PRESENCE:
            await self.channel_layer.group_send(
                "all", {"type": "deliver", "data": {"type": "someone_connected", "user": "U@%d" % self.user}}
            )

    async def disconnect(self, code):
        await self.channel_layer.group_discard("user_%d" % self.user, self.channel_name)
        if self.user < ROOM:
            await self.channel_layer.group_discard("room1", self.channel_name)

    async def deliver(self, event):
        await self.send(text_data=json.dumps(event["data"]))


application = ProtocolTypeRouter({"websocket": URLRouter([path("ws/", Consumer.as_asgi())])})
