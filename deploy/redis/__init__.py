"""Redis' users: `users.acl` is the one list of them, filled in here from the environment."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

TEMPLATE = Path(__file__).with_name("users.acl")
#: in `users.acl`, each with the variable of its password
USERS = {name.upper(): f"REDIS_{name.upper()}_PASSWORD" for name in ("web", "gateway", "worker", "beat", "operator")}
#: fewer characters are guessed by whoever can reach the port: Redis counts no failures
MIN_LENGTH = 20
#: what the processes share: the messages' channels (a user's is a bare number) ...
CHANNELS = ("[0-9]*", "all", "many", "control")
#: ... and commands on data; not KEYS, SORT, FLUSHALL, CONFIG, SCRIPT FLUSH, CLIENT KILL and their like
COMMANDS = (
    "-@all +@read +@write +@pubsub +@transaction +@connection -@dangerous "
    "+eval +evalsha +script|load +script|exists +time"
)


def render(environment: Mapping[str, str]) -> str:
    """The file for `aclfile`. Passwords are in it as SHA-256 only. Raises `ValueError` for one missing or too short."""
    prefix = environment.get("CHANNEL_PREFIX", "")
    values = {"P": prefix, "MESSAGES": " ".join(f"&{prefix}{name}" for name in CHANNELS), "DATA": COMMANDS}
    for user, variable in USERS.items():
        password = environment.get(variable, "")
        if len(password) < MIN_LENGTH:
            raise ValueError(f"{variable} must be set to {MIN_LENGTH} or more random characters.")
        values[user] = "#" + hashlib.sha256(password.encode()).hexdigest()
    lines = [line for line in TEMPLATE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return "".join(re.sub(r"\{\{(\w+)\}\}", lambda match: values[match[1]], line) + "\n" for line in lines)
