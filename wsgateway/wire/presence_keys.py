"""Where presence lies in Redis. Django reads it here: `GET online` is HLEN and HSCAN of `online`.

| key | type | holds |
| --- | --- | --- |
| `<prefix>presence:online` | hash | user id -> name, everybody online; the one to read |
| `<prefix>presence:nodes` | sorted set | gateway process -> end of its lease, ms since the epoch by Redis's clock |
| `<prefix>presence:node:<node>` | hash | user id -> name, the users with a socket at that process |

A user is online while a process that holds a lease lists them. Only the scripts in wsgateway/presence write.
"""


def online(prefix: str = "") -> str:
    """Hash: user id -> name of everybody online."""
    return f"{prefix}presence:online"


def nodes(prefix: str = "") -> str:
    """Sorted set: gateway process -> end of its lease, ms."""
    return f"{prefix}presence:nodes"


def node(name: str, prefix: str = "") -> str:
    """Hash: user id -> name at one gateway process."""
    return f"{prefix}presence:node:{name}"
