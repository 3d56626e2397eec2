"""What a client sent, as a struct of the wire or of a game, or the `error` that names what is wrong with it."""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

import msgspec

from config.games import GAMES, game_entry
from wsgateway.limits import Limits
from wsgateway.wire import client_in, client_out
from wsgateway.wire.errors import ERRORS
from wsgateway.wire.json_depth import TooDeep, check_depth
from wsgateway.wire.text import fault_of_answer

#: a struct of `client_in`, or of a game's own names (`GameEntry.own_names`)
Request = Any

#: the largest id there is: what JSON numbers of every client can carry
LARGEST_ID = 2**53


class BadMessage(Exception):  # noqa: N818  reads better where it is raised
    """What the client is told: `code` of `ERRORS`, a message that names the field, the request's `ref`."""

    def __init__(self, code: str, message: str = "", ref: str | None = None) -> None:
        super().__init__(message or ERRORS[code])
        self.error = client_out.Error(code, message or ERRORS[code], ref)


class Envelope(msgspec.Struct):
    """What tells the kinds of message apart; anything goes here, the right struct is decoded next."""

    action: Any = None
    game: Any = None
    lobby: Any = None
    ref: Any = None


_envelope = msgspec.json.Decoder(Envelope)
_enter_game = msgspec.json.Decoder(client_in.EnterGame)


def action_of(struct: type[msgspec.Struct]) -> str | None:
    """The `action` that marks a message; None for one that has none."""
    tag = struct.__struct_config__.tag
    return tag if isinstance(tag, str) else None


@cache
def _decoders() -> dict[str | None, msgspec.json.Decoder[Any]]:
    """By `action`; under None the one form of an answer that has no action and is told by `lobby`."""
    own_names = (struct for name in GAMES for struct in game_entry(name).own_names)
    structs = (*get_args(client_in.ClientAction), *own_names)
    return {action_of(struct): msgspec.json.Decoder(struct) for struct in structs}


def read_request(text: bytes, limits: Limits) -> Request:
    """One message of a client. Raises `BadMessage`."""
    try:
        check_depth(text, limits.json_depth)
    except TooDeep as deep:
        raise BadMessage("too_long" if deep.whole else "bad_json", str(deep)) from None
    envelope = _read_envelope(text)
    ref = envelope.ref if isinstance(envelope.ref, str) and len(envelope.ref) <= limits.ref_chars else None
    try:
        request = _decoder(envelope, ref).decode(text)
    except msgspec.ValidationError as error:
        raise BadMessage("bad_message", _plainly(error), ref) from None
    except msgspec.DecodeError:
        raise BadMessage("bad_json", ref=ref) from None
    for field, size, limit in _sizes(request, limits):
        if size > limit:
            raise BadMessage("too_long", f"{field}: at most {limit} allowed", ref)
    _check_ids(request, ref)
    if hasattr(request, "as_play") and (fault := fault_of_answer(request.answer)):
        raise BadMessage("bad_message", fault, ref)
    return request


def _read_envelope(text: bytes) -> Envelope:
    try:
        return _envelope.decode(text)
    except msgspec.ValidationError:
        raise BadMessage("bad_message", "a message is a JSON object") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise BadMessage("bad_json") from None


def _decoder(envelope: Envelope, ref: str | None) -> msgspec.json.Decoder[Any]:
    if envelope.action is not None:
        if not isinstance(envelope.action, str):
            raise BadMessage("bad_message", "action: expected a string", ref)
        decoder = _decoders().get(envelope.action)
        if decoder is None:
            raise BadMessage("unknown_action", ref=ref)
        return decoder
    if envelope.game is None:
        raise BadMessage("bad_message", "action: missing", ref)
    return _enter_game if envelope.lobby is None else _decoders()[None]


def _plainly(error: msgspec.ValidationError) -> str:
    """msgspec's "Expected `int`, got `str` - at `$.room_id`" as "room_id: expected int, got str"."""
    what, _, where = str(error).partition(" - at ")
    field = where.strip("`").removeprefix("$").strip(".")
    if not field and "required field" in what:
        return what.rsplit("`", 2)[-2] + ": missing"
    what = what.replace("`", "")
    return f"{field}: {what[:1].lower()}{what[1:]}" if field else what


def _sizes(request: Request, limits: Limits) -> Iterator[tuple[str, int, int]]:
    """(field, size, limit) of everything a client can make long."""
    if request.ref is not None:
        yield "ref", len(request.ref), limits.ref_chars
    if isinstance(request, client_in.Play | client_in.Manage):
        yield "kind", len(request.kind), limits.kind_chars
        yield "body (bytes)", len(msgspec.json.encode(request.body)), limits.play_bytes
    elif isinstance(request, client_in.Watch):
        yield "password", len(request.password), limits.name_chars
    elif hasattr(request, "as_play"):
        yield "answer", len(request.answer), limits.answer_chars
    elif isinstance(request, client_in.Connect):
        yield "token", len(request.token), limits.token_chars
        yield "name", len(request.name), limits.name_chars
    elif isinstance(request, client_in.Refresh):
        yield "token", len(request.token), limits.token_chars
    elif isinstance(request, client_in.EnterGame):
        yield "name", len(request.name), limits.name_chars
        yield "player (bytes)", len(msgspec.json.encode(request.player)), limits.player_bytes


def _check_ids(request: Request, ref: str | None) -> None:
    """Ids and versions are whole numbers from 0 on that every JSON reader can hold. Raises `BadMessage`."""
    for field in ("id", "room_id", "lobby", "v", "mark"):
        value = getattr(request, field, None)
        if value is not None and not 0 <= value <= LARGEST_ID:
            raise BadMessage("bad_message", f"{field}: out of range", ref)
