"""Bodies that the rooms API takes, and the room as it shows it."""

from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.api.fields import Choice, Text
from config.games import GAMES
from rooms.api.fields import ID_MAX, PlayerField, Whole
from rooms.limits import PLAY_BYTES
from rooms.models import RoomState
from rooms.names import MAX_NAME
from rooms.options import PASSWORD_MAX, RoomOptions


def name_field() -> Text:
    """The name of a room in a body."""
    return Text(max_length=MAX_NAME, required=False, allow_blank=True, default="")


def password_field() -> Text:
    """The password of a private room in a body."""
    return Text(
        max_length=PASSWORD_MAX,
        required=False,
        allow_blank=True,
        write_only=True,
        help_text="Of a private room.",
    )


class GameField(Text):
    """The name of a game; the service refuses one there is none of (`unknown_game`)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 32, **kwargs})


class CreateRoomSerializer(RoomOptions):
    """A new room. Without a name it gets one: its maker's and a number. `options` are those of the game."""

    game = GameField(help_text=f"One of: {', '.join(GAMES)}.")
    name = name_field()
    options = serializers.DictField(required=False, default=dict)


class EnterRoomSerializer(CreateRoomSerializer):
    """The open room of this game and name; where there is none, it is made with the options."""

    player = PlayerField()


class CommandBody(serializers.DictField):
    """A small JSON object."""

    default_error_messages = {"too_long": _("At most {limit} bytes of JSON.")}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Raises `ValidationError` for anything else."""
        if not isinstance(data, dict):
            self.fail("not_a_dict", input_type=type(data).__name__)
        if len(msgspec.json.encode(data)) > PLAY_BYTES:
            self.fail("too_long", limit=PLAY_BYTES)
        return data


class JoinRoomSerializer(serializers.Serializer[Any]):
    """Both may be left out."""

    password = password_field()
    player = PlayerField()


class WatchRoomSerializer(serializers.Serializer[Any]):
    """May be left out."""

    password = password_field()


class CommandSerializer(serializers.Serializer[Any]):
    """What is to be done, and with what. The same `ref` sent again counts once."""

    kind = Text(max_length=32)
    body = CommandBody(required=False, default=dict)
    ref = Text(required=False, allow_null=True, default=None, max_length=64)


class AnswerSerializer(serializers.Serializer[Any]):
    """A try at the question that is open, or at question `id` if that is still the one."""

    answer = Text(max_length=1000)
    id = Whole(required=False, allow_null=True, min_value=1, max_value=ID_MAX, help_text="Id of the question.")
    ref = Text(required=False, allow_null=True, max_length=64, help_text="The same ref sent again counts once.")


class RoomsFilterSerializer(serializers.Serializer[Any]):
    """`GET rooms`."""

    game = GameField(required=False, default="", help_text="Only rooms of this game.")
    state = Choice(
        choices=RoomState.choices,
        required=False,
        default="",
        help_text="Without it: all that are open. With `closed`: those that you were in.",
    )


class CategoryRefSerializer(serializers.Serializer[Any]):
    """A category: `name` in the room's language, `names` in every one it has (rooms made by 0.1 have none)."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    names = serializers.DictField(child=serializers.CharField(), required=False)


class OwnerSerializer(serializers.Serializer[Any]):
    """Who made the room."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class RoomRowSerializer(serializers.Serializer[Any]):
    """A room in the lobby's list; the fields of its game (`category`, `cnt_questions`, ...) stand beside these."""

    room_id = serializers.IntegerField()
    game = serializers.CharField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=RoomState.choices)
    owner = OwnerSerializer(allow_null=True)
    capacity = serializers.IntegerField()
    private = serializers.BooleanField()
    cnt_players = serializers.IntegerField()
    created = serializers.DateTimeField()
    max_time = serializers.IntegerField(required=False, help_text="Seconds till the hint.")
    cnt_questions = serializers.IntegerField(required=False)
    min_players = serializers.IntegerField(required=False)
    language = serializers.CharField(required=False)
    category = CategoryRefSerializer(required=False, allow_null=True)


class QuestionSerializer(serializers.Serializer[Any]):
    """The open question: `q` in the room's language, `texts` in all it has. Never its answers."""

    id = serializers.IntegerField()
    q = serializers.CharField()
    image = serializers.CharField(allow_null=True)
    audio = serializers.CharField(allow_null=True)
    video = serializers.CharField(allow_null=True)
    number = serializers.IntegerField()
    texts = serializers.DictField(child=serializers.CharField())


class PlayerRefSerializer(serializers.Serializer[Any]):
    """A user as shown beside a try."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    account = serializers.IntegerField()
    rating = serializers.IntegerField()


class PlayerSerializer(PlayerRefSerializer):
    """A member of the room."""

    score = serializers.IntegerField()
    player = serializers.DictField(allow_null=True)


class TrySerializer(serializers.Serializer[Any]):
    """A try that everybody in the room saw."""

    user = PlayerRefSerializer()
    answer = serializers.CharField()
    is_true = serializers.BooleanField()
    time = serializers.IntegerField()
    v = serializers.IntegerField()


class ResultSerializer(serializers.Serializer[Any]):
    """One line of the final table."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    score = serializers.IntegerField()
    rating = serializers.IntegerField()
    prize = serializers.IntegerField()


class RoomSerializer(serializers.Serializer[Any]):
    """A room as this user may see it. Of a private room only its members see question, tries, players and results."""

    room_id = serializers.IntegerField()
    game = serializers.CharField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=RoomState.choices)
    v = serializers.IntegerField(help_text="Version: rises by one with every event on the socket.")
    mark = serializers.IntegerField(allow_null=True, help_text="Of the event at `v`; the socket's `sync` takes both.")
    max_time = serializers.IntegerField(help_text="Seconds till the hint.")
    cnt_questions = serializers.IntegerField()
    question = QuestionSerializer(allow_null=True)
    category = CategoryRefSerializer(allow_null=True)
    players = PlayerSerializer(many=True)
    cnt_players = serializers.IntegerField()
    phase = serializers.CharField()
    phase_ends = serializers.IntegerField(allow_null=True, help_text="When the phase ends, ms since the epoch.")
    time = serializers.IntegerField(help_text="The server's clock, ms since the epoch.")
    hint = serializers.CharField(allow_null=True)
    hints = serializers.DictField(child=serializers.CharField(), required=False, help_text="The hint by language.")
    owner = serializers.IntegerField(allow_null=True)
    capacity = serializers.IntegerField()
    private = serializers.BooleanField()
    min_players = serializers.IntegerField()
    language = serializers.CharField()
    tries = TrySerializer(many=True)
    results = ResultSerializer(many=True, allow_null=True)
    code = serializers.CharField(help_text="Finds the room while it is open; empty for one made before there were any.")
    options = serializers.DictField(help_text="What it was made with; sent back, they make such a room.")
    spectators = serializers.IntegerField()
    locked = serializers.BooleanField(help_text="Nobody new may come in.")
    paused = serializers.IntegerField(allow_null=True, help_text="Since when, ms since the epoch.")
    powers = serializers.ListField(child=serializers.CharField(), help_text="Kinds of `manage` that this room knows.")
