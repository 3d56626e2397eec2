"""Rooms over REST. The gateway's socket goes through the same views (`rooms/enter`, `rooms/{id}/leave`)."""

from typing import Any

from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import ApiView, Page
from accounts.api.paging import CURSOR_PARAMETER, NewestFirst
from accounts.api.schema import answer, documented, page
from rooms import managing, selectors, services, watching
from rooms.api import serializers as bodies
from rooms.api.caller import caller
from rooms.api.schema import with_options
from rooms.models import Room, RoomState
from rooms.options import ROOM_OPTIONS

ROOM = answer("RoomAnswer", room=bodies.RoomSerializer())


def row(room: Room, cnt_players: int) -> dict[str, Any]:
    """A room as the list shows it."""
    return {
        "room_id": room.pk,
        "game": room.game,
        "name": room.name,
        "state": room.state,
        "owner": {"id": room.owner.pk, "name": room.owner.name} if room.owner else None,
        "capacity": room.capacity,
        "private": room.private,
        "cnt_players": cnt_players,
        "created": room.created_at,
        **room.display,
    }


class Rooms(ApiView):
    """The lobby."""

    queryset = Room.objects.none()
    pagination_class = Page

    @documented(
        "List rooms",
        answer=page("RoomsPage", bodies.RoomRowSerializer(many=True), counted=False),
        parameters=[bodies.RoomsFilterSerializer, CURSOR_PARAMETER],
        operation_id="rooms_list",
    )
    def get(self, request: Request) -> Response:
        """Newest first; without `state`, those that are still open. With `closed`, those that you were in.

        `next` leads on: open rooms are counted and have page numbers, closed ones a `cursor` and no `count`.
        """
        wanted = self.read_query(bodies.RoomsFilterSerializer)
        pages: BasePagination
        if wanted["state"] == RoomState.CLOSED:
            pages, stays = NewestFirst("room_id"), selectors.list_closed_rooms(user=self.user, game=wanted["game"])
            rooms = selectors.rooms_of(stays=pages.paginate_queryset(stays, request, self) or [])
        else:
            pages = Page()
            rooms = pages.paginate_queryset(selectors.list_open_rooms(**wanted), request, self) or []
        seated = selectors.count_seated(rooms=rooms)
        return pages.get_paginated_response([row(room, seated.get(room.pk, 0)) for room in rooms])

    @documented(
        "Make a room",
        request=with_options(bodies.CreateRoomSerializer),
        answer=ROOM,
        status=201,
        errors=(409,),
    )
    def post(self, request: Request) -> Response:
        """Its maker sits in it. An open room's name is its own: `name_taken` when there is one."""
        body = _with_room_options(self.read(bodies.CreateRoomSerializer))
        return Response({"room": services.create_room(user=caller(request), **body).room}, 201)


class EnterRoom(ApiView):
    """Enter by name."""

    @documented(
        "Enter the open room of a game and name, or make it",
        request=with_options(bodies.EnterRoomSerializer, all_optional=True),
        answer=ROOM,
        status=(200, 201),
        errors=(409, 429),
        description="200 when it was there, 201 when it was made. Of the options only the password counts when the "
        "room is there. With `Prefer: return=minimal` of the room only `room_id` is answered.",
    )
    def post(self, request: Request) -> Response:
        """The same as the socket's `{"game", "name", "player", "options"}`."""
        body = _with_room_options(self.read(bodies.EnterRoomSerializer))
        # the gateway asks so: its client gets the room on the socket
        brief = request.headers.get("Prefer") == "return=minimal"
        entered = services.enter_room(user=caller(request), brief=brief, **body)
        room = {"room_id": entered.room["room_id"]} if brief else entered.room
        return Response({"room": room}, 201 if entered.created else 200)


class OneRoom(ApiView):
    """One room."""

    @documented("Look at a room", answer=ROOM)
    def get(self, request: Request, room_id: int) -> Response:
        """As this user may see it; a closed room with its results."""
        room = selectors.find_room(room_id=room_id)
        return Response({"room": selectors.room_view(room=room, user=caller(request))})


