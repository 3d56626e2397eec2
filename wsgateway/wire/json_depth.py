"""How deep a JSON text nests, looked at before anything walks it: parsers and whatever walks their values recurse."""

import re
from itertools import accumulate

#: levels of a whole message or body; the deepest honest one (`player` within an entering) has five
DEPTH = 16

# A string, also one that never ends, with its escapes; a bracket in it opens nothing.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_STEPS = [-1 if byte in b"]}" else 1 for byte in range(256)]


class TooDeep(ValueError):  # noqa: N818  reads better where it is raised
    """The text nests deeper than it may. `whole`: every bracket that opens is closed, so it may be JSON."""

    def __init__(self, limit: int, *, whole: bool) -> None:
        super().__init__(f"nested deeper than {limit} levels")
        self.whole = whole


def check_depth(raw: bytes, limit: int = DEPTH) -> None:
    """Raises `TooDeep` when arrays and objects nest more than `limit` levels. Whether it is JSON, the parser says.

    Nothing here recurses. A text with few brackets, as nearly every one is, costs two counts.
    """
    if raw.count(b"[") + raw.count(b"{") <= limit:
        return
    brackets = _STRING.sub(b"", raw).translate(None, _NO_BRACKETS)
    levels = list(accumulate(map(_STEPS.__getitem__, brackets)))
    if max(levels, default=0) > limit:
        raise TooDeep(limit, whole=levels[-1] == 0)
