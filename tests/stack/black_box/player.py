"""A player as a stranger would write one, with PROTOCOL.md beside the keyboard: REST, sockets, known answers.

Every socket message is held against the table as it comes in, whatever the test is about.
"""

import itertools
import time
from typing import Any

import requests

from tests.stack.black_box.table import ACCOUNT, ERROR, REST_ROOM, SUCCESS, faults, message_faults
from tests.wsgateway.client import Client

Json = dict[str, Any]
PASSWORD = "a long enough passphrase 7"

_numbers = itertools.count(1)
#: a product that is used for several runs of the tests has the names of the earlier ones
_run = int(time.time()) % 1_000_000


class Socket(Client):
    """One connection that checks what it hears; `heard` keeps all of it in order."""

    def _take_text(self, text: str) -> None:
        before = len(self.inbox)
        super()._take_text(text)
        for message in self.inbox[before:]:
            assert message_faults(message) == []
            self.heard.append(message)

    @property
    def heard(self) -> list[Json]:
        """Every message since the beginning."""
        return self.__dict__.setdefault("_heard", [])

    def about(self, user: int) -> list[str]:
        """Actions of the presence messages about one user, oldest first."""
        return [
            message["action"]
            for message in self.heard
            if message.get("id") == user and message["action"].startswith("someone_")
        ]

    def of_room(self, room_id: int) -> list[Json]:
        """The recorded events of a room as they came, oldest first."""
        return [
            message
            for message in self.heard
            if message.get("room_id") == room_id and message["action"] not in ("room", "synced")
        ]


class Player:
    """A registered user with a token; `rest` for requests, `open` for sockets."""

    def __init__(self, url: str, name: str = "", language: str = "en") -> None:
        self.url = url
        self.name = name or f"player {next(_numbers)} {_run}"
        self.email = f"{self.name.replace(' ', '.')}@example.org"
        self.password, self.token, self.id = PASSWORD, "", 0
        body = {"name": self.name, "password": PASSWORD, "email": self.email, "language": language}
        answer = self.rest("POST", "registration", body, status=201)
        assert faults(answer["user"], ACCOUNT) == []
        self.id = answer["user"]["id"]
        self.log_in()

    def log_in(self) -> str:
        """A new token, which the player uses from now on."""
        answer = self.rest("POST", "login", {"name": self.name, "password": self.password})
        assert sorted(answer) == ["expiry", "message", "status", "token", "user"]
        self.token = answer["token"]
        return self.token

    def raw(self, method: str, path: str, body: Any = None, **options: Any) -> requests.Response:
        """A request under /api/v1/ with this player's token, and the answer as it is."""
        headers = {"Authorization": f"Token {self.token}"} if self.token else {}
        headers |= options.pop("headers", {})
        if body is not None:
            options["json"] = body
        return requests.request(method, f"{self.url}/api/v1/{path}", headers=headers, timeout=20, **options)

    def rest(self, method: str, path: str, body: Any = None, *, status: int = 200) -> Json:
        """The body of an answer of that status; its envelope is checked."""
        response = self.raw(method, path, body)
        assert response.status_code == status, (method, path, response.status_code, response.text)
        found: Json = response.json()
        if status < 400:
            assert {name: found[name] for name in SUCCESS} == SUCCESS
        else:
            assert (found["status"], faults(found, ERROR)) == (1, [])
        return found

    def profile(self) -> Json:
        """`user` as GET profile shows it."""
        user: Json = self.rest("GET", "profile")["user"]
        assert faults(user, ACCOUNT) == []
        return user

    def room(self, method: str, path: str, body: Any = None, *, status: int = 200) -> Json:
        """`room` of an answer, held against the table."""
        room: Json = self.rest(method, path, body, status=status)["room"]
        assert faults(room, REST_ROOM) == []
        return room

    def new_quiz(self, category: int, **options: Any) -> Json:
        """POST quiz/new: the room's fields at the top level."""
        answer = self.rest("POST", "quiz/new", {"category": category, **options}, status=201)
        room = {name: value for name, value in answer.items() if name not in SUCCESS}
        assert faults(room, REST_ROOM) == []
        return room
