"""The admin through nginx: every page of every model opens; closing and kicking reach live sockets at once."""

import re
import time

import pytest

from tests.stack.black_box.conftest import Sockets
from tests.stack.black_box.operator import Operator
from tests.stack.black_box.player import Player
from tests.stack.product import Product, wait_for


@pytest.fixture(scope="module")
def operator(stack: Product) -> Operator:
    """Logged in."""
    return Operator(stack)


@pytest.fixture(scope="module")
def played(stack: Product, category: int) -> Player:
    """Somebody with a row in (nearly) every table: a finished room, a token, a result."""
    player = Player(stack.url)
    room_id = player.new_quiz(category, questions=1, name="operators look at it")["room_id"]
    player.rest("POST", f"rooms/{room_id}/leave")
    wait_for(lambda: player.room("GET", f"rooms/{room_id}")["results"] is not None, 20)
    return player


def models(operator: Operator) -> list[str]:
    """Every model the admin's first page links to, as `app/model/`."""
    return sorted(set(re.findall(r'href="/admin/([a-z_]+/[a-z_]+/)"', operator.page("").text)))


def test_every_model_of_ours_is_there(operator: Operator):
    assert [model for model in models(operator) if model.split("/")[0] in ("accounts", "quiz", "rooms")] == [
        "accounts/ledgerentry/",
        "accounts/user/",
        "quiz/category/",
        "quiz/playerrating/",
        "quiz/question/",
        "quiz/quizgame/",
        "quiz/quizresult/",
        "quiz/quizround/",
        "rooms/membership/",
        "rooms/parkedoutcome/",
        "rooms/room/",
    ]


def test_every_list_opens_searches_sorts_and_filters_and_every_row_has_its_page(operator: Operator, played: Player):
    for model in models(operator):
        listed = operator.page(model)
        operator.page(model, q="some'thing 7")
        operator.page(model, o="1")
        for query in sorted(set(re.findall(r'href="\?([a-z_]+__[^"&]+=[^"&]+)"', listed.text)))[:5]:
            operator.page(f"{model}?{query}")
        rows = re.findall(rf'href="(/admin/{model}[^"/]+/change/)', listed.text)
        for row in rows[:1]:
            operator.page(row.removeprefix("/admin/"))


def test_search_finds_users_by_name_and_rooms_by_owner(operator: Operator, played: Player):
    assert played.name in operator.page("accounts/user/", q=played.name.upper()).text
    assert "operators look at it" in operator.page("rooms/room/", q=played.name).text
    assert "operators look at it" not in operator.page("rooms/room/", q="nobody of this name").text


async def test_closing_a_room_reaches_its_members_within_a_second(
    operator: Operator, bogdan: Player, anna: Player, category: int, sockets: Sockets
):
    his, hers = await sockets(bogdan), await sockets(anna, raw=True)
    room_id = bogdan.new_quiz(category, max_time=60)["room_id"]
    anna.room("POST", f"rooms/{room_id}/join")

    operator.act("rooms/room/", "close", room_id)
    done = time.monotonic()
    ends = [await socket.until("close_room", room_id=room_id) for socket in (his, hers)]

    assert time.monotonic() - done < 1
    assert (ends[0], ends[0]["reason"], ends[0]["message"]) == (ends[1], "operator", "")
    assert anna.room("GET", f"rooms/{room_id}")["state"] == "closed"


async def test_kicking_a_player_reaches_the_room_and_keeps_him_out(
    operator: Operator, bogdan: Player, anna: Player, category: int, sockets: Sockets
):
    his, hers = await sockets(bogdan), await sockets(anna)
    room_id = bogdan.new_quiz(category, max_time=60)["room_id"]
    anna.room("POST", f"rooms/{room_id}/join")
    page = operator.page("rooms/membership/", q=str(room_id)).text
    row = next(row for row in re.findall(r"<tr.*?</tr>", page, re.S) if anna.name in row and "_selected_action" in row)
    stay = re.search(r'name="_selected_action" value="(\d+)"', row)
    assert stay

    operator.act("rooms/membership/", "kick", int(stay[1]))
    told = [await socket.until("player_left", room_id=room_id) for socket in (his, hers)]

    assert told[0] == told[1]
    assert (told[0]["user"]["id"], told[0]["kicked"]) == (anna.id, True)
    assert anna.rest("POST", f"rooms/{room_id}/join", status=403)["code"] == "kicked"
