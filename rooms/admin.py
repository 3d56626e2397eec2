"""Operators' pages: rooms (and closing them), who sits where (and kicking), outcomes that could not be stored."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.forms import ActionForm
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.admin import ReadOnlyAdmin
from accounts.admin_lists import QuickAdmin, QuickInline, choice, named, number, whose, yes_or_no
from accounts.names import name_key
from config.games import GAMES
from rooms import recording, services
from rooms.errors import RoomError
from rooms.models import Membership, ParkedOutcome, Room, RoomState
from rooms.selectors import count_seated, in_state


class CloseForm(ActionForm):
    """The list's actions, with what the players of a closed room are to read."""

    message = forms.CharField(
        label="",
        required=False,
        max_length=300,
        widget=UnfoldAdminTextInputWidget(
            {
                "x-show": "action == 'close'",
                "placeholder": _("Words for the players (may stay empty)"),
                "aria-label": _("Words for the players"),
                "class": "grow text-base-700 lg:w-96",
            }
        ),
    )


class RecordAdmin(ReadOnlyAdmin):
    """Rows to look at that go only together with what they belong to, when a superuser deletes that."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not on its own pages."""
        return request.user.is_superuser and self.opts.model_name not in request.path.split("/")


class MembershipInline(QuickInline):
    """Who was in the room."""

    model = Membership
    related = ("user",)
    fields = readonly_fields = ("user", "joined_at", "left_at", "ending")


class StateFilter(admin.SimpleListFilter):
    """Open or closed. Of what is open it says so in the words of the index, which SQLite needs."""

    title, parameter_name = _("state"), "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The states."""
        return list(RoomState.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Room]) -> QuerySet[Room]:
        """The rooms of the state."""
        state = self.value()
        return queryset.filter(in_state(state)) if state in RoomState.values else queryset


@admin.register(Room)
class RoomAdmin(QuickAdmin):
    """Rooms. Nothing is edited; closing takes effect on the members' sockets at once."""

    list_display = ("id", "name", "game", "state", "owner", "players", "capacity", "locked", "created_at", "closed_at")
    list_display_links = ("id", "name")
    list_filter = (
        choice(_("game"), "game", {name: (name, Q(game=name)) for name in GAMES}),
        StateFilter,
        "created_at",
    )
    related = ("owner",)
    finders = (number("pk"), *named("name_key", name_key), whose("owner"))
    search_help_text = _("A room's name (its beginning) or id, or its owner's name, e-mail or id")
    ordering = ("-created_at", "-id")
    fields = readonly_fields = (
        *("game", "name", "state", "owner", "capacity", "locked", "options"),
        *("created_at", "opened_at", "closed_at", "close_message", "recorded_at"),
    )
    inlines = (MembershipInline,)
    actions = ("close",)
    action_form = CloseForm

    def complete(self, rows: list[Any]) -> None:
        """With the number of players."""
        seated = count_seated(rooms=rows)
        for room in rows:
            room.cnt_players = seated.get(room.pk, 0)

    @display(description=_("players"))
    def players(self, room: Any) -> int:
        """How many sit in it now."""
        return int(room.cnt_players)

    @display(description=_("private"), boolean=True)
    def locked(self, room: Room) -> bool:
        """Whether it has a password, which is not shown."""
        return room.private

    @admin.action(description=_("Close the selected rooms"), permissions=["change"])
    def close(self, request: HttpRequest, queryset: QuerySet[Room]) -> None:
        """Ends them for everybody in them, with the words of the form."""
        words = request.POST.get("message", "").strip()
        for room in queryset:
            if _carry_out(self, request, services.close_room, room_id=room.pk, message=words):
                self.log_change(request, room, "Closed.")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rooms are made by players."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only what is over can be deleted: an open room lives in Redis, too."""
        return super().has_delete_permission(request, obj) and obj is not None and not obj.is_open


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    """Who sits, or sat, in which room. Kicking takes effect on the sockets at once."""

    list_display = ("user", "room", "joined_at", "left_at", "ending")
    list_filter = (yes_or_no(_("seated"), "seated", Q(left_at__isnull=True)), "ending")
    related = ("user", "room")
    finders = (number("room"), whose("user"))
    search_help_text = _("Name, e-mail (their beginning) or id of a player, or a room's id")
    ordering = ("-id",)
    actions = ("kick",)

    def has_kick_permission(self, request: HttpRequest) -> bool:
        """Those who may change memberships, though not by hand."""
        return bool(request.user.has_perm("rooms.change_membership"))

    @admin.action(description=_("Kick the selected players"), permissions=["kick"])
    def kick(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Takes their seats; they can't come back into that room."""
        for stay in queryset.filter(left_at=None):
            if _carry_out(self, request, services.kick_player, room_id=stay.room_id, user=stay.user):
                self.log_change(request, stay, "Kicked.")


@admin.register(ParkedOutcome)
class ParkedOutcomeAdmin(ReadOnlyAdmin):
    """Outcomes that could not be stored, with the reason. Once the cause is gone, store them here."""

    list_display = ("room_id", "error", "tries", "first_tried_at", "parked_at")
    list_filter = ("first_tried_at", "parked_at")
    finders = (number("room_id"),)
    search_help_text = _("A room's id")
    ordering = ("-id",)
    actions = ("store",)

    def has_store_permission(self, request: HttpRequest) -> bool:
        """Those who may change them, though not by hand."""
        return bool(request.user.has_perm("rooms.change_parkedoutcome"))

    @admin.action(description=_("Store the selected outcomes now"), permissions=["store"])
    def store(self, request: HttpRequest, queryset: QuerySet[ParkedOutcome]) -> None:
        """Tries each once more; what fails stays."""
        for parked in queryset:
            try:
                recording.record_parked(parked=parked)
            except Exception as error:  # whatever it is, the operator is to read it
                self.message_user(request, f"{parked}: {type(error).__name__}: {error}", messages.ERROR)
            else:
                stored = _("stored")
                self.message_user(request, f"{parked}: {stored}", messages.SUCCESS)


def _carry_out(page: ModelAdmin, request: HttpRequest, write: Callable[..., Any], **what: Any) -> bool:
    """Call a service and tell the operator how it went."""
    try:
        write(**what)
    except RoomError as error:
        page.message_user(request, f"{what['room_id']}: {error.detail}", messages.ERROR)
        return False
    page.message_user(request, f"{what['room_id']}: {_('done')}", messages.SUCCESS)
    return True
