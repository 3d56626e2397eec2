"""The bots: one thread and one epoll for all of them, so that two cores are left to what is measured."""

import heapq
import json
import random
import select
import socket
import time
from collections import Counter, deque
from collections.abc import Callable

from benchmarks.playing.tally import Tally
from benchmarks.playing.wire import PONG, UPGRADE, Reading, masked, read_frames

#: seconds between two tries of one player, on average; evenly spread from half to one and a half of it
TRY_EVERY_S = 3.0
#: requests under way at once: a player enters, the next one follows; the product's own queue is not the question
CONNECTING, ENTERING = 100, 24
WORDS = ("paris", "mercury", "the red one", "about 1900", "no idea", "volga", "napoleon", "seven", "carbon", "lisbon")


class Room:
    """What the bots of one room know together."""

    def __init__(self, name: str, size: int) -> None:
        self.name, self.size = name, size
        self.room_id = self.question = 0
        self.closed = False


class Bot:
    """One player on one socket."""

    __slots__ = ("fd", "rest", "room", "shaken", "sock", "state", "token", "user", "v")

    def __init__(self, user: int, token: str, room: Room) -> None:
        self.user, self.token, self.room = user, token, room
        self.state, self.v, self.rest, self.shaken = "new", 0, b"", False

    def say(self, **message: object) -> None:
        """Send one message; a socket that can't take so little is broken. Raises `OSError`."""
        self.sock.send(masked(json.dumps(message, separators=(",", ":")).encode()))


