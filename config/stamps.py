"""Steps that are done once for each state of their inputs."""

from hashlib import sha256
from typing import Any

from django.conf import settings


class Stamp:
    """Remembers in `var/` what a step was last done with."""

    def __init__(self, name: str, inputs: list[Any]) -> None:
        self.path = settings.ENV.var / f"{name}.stamp"
        self.value = sha256(
            b"\0".join(part if isinstance(part, bytes) else str(part).encode() for part in inputs)
        ).hexdigest()

    @property
    def fresh(self) -> bool:
        """The step was done with the very same inputs."""
        return self.path.is_file() and self.path.read_text() == self.value

    def set(self) -> None:
        """It has been done now."""
        self.path.write_text(self.value)
