"""Names of the Redis channels and keys that Gamehub's processes share.

The channels are the public contract of PROTOCOL.md: a user's channel is the bare id, so that
`redis-cli PUBLISH 23 '{"action":"hi"}'` reaches user 23. Every channel and key starts with
`CHANNEL_PREFIX` (empty by default), because Redis pub/sub ignores database numbers.
"""


class Channels:
    """Channel and key names under one prefix. All methods return `str`."""

    __slots__ = ("all", "control", "many", "prefix")

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix
        self.all = f"{prefix}all"
        self.many = f"{prefix}many"
        self.control = f"{prefix}control"

    def user(self, user_id: int) -> str:
        """The channel of one user."""
        return f"{self.prefix}{user_id}"

    def token(self, digest: str) -> str:
        """Key of the cached answer to "whose token is this": JSON `CachedToken`, or a tombstone."""
        return f"{self.prefix}token:{digest}"

    def user_rooms(self, user_id: int) -> str:
        """Key of the set of room ids the user is in, kept by the rooms' commit script."""
        return f"{self.prefix}user:{user_id}:rooms"

    def room(self, room_id: int, part: str) -> str:
        """Key of one part (`state`, `inbox`, `lease`, `log`) of a live room."""
        return f"{self.prefix}room:{room_id}:{part}"

    def reply(self, reply_id: str) -> str:
        """Key of the list on which a command's outcome is handed to the process that waits for it."""
        return f"{self.prefix}reply:{reply_id}"

    @property
    def timers(self) -> str:
        """Key of the sorted set of (room id, due time in ms since the epoch)."""
        return f"{self.prefix}timers"

    @property
    def results(self) -> str:
        """Key of the hash (room id -> outcome JSON) of ended rooms the database has not stored yet."""
        return f"{self.prefix}results"