class JoinRoom(ApiView):
    """Take a seat."""

    @documented("Join a room", request=bodies.JoinRoomSerializer, answer=ROOM, errors=(409, 429))
    def post(self, request: Request, room_id: int) -> Response:
        """Joining twice is one membership; who sits there already needs no password."""
        body = self.read(bodies.JoinRoomSerializer)
        return Response({"room": services.join_room(room_id=room_id, user=caller(request), **body)})


class LeaveRoom(ApiView):
    """Give the seat up."""

    @documented("Leave a room", answer=ROOM, errors=(409,))
    def post(self, request: Request, room_id: int) -> Response:
        """The last one to leave closes the room."""
        return Response({"room": services.leave_room(room_id=room_id, user=caller(request))})


class RoomByCode(ApiView):
    """One room, by what its members tell their friends."""

    @documented("Find an open room by its code", answer=ROOM, errors=(429,))
    def get(self, request: Request, code: str) -> Response:
        """As this user may see it; upper or lower case."""
        room = selectors.find_by_code(code=code, user=caller(request))
        return Response({"room": selectors.room_view(room=room, user=caller(request))})


class PlayInRoom(ApiView):
    """Any game's commands."""

    @documented("Play", request=bodies.CommandSerializer, answer=ROOM, errors=(409, 429))
    def post(self, request: Request, room_id: int) -> Response:
        """A command of the room's game, the same as `play` on the socket."""
        body = self.read(bodies.CommandSerializer)
        return Response({"room": services.play_command(room_id=room_id, user=caller(request), **body)})


class ManageRoom(ApiView):
    """The owner's powers."""

    @documented("Manage a room", request=bodies.CommandSerializer, answer=ROOM, errors=(409, 429))
    def post(self, request: Request, room_id: int) -> Response:
        """For its owner and for operators. `kind`: `start, pause, resume, skip, close, kick, lock, unlock, hand_over,
        options`, those in the room's `powers`. `body`: `{"user"}` for `kick` and `hand_over`, `{"options"}` for
        `options`, `{"message"}` for `close`."""
        body = self.read(bodies.CommandSerializer)
        return Response({"room": managing.manage_room(room_id=room_id, user=caller(request), **body)})


class WatchRoom(ApiView):
    """Be a spectator."""

    @documented("Watch a room", request=bodies.WatchRoomSerializer, answer=ROOM, errors=(409, 429))
    def post(self, request: Request, room_id: int) -> Response:
        """Takes no seat; the socket gets what everybody in the room may hear."""
        body = self.read(bodies.WatchRoomSerializer)
        return Response({"room": watching.watch_room(room_id=room_id, user=caller(request), **body)})


class UnwatchRoom(ApiView):
    """Be a spectator no more."""

    @documented("Stop watching a room", answer=ROOM, errors=(409, 429))
    def post(self, request: Request, room_id: int) -> Response:
        """Who does not watch has what they want."""
        return Response({"room": watching.unwatch_room(room_id=room_id, user=caller(request))})


class AnswerInRoom(ApiView):
    """Play without a socket."""

    @documented("Answer the open question", request=bodies.AnswerSerializer, answer=ROOM, errors=(409, 429))
    def post(self, request: Request, room_id: int) -> Response:
        """The same as the socket's `check_me`; whether it was right stands in the room's `tries`."""
        body = self.read(bodies.AnswerSerializer)
        ref = body.pop("ref", None)
        room = services.play_command(
            room_id=room_id, user=caller(request), kind="answer", body={"id": None, **body}, ref=ref
        )
        return Response({"room": room})


def _with_room_options(body: dict[str, Any]) -> dict[str, Any]:
    """The room's options, which stand beside the game's or among them, in one."""
    beside = {name: body.pop(name) for name in ROOM_OPTIONS & body.keys()}
    body["options"] |= {name: value for name, value in beside.items() if value != ""}
    return body