class Crowd:
    """All bots. `connect`, `enter`, `play`, `finish`, `leave`, in this order; each is bounded in time."""

    def __init__(self, port: int, people: list[tuple[int, str]], rooms: int, tag: str, options: dict) -> None:
        self.port, self.options = port, options
        self.answers: dict[int, str] = {}
        size = len(people) // rooms
        self.rooms = [Room(f"{tag} {number}", size) for number in range(rooms)]
        self.bots = [Bot(user, token, self.rooms[i // size]) for i, (user, token) in enumerate(people[: rooms * size])]
        self.tally = Tally(size)
        self.sent_right: dict[int, float] = {}
        self.lost = 0
        self.tries = 0
        self.errors: Counter[str] = Counter()
        self._poll = select.epoll()
        self._by_fd: dict[int, Bot] = {}
        self._known: dict[bytes, Reading] = {}
        self._retry: deque[tuple[float, Bot]] = deque()
        self._right_share = 0.5 / size

    # ------------------------------------------------------------------------------------------------ phases

    def connect(self, within_s: float) -> None:
        """Open the sockets and say who they are."""
        self._flow(self.bots, self._open, CONNECTING, "online", within_s)

    def enter(self, within_s: float) -> None:
        """Everybody into their rooms, by the socket; the games begin when the rooms are full."""
        self._flow(self.bots, self._enter, ENTERING, "seated", within_s)
        self._run(within_s, lambda: all(room.question for room in self.rooms))

    def play(self, seconds: float) -> None:
        """Type at a human rate; now and then somebody knows. `tally` has this phase alone."""
        self._settle_readings()
        self.tally, self.tries = Tally(self.tally.room_size), 0
        self._type(seconds, lambda: False)

    def fall_quiet(self, seconds: float) -> Tally:
        """Let what is under way arrive; answers the tally of what was played."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._once(left)
        self._settle_readings()
        played, self.tally = self.tally, Tally(self.tally.room_size)
        return played

    def finish(self, within_s: float) -> None:
        """From here on everybody knows every answer."""
        self._right_share = 0.5
        self._type(within_s, lambda: all(room.closed for room in self.rooms))

    def leave(self) -> None:
        """Close all sockets."""
        for bot in self._by_fd.values():
            bot.sock.close()
        self._poll.close()
        self._settle_readings()

    # ------------------------------------------------------------------------------------------------ what bots do

    def _flow(self, bots: list[Bot], begin: Callable[[Bot], None], at_once: int, state: str, within_s: float) -> None:
        """Begin with each bot in turn, a bounded number at once, until all are in the state."""
        waiting, begun = deque(bots), []
        deadline = time.perf_counter() + within_s
        while waiting or begun:
            while waiting and len(begun) < at_once:
                begun.append(bot := waiting.popleft())
                begin(bot)
            self._once(0.05)
            while self._retry and self._retry[0][0] < time.perf_counter():
                begin(self._retry.popleft()[1])
            begun = [bot for bot in begun if bot.state != state]
            if time.perf_counter() > deadline:
                raise TimeoutError(f"{len(waiting) + len(begun)} bots are not {state}; errors: {dict(self.errors)}")

    def _open(self, bot: Bot) -> None:
        bot.sock = socket.create_connection(("127.0.0.1", self.port))
        bot.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bot.sock.send(UPGRADE % b"127.0.0.1:%d" % self.port)
        bot.sock.setblocking(False)
        self._by_fd[bot.sock.fileno()] = bot
        self._poll.register(bot.sock, select.EPOLLIN)

    def _enter(self, bot: Bot) -> None:
        bot.say(game="quiz", name=bot.room.name, options=self.options)

    def _type(self, seconds: float, until: Callable[[], bool]) -> None:
        now = time.perf_counter()
        due = [(now + random.random() * TRY_EVERY_S, number) for number, bot in enumerate(self.bots)]
        heapq.heapify(due)
        end = now + seconds
        while (now := time.perf_counter()) < end and not until():
            while due[0][0] <= now:
                number = due[0][1]
                self._try(self.bots[number])
                heapq.heapreplace(due, (now + TRY_EVERY_S * random.uniform(0.5, 1.5), number))
            self._once(min(0.05, due[0][0] - now))

    def _try(self, bot: Bot) -> None:
        room = bot.room
        if room.closed or bot.state != "seated" or room.question <= 0:
            return
        now = time.perf_counter()
        self.tries += 1
        if random.random() < self._right_share:
            answer = self.answers[room.question]
            self.sent_right[bot.user] = now
        else:
            answer = f"w{int(now * 1e6)} {random.choice(WORDS)}"
        ref = f"{bot.user}-{self.tries}"
        bot.say(action="check_me", room_id=room.room_id, id=room.question, answer=answer, ref=ref)

    # ------------------------------------------------------------------------------------------------ what bots get

    def _run(self, within_s: float, until: Callable[[], bool]) -> None:
        deadline = time.perf_counter() + within_s
        while not until():
            self._once(0.05)
            if time.perf_counter() > deadline:
                raise TimeoutError("not every game has begun")

    def _once(self, timeout_s: float) -> None:
        for fd, _ in self._poll.poll(max(0.0, timeout_s), 512):
            bot = self._by_fd[fd]
            try:
                data = bot.sock.recv(262_144)
            except BlockingIOError:
                continue
            if not data:
                raise ConnectionError(f"user {bot.user} was cut off")
            self._received(bot, data)
        if len(self._known) > 20_000:
            self._settle_readings()

    def _received(self, bot: Bot, data: bytes) -> None:
        if not bot.shaken:
            head, end, data = (bot.rest + data).partition(b"\r\n\r\n")
            if not end:
                bot.rest = head
                return
            if b" 101 " not in head[:20]:
                raise ConnectionError(head.decode(errors="replace")[:200])
            bot.rest, bot.shaken = b"", True
            bot.say(action="connect", id=bot.user, token=bot.token)
        if bot.rest:
            data = bot.rest + data
        reading = self._known.get(data)
        if reading is None:
            reading = Reading()
            taken = read_frames(data, reading)
            bot.rest = data[taken:]
            if bot.rest:
                data = data[:taken]
                reading = self._known.setdefault(data, reading)
            else:
                self._known[data] = reading
        else:
            bot.rest = b""
        self._apply(bot, reading)

    def _apply(self, bot: Bot, reading: Reading) -> None:
        now = time.perf_counter()
        if not reading.members:
            reading.since = now
        reading.members += 1
        reading.got = now
        if reading.first and bot.v:
            self.lost += reading.first - bot.v - 1
        self.lost += reading.gaps
        if reading.last:
            bot.v = reading.last
        if reading.question:
            bot.room.question = reading.question
        if reading.connected and bot.state == "new":
            bot.state = "online"
        if reading.room:
            bot.state, bot.room.room_id = "seated", reading.rooms[-1]
        if reading.left:
            bot.room.closed = True
        for code in reading.errors:
            self._complained(bot, code)
        for ping in reading.pings:
            bot.sock.send(masked(ping, PONG))

    def _complained(self, bot: Bot, code: str) -> None:
        self.errors[code] += 1
        if bot.state == "online":  # entering was refused: again a little later
            self._retry.append((time.perf_counter() + 0.5, bot))

    def _settle_readings(self) -> None:
        """Add up what is known, and forget it."""
        for reading in self._known.values():
            self.tally.add(reading, self.sent_right)
        self._known.clear()
