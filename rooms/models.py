"""Rooms and who was in them, as the database keeps them.

The game that goes on in a room is not here but in Redis (rooms/live): the database knows that the room exists, who
sits in it, and how it ended. What a game stores of its own is in the game's models.
"""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import RATING_START
from accounts.names import KEY_MAX
from rooms.codes import CODE_LENGTH
from rooms.names import MAX_NAME


class RoomState(models.TextChoices):
    """The states of PROTOCOL.md's `room.state`."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    CLOSED = "closed", "Closed"


class Room(models.Model):
    """One room of one game, from its making to its end. An open name belongs to one public and one private room of a
    game at a time."""

    game = models.CharField(max_length=32, help_text="The game's name in config/games.py.")
    name = models.CharField(max_length=MAX_NAME)
    #: what names are compared by (accounts.names.name_key)
    name_key = models.CharField(max_length=KEY_MAX, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="owned_rooms"
    )
    state = models.CharField(max_length=8, choices=RoomState, default=RoomState.WAITING)
    capacity = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    password = models.CharField(max_length=256, blank=True, help_text="Hash of a private room's password.")
    options = models.JSONField(
        default=dict, blank=True, help_text="The options as they were accepted, the game's and the room's."
    )
    #: what one finds it by while it is open (`rooms.codes`)
    code = models.CharField(max_length=CODE_LENGTH, blank=True, editable=False)
    listed = models.BooleanField(default=True, help_text="Shown in the lobby.")
    #: nobody new may come in; the live room has the last word
    shut = models.BooleanField(default=False, editable=False)
    #: the game's fields of the room that never change, for lists and for when the live state is gone
    display = models.JSONField(default=dict, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    #: set when the live room has answered; until then nobody but its maker sees the room
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    close_message = models.CharField(max_length=300, blank=True)
    #: set in the transaction that stores the outcome, so that it is stored once
    recorded_at = models.DateTimeField(null=True, blank=True)

    #: set when its memberships were deleted (`rooms.archive`)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            # private rooms have names of their own, or one could keep everybody from a public name
            models.UniqueConstraint(
                fields=["game", "name_key"], condition=~Q(state="closed") & Q(password=""), name="room_public_name_once"
            ),
            models.UniqueConstraint(
                fields=["game", "name_key"],
                condition=~Q(state="closed") & ~Q(password=""),
                name="room_private_name_once",
            ),
            models.UniqueConstraint(
                fields=["code"], condition=~Q(state="closed") & ~Q(code=""), name="room_open_code_once"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="room_closed_has_time",
            ),
        ]
        indexes = [
            # what `rooms.archive` looks for
            models.Index(
                fields=["closed_at"],
                condition=Q(closed_at__isnull=False, archived_at__isnull=True),
                name="room_to_archive",
            ),
            # the operators' list, its filter and its search
            models.Index(fields=["-created_at", "-id"], name="room_newest"),
            models.Index(fields=["game", "-created_at", "-id"], name="room_of_game"),
            models.Index(fields=["name_key", "-id"], opclasses=["varchar_pattern_ops", "int8_ops"], name="room_named"),
            # the lobby: of all the rooms that ever were, those that are open. Behind the two above: of indexes that
            # look as good, SQLite takes the youngest
            models.Index(fields=["-created_at", "-id"], condition=~Q(state="closed"), name="room_open"),
            models.Index(fields=["game", "-created_at", "-id"], condition=~Q(state="closed"), name="room_open_of_game"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.game} {self.pk})"

    @property
    def private(self) -> bool:
        """Whether a password is needed to enter."""
        return bool(self.password)

    @property
    def is_open(self) -> bool:
        """Whether the room still goes on."""
        return self.state != RoomState.CLOSED


class Ending(models.TextChoices):
    """How a membership ended."""

    LEFT = "left", "Left"
    KICKED = "kicked", "Kicked"
    FINISHED = "finished", "Played to the end"
    CLOSED = "closed", "Room was closed"
    BANNED = "banned", "Banned"


class GameRating(models.Model):
    """How a player stands in one game; who has none there has not played it for a rating."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="ratings")
    game = models.CharField(max_length=32)
    rating = models.IntegerField(default=RATING_START)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["game", "-rating"]
        constraints = [models.UniqueConstraint(fields=["user", "game"], name="rating_once_a_game")]
        indexes = [models.Index(fields=["game", "-rating", "-id"], name="rating_best_of_game")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.game}: {self.rating}"


class Membership(models.Model):
    """One stay of a user in a room. Coming back after leaving is a new stay."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=8, choices=Ending, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["room", "user"], condition=Q(left_at__isnull=True), name="membership_active_once"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, ending="") | (Q(left_at__isnull=False) & ~Q(ending="")),
                name="membership_ended_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["room"], condition=Q(left_at__isnull=True), name="membership_active_of_room"),
            models.Index(fields=["user"], condition=Q(left_at__isnull=True), name="membership_active_of_user"),
            # a player's own closed rooms, newest first, and what they have met in them
            models.Index(fields=["user", "-room"], name="membership_of_user"),
            # the operators' filters
            models.Index(fields=["-id"], condition=Q(left_at__isnull=True), name="membership_active"),
            models.Index(fields=["ending", "-id"], name="membership_ending"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.room_id}"


class ParkedOutcome(models.Model):
    """An outcome that could not be stored after several tries: kept for an operator, out of the others' way."""

    room_id = models.BigIntegerField(unique=True)
    entry = models.JSONField(help_text="The outbox entry as the live room left it.")
    error = models.TextField()
    tries = models.PositiveIntegerField(default=1)
    first_tried_at = models.DateTimeField(auto_now_add=True)
    #: set when the tries are used up; only then the entry has left the outbox
    parked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"outcome of room {self.room_id}"
