"""A client that keeps its promises: reconnects, resumes each room by `sync`, sends again what was not answered.

What a client must do to lose nothing is what this file and room_copy.py do, and no more.
"""

import asyncio
import contextlib
import itertools
import json
import random
from collections.abc import Callable, Iterable
from typing import Any, Self

from tests.faults.raw_socket import RawSocket, SocketLost
from tests.faults.room_copy import Message, RoomCopy

#: nothing heard for so long, answers to our pings included: the socket is dead, whatever it says
SILENCE_S = 1.0
#: between two attempts to connect, at most
RETRY_S = 0.2
WAIT_S = 20.0

#: the client must not come back
FINAL = range(4500, 5000)


class ReferenceClient:
    """One user with one socket at a time. `door()` names the address for the next attempt.

    `followed`: the rooms, from the version the user knows; `heard`: every message in order.
    """

    def __init__(
        self,
        user: int,
        token: str,
        door: Callable[[], str],
        followed: Iterable[RoomCopy] = (),
        *,
        silence_s: float = SILENCE_S,
    ) -> None:
        self.user, self.token, self.door = user, token, door
        self.rooms = {room.room_id: room for room in followed}
        self.heard: list[Message] = []
        self.pending: dict[str, Message] = {}  #: sent and not answered, by ref
        self.settled: dict[str, str] = {}  #: ref -> "done" or the code of its error
        self.sockets = 0  #: how many said `connected`
        self.closes: list[SocketLost] = []
        self.left_open: list[RawSocket] = []  #: given up without a word: the server still thinks they are there
        self.socket: RawSocket | None = None
        self.connected = False
        self._silence_s = silence_s
        self._refs = itertools.count(1)
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._heard_at = 0.0

    # ------------------------------------------------------------------------------------------------ what a user does

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._stay_connected())
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._task is not None
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        for socket in [self.socket, *self.left_open]:
            if socket is not None:
                socket.abandon()

    def answer(self, room_id: int, text: str, question: int | None = None) -> str:
        """Try an answer; it is sent until it is settled. Returns its ref."""
        ref = f"{self.user}:{next(self._refs)}"
        message = {"action": "check_me", "room_id": room_id, "id": question, "answer": text, "ref": ref}
        if question is None:
            message = {"game": "quiz", "lobby": room_id, "answer": text, "ref": ref}
        self.pending[ref] = message
        self._send(message)
        return ref

    async def until(self, condition: Callable[[], Any], within_s: float = WAIT_S) -> Any:
        """The condition's first true value; looked at after every message and every change of the connection."""
        async with asyncio.timeout(within_s):
            while not (value := condition()):
                self._changed.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), 0.1)
        return value

    async def until_connected(self, sockets: int = 1) -> None:
        """The `sockets`-th connection is up and every room is synced."""
        await self.until(lambda: self.sockets >= sockets and self.is_level)

    @property
    def is_level(self) -> bool:
        """Connected, and no sync is on its way."""
        return self.connected and not any(room.asked for room in self.rooms.values())

    async def until_told(self, last: str = "", within_s: float = WAIT_S) -> None:
        """Until the server has told of its own state; `last`: and that was its last word."""
        await self.until(lambda: self.told() and self.told()[-1].endswith(last), within_s)

    async def until_settled(self) -> None:
        """Until every answer of ours is in the room or refused."""
        await self.until(lambda: not self.pending)

    async def until_event(self, room_id: int, action: str) -> None:
        """Until the room's last event is one of these."""
        await self.until(lambda: [event["action"] for event in self.rooms[room_id].events[-1:]] == [action])

    async def until_over(self, room_id: int) -> None:
        """Until the room is closed, or not ours any more."""
        await self.until(lambda: self.rooms[room_id].over)

    async def until_closed(self) -> None:
        """Until a socket of ours was lost."""
        await self.until(lambda: self.closes)

    async def until_heard(self, action: str, times: int) -> None:
        """Until that many messages with that action have come."""
        await self.until(lambda: len(self.heard_of(action)) >= times)

    async def until_version(self, room_id: int, v: int) -> None:
        """Until the room is followed up to `v`."""
        await self.until(lambda: self.rooms[room_id].v >= v)

    def told(self) -> list[str]:
        """What the server said about its own state, in order: `degraded`, `resync`."""
        said = [message.get("code") or message["action"] for message in self.heard if not message.get("ref")]
        return [word for word in said if word in ("degraded", "resync")]

    def heard_of(self, action: str, **fields: Any) -> list[Message]:
        """The messages with that action and these fields."""
        wanted = {"action": action, **fields}
        return [message for message in self.heard if wanted.items() <= message.items()]

    def lose_socket(self) -> None:
        """The socket is gone on our side and the server does not hear of it: a phone that changed its network."""
        if self.socket is not None:
            self.left_open.append(self.socket)
            self.socket.stop_reading()
            self.socket.lost.set_result(SocketLost(1006))

    # ------------------------------------------------------------------------------------------------ connection

    async def _stay_connected(self) -> None:
        while True:
            lost = await self._one_socket()
            self.connected = False
            for room in self.rooms.values():
                room.asked = False
            self.closes.append(lost)
            self._changed.set()
            if lost.code in FINAL:
                return
            await asyncio.sleep(_pause_s(lost))

    async def _one_socket(self) -> SocketLost:
        """From the attempt to the end of it."""
        socket: RawSocket | None = None
        try:
            socket = self.socket = await RawSocket.open(self.door(), self._received, within_s=self._silence_s)
            self._heard_at = asyncio.get_running_loop().time()
            self._send({"action": "connect", "id": self.user, "token": self.token, "ref": "connect"})
            return await self._watch(socket)
        except SocketLost as lost:
            return lost
        except (OSError, TimeoutError):
            return SocketLost(1006, "unreachable")
        finally:
            if socket is not None and socket not in self.left_open:
                socket.abandon()

    async def _watch(self, socket: RawSocket) -> SocketLost:
        """Until it is lost or silent."""
        loop = asyncio.get_running_loop()
        while True:
            done, _ = await asyncio.wait([socket.lost], timeout=0.4 * self._silence_s)
            if done:
                return socket.lost.result()
            if loop.time() - self._heard_at > self._silence_s:
                return SocketLost(1006, "silent")
            self._send({"action": "ping"})

    def _send(self, message: Message) -> None:
        if self.socket is not None:
            self.socket.send(message)

    # ------------------------------------------------------------------------------------------------ messages

    def _received(self, text: bytes) -> None:
        self._heard_at = asyncio.get_running_loop().time()
        message = json.loads(text)
        if message["action"] != "pong":
            self.heard.append(message)
            getattr(self, f"_take_{message['action']}", self._take_other)(message)
            self._changed.set()

    def _take_connected(self, message: Message) -> None:
        self.sockets, self.connected = self.sockets + 1, True
        self._resume()

    def _take_resync(self, message: Message) -> None:
        self._resume()

    def _resume(self) -> None:
        """Ask what was missed, and send again what was not answered; the same refs count once."""
        for room in self.rooms.values():
            if not room.over:
                self._send(room.ask())
        for message in self.pending.values():
            self._send(message)

    def _take_error(self, message: Message) -> None:
        ref, code = message.get("ref") or "", message["code"]
        if ref == "connect":
            asyncio.get_running_loop().call_later(RETRY_S, self._say_again)
        elif ref.startswith("sync:"):
            self.rooms[int(ref.removeprefix("sync:"))].refused(code)
        elif code != "degraded" and self.pending.pop(ref, None):  # degraded: sent again after the resync
            self.settled[ref] = code

    def _say_again(self) -> None:
        if not self.connected:
            self._send({"action": "connect", "id": self.user, "token": self.token, "ref": "connect"})

    def _take_other(self, message: Message) -> None:
        room = self.rooms.get(message.get("room_id", 0))
        if room is None:
            return
        known = len(room.events)
        room.take(message)
        for event in room.events[known:]:
            self._settle(event)
        question = room.question()
        if question is not None:
            self._send(question)

    def _settle(self, event: Message) -> None:
        """Our own try came back: it needs no sending again."""
        if event["action"] == "new_answer" and event["user"]["id"] == self.user:
            for ref, message in list(self.pending.items()):
                if message["answer"] == event["answer"]:
                    del self.pending[ref]
                    self.settled[ref] = "done"


def _pause_s(lost: SocketLost) -> float:
    """3001 names this client's own delay in ms; else a short random pause."""
    if lost.reason.startswith("delay="):
        return int(lost.reason.removeprefix("delay=")) / 1000
    return random.uniform(0, RETRY_S)
