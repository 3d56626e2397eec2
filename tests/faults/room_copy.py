"""A room as a client follows it by the rules of recovery; pure. docs/GUARANTEES.md tells the rules in words.

An event with `v` and no `since` is the room's next: taken when it follows what is known, dropped when it is known
already, held when it leaves a gap; then `sync` is asked for. `since` equal to `v` is off the record: shown, uncounted.
`synced` brings what is missing, `room` replaces everything; then what was held is taken up again.
"""

from typing import Any

Message = dict[str, Any]


class RoomCopy:
    """`v`: the version known, `mark` its event's; `events`: every recorded event since the client began, in order."""

    def __init__(self, room_id: int, v: int, mark: int | None = None) -> None:
        self.room_id, self.v, self.mark = room_id, v, mark
        self.events: list[Message] = []
        self.unrecorded: list[Message] = []
        self.views: list[Message] = []  #: whole rooms that came instead of events
        self.refusals: list[str] = []  #: why a sync was refused: the room is no longer ours
        self.asked = False
        self._held: dict[int, Message] = {}
        self._seen = 0  #: the latest version heard of since the last `sync` was sent

    @property
    def over(self) -> bool:
        """Closed, or not ours any more."""
        closed = self.events and self.events[-1]["action"] == "close_room"
        return bool(closed or self.refusals or (self.views and self.views[-1]["state"] == "closed"))

    def question(self) -> Message | None:
        """The `sync` to send now, when there is a gap and none is on its way."""
        return self.ask() if self._seen > self.v and not self.asked else None

    def ask(self) -> Message:
        """A `sync` from where we are: after a reconnect, a `resync`, a gap."""
        self.asked, self._seen = True, 0
        return {
            "action": "sync", "room_id": self.room_id, "v": self.v, "mark": self.mark, "ref": f"sync:{self.room_id}",
        }  # fmt: skip

    def take(self, message: Message) -> None:
        """One message of this room."""
        if message["action"] == "synced":
            self.asked = False
            for event in message["events"]:
                if event["v"] > self.v:
                    self._append(event)
            if message["v"] >= self.v:  # events that went to others alone raise it, too
                self.v, self.mark = message["v"], message["mark"]
        elif message["action"] == "room":
            self._replace(message)
        elif message.get("since") is not None:
            self.unrecorded.append(message)
        else:
            self._seen = max(self._seen, message["v"])
            self._held[message["v"]] = message
        self._take_held()

    def refused(self, code: str) -> None:
        """The answer to `sync` was an error; `degraded` means that a `resync` will come."""
        self.asked = False
        if code in ("unknown_room", "not_member"):
            self.refusals.append(code)

    def _replace(self, view: Message) -> None:
        """The whole room is the truth, even when its version is below ours: then the server's room is another one."""
        self.asked = False
        self.views.append(view)
        self.v, self.mark = view["v"], view["mark"]
        self.events = [event for event in self.events if event["v"] <= self.v]

    def _append(self, event: Message) -> None:
        self.v, self.mark = event["v"], event["mark"]
        self.events.append(event)

    def _take_held(self) -> None:
        while event := self._held.pop(self.v + 1, None):
            self._append(event)
        self._held = {v: event for v, event in self._held.items() if v > self.v}
