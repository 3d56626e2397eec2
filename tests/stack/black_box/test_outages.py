"""What the database gets when Celery was away as the game ended: all of it, once."""

import re
from collections.abc import Iterator

import pytest

from tests.stack.black_box.conftest import Sockets
from tests.stack.black_box.play import round_after, win_round
from tests.stack.black_box.player import Player
from tests.stack.black_box.stored import read_stored
from tests.stack.pack import Pack
from tests.stack.product import Product, wait_for


@pytest.fixture
def stopped_worker(stack: Product) -> Iterator[None]:
    """A product without its Celery worker until the test starts it."""
    stack.supervise("stopProcess", "worker")
    yield
    if stack.supervise("getProcessInfo", "worker")["statename"] != "RUNNING":
        stack.supervise("startProcess", "worker")


@pytest.mark.usefixtures("stopped_worker")
async def test_game_that_ends_while_celery_is_down_is_stored_once_when_it_is_back(
    stack: Product, bogdan: Player, anna: Player, category: int, pack: Pack, sockets: Sockets
):
    his, hers = await sockets(bogdan), await sockets(anna)
    made = bogdan.new_quiz(category, questions=2, max_time=60)
    room_id = made["room_id"]
    anna.room("POST", f"rooms/{room_id}/join")
    second = (await win_round(his, room_id, made["question"], pack))["question"]
    await round_after(hers, room_id, made["question"])
    await win_round(hers, room_id, second, pack)
    end = await hers.until("close_room", room_id=room_id)

    looked = anna.room("GET", f"rooms/{room_id}")
    assert (looked["state"], looked["results"]) == ("closed", end["results"])
    assert (anna.profile()["account"], read_stored(stack, room_id)["games"]) == (0, [])
    stack.supervise("startProcess", "worker")
    wait_for(lambda: anna.profile()["account"] == 1, 40, anna.profile)

    worker = stack.pid("worker")
    stack.kill("worker")
    wait_for(lambda: stack.pid("worker") != worker, 20)
    bare = bogdan.new_quiz(category, questions=1)["room_id"]  # stored by the next one, after whatever it repeats
    bogdan.room("POST", f"rooms/{bare}/leave")
    wait_for(lambda: read_stored(stack, bare)["games"], 40)
    ratings = {row["id"]: row["rating"] for row in end["results"]}
    assert read_stored(stack, room_id) == {
        "state": "closed",
        "games": [["finished", "en"]],
        "rounds": [
            [1, bogdan.id, pack.answer_to(made["question"]), 1],
            [2, anna.id, pack.answer_to(second), 1],
        ],
        "results": [[player.id, 1, 1, ratings[player.id], 1] for player in (bogdan, anna)],
        "memberships": [[bogdan.id, "finished"], [anna.id, "finished"]],
        "ledger": [[bogdan.id, 1], [anna.id, 1]],
        "users": [[player.id, 1, ratings[player.id]] for player in (bogdan, anna)],
        "rated": 2,
    }


def test_mail_asked_for_while_celery_is_down_is_sent_when_it_is_back(stack: Product, bogdan: Player):
    from tests.stack.mailbox import mailed_link

    stack.supervise("stopProcess", "worker")
    try:
        answer = bogdan.rest("POST", "password-reset", {"email": bogdan.email})
    finally:
        stack.supervise("startProcess", "worker")

    assert answer == {"status": 0, "message": "ok"}
    link = wait_for(lambda: mailed_link(stack, bogdan.email), 40)
    assert re.fullmatch(rf"{stack.url}/reset\?uid=\w+&token=[\w-]+", link)


async def test_redis_killed_in_the_middle_of_a_game_loses_no_answer_that_was_shown(
    stack: Product, bogdan: Player, anna: Player, category: int, pack: Pack, sockets: Sockets
):
    his, hers = await sockets(bogdan), await sockets(anna)
    made = bogdan.new_quiz(category, questions=2, max_time=60)
    room_id = made["room_id"]
    anna.room("POST", f"rooms/{room_id}/join")
    second = await win_round(his, room_id, made["question"], pack)
    wait_for(lambda: stack.redis().info("persistence")["aof_pending_bio_fsync"] == 0, 5)

    stack.kill("redis")
    for socket in (his, hers):
        await socket.until("resync")
        socket.send({"action": "sync", "room_id": room_id, "v": second["v"]})
        assert (await socket.until("synced", room_id=room_id))["v"] == second["v"]
    await win_round(hers, room_id, second["question"], pack)

    ends = [await socket.until("close_room", room_id=room_id) for socket in (his, hers)]
    assert ends[0] == ends[1]
    assert [(row["id"], row["score"]) for row in ends[0]["results"]] == [(bogdan.id, 1), (anna.id, 1)]
