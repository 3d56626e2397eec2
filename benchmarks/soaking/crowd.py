"""Users with tabs that come, go, reload and come back after every cut; and the truth about who is there."""

import asyncio
import random
import time
from collections.abc import Callable

from tests.faults.raw_socket import RawSocket

CONNECTED = b'{"action":"connected"'
DEGRADED = b'{"action":"error"'
RETRY_S = 1.0


class Tab:
    """One socket that somebody wants open: it reconnects until it is closed for good."""

    def __init__(self, user: "User", door: Callable[[], str]) -> None:
        self.user, self.door, self.where = user, door, ""
        self.identified = False
        self._socket: RawSocket | None = None
        self._task = asyncio.create_task(self._stay())

    def close(self) -> None:
        """Nobody wants it any more."""
        self._task.cancel()
        self._lost()
        if self._socket is not None:
            self._socket.abandon()

    async def _stay(self) -> None:
        while True:
            try:
                self.where = self.door()
                self._socket = await RawSocket.open(self.where, self._received)
                self._identify()
                lost = await self._socket.lost
                self._lost()
                await asyncio.sleep(_delay_s(lost.reason))
            except (OSError, TimeoutError):
                await asyncio.sleep(random.uniform(0, RETRY_S))

    def _identify(self) -> None:
        if self._socket is not None:
            self._socket.send({"action": "connect", "id": self.user.id, "token": self.user.token})

    def _received(self, text: bytes) -> None:
        if not self.identified and text.startswith(CONNECTED):
            self.identified = True
            self.user.tab_came()
        elif not self.identified and text.startswith(DEGRADED):
            asyncio.get_running_loop().call_later(random.uniform(0, RETRY_S), self._identify)
        self.user.hear(text)

    def _lost(self) -> None:
        if self.identified:
            self.identified = False
            self.user.tab_went()


def _delay_s(reason: str) -> float:
    if reason.startswith("delay="):
        return int(reason.removeprefix("delay=")) / 1000
    return random.uniform(0, RETRY_S)


class User:
    """Online is who has a tab that said `connected`. `gaps`: (when it ended, how long it was) of the last absences."""

    def __init__(self, number: int, token: str, hear: Callable[[bytes], None] = lambda text: None) -> None:
        self.id, self.token, self.hear = number, token, hear
        self.tabs: list[Tab] = []
        self.here = 0
        self.away_since = time.monotonic()
        self.gaps: list[tuple[float, float]] = []

    def tab_came(self) -> None:
        """One more socket is identified."""
        self.here += 1
        if self.here == 1:
            now = time.monotonic()
            self.gaps = [*self.gaps[-20:], (now, now - self.away_since)]

    def tab_went(self) -> None:
        """One less."""
        self.here -= 1
        if self.here == 0:
            self.away_since = time.monotonic()

    def was_away(self, at_least_s: float, since: float) -> bool:
        """Whether the user was away for that long, in a gap that ended after `since` or lasts."""
        if self.here == 0 and time.monotonic() - self.away_since >= at_least_s:
            return True
        return any(ended >= since and length >= at_least_s for ended, length in self.gaps)

    @property
    def settled(self) -> bool:
        """Every tab that is wanted is there."""
        return all(tab.identified for tab in self.tabs)

    def open_tab(self, door: Callable[[], str]) -> None:
        """One more."""
        self.tabs.append(Tab(self, door))

    def close_tab(self) -> None:
        """A random one less."""
        if self.tabs:
            self.tabs.pop(random.randrange(len(self.tabs))).close()

    def leave(self) -> None:
        """All tabs closed."""
        while self.tabs:
            self.close_tab()

    def only_at(self, where: str) -> bool:
        """Whether every tab is at that address."""
        return bool(self.tabs) and all(tab.identified and tab.where == where for tab in self.tabs)


class Crowd:
    """All users; `stir` lets one of them do something."""

    def __init__(self, tokens: dict[int, str], doors: list[str]) -> None:
        self.users = {number: User(number, token) for number, token in tokens.items()}
        self.doors = doors

    def door(self) -> str:
        """A random gateway."""
        return random.choice(self.doors)

    def fill(self, share: float) -> None:
        """That share of the users come."""
        for user in self.users.values():
            if random.random() < share:
                user.open_tab(self.door)

    def stir(self) -> None:
        """Somebody comes, opens a tab, closes one, reloads, goes."""
        user = random.choice(list(self.users.values()))
        if not user.tabs:
            user.open_tab(self.door)
            return
        what = random.random()
        if what < 0.3 and len(user.tabs) < 4:
            user.open_tab(self.door)
        elif what < 0.55:
            user.close_tab()
        elif what < 0.8:
            user.close_tab()
            user.open_tab(self.door)
        else:
            user.leave()

    def lose(self, where: str, share: float) -> list[int]:
        """The gateway there is about to be killed: a share of those who are nowhere else won't come back."""
        lost = [user for user in self.users.values() if user.only_at(where) and random.random() < share]
        for user in lost:
            tabs, user.tabs = user.tabs, []
            for tab in tabs:
                asyncio.get_running_loop().call_later(0.05, tab.close)
        return [user.id for user in lost]

    @property
    def online(self) -> set[int]:
        """The truth."""
        return {user.id for user in self.users.values() if user.here}

    @property
    def settled(self) -> bool:
        """Everybody is where they want to be."""
        return all(user.settled for user in self.users.values())

    def leave(self) -> None:
        """The end."""
        for user in self.users.values():
            user.leave()
