"""Every close code of the table, on both kinds of socket where they differ, and which sockets it reaches."""

import asyncio
import re
import time

import pytest

from tests.stack.black_box.conftest import Sockets
from tests.stack.black_box.operator import Operator
from tests.stack.black_box.player import Player
from tests.stack.mailbox import mailed_link
from tests.stack.product import Product, wait_for

BOTH = pytest.mark.parametrize("raw", [False, True], ids=["sockjs", "raw"])
NEW_PASSWORD = "quite another passphrase 8"


async def test_socket_that_never_says_who_it_is_is_closed_after_ten_seconds(bogdan: Player, sockets: Sockets):
    opened = time.monotonic()
    silent = [await sockets.knock(bogdan), await sockets.knock(bogdan, raw=True)]

    codes = [code for code, _ in await asyncio.gather(*(socket.closed() for socket in silent))]

    assert codes == [4008, 4008]
    assert 9.5 < time.monotonic() - opened < 14


@BOTH
async def test_wrong_token_or_another_s_id_is_unauthorized(bogdan: Player, anna: Player, sockets: Sockets, raw: bool):
    for user, token in ((bogdan.id, "0" * 64), (bogdan.id, anna.token), (bogdan.id, ""), (2**52, bogdan.token)):
        socket = await sockets.knock(bogdan, raw=raw)
        socket.send({"action": "connect", "id": user, "name": bogdan.name, "token": token})
        assert (await socket.closed())[0] == 4500


@BOTH
async def test_tenth_bad_message_in_a_minute_closes_and_nine_do_not(bogdan: Player, sockets: Sockets, raw: bool):
    socket = await sockets(bogdan, raw=raw)

    for _ in range(9):
        socket.send("{")
        await socket.until("error", code="bad_json")
    await socket.quiet()
    socket.send("{")

    assert (await socket.closed())[0] == 4029


async def test_twenty_first_socket_of_a_user_at_a_gateway_is_one_too_many(
    stack: Product, bogdan: Player, sockets: Sockets
):
    where = f"unix:{stack.var}/gateway-1.sock"
    tabs = [await sockets(bogdan, where) for _ in range(20)]
    late = await sockets.knock(bogdan, where)

    late.send({"action": "connect", "id": bogdan.id, "name": bogdan.name, "token": bogdan.token})

    assert (await late.closed())[0] == 4509
    await tabs[0].quiet()


async def test_logout_closes_the_sockets_of_its_token_alone(stack: Product, bogdan: Player, sockets: Sockets):
    first, old = await sockets(bogdan, f"unix:{stack.var}/gateway-1.sock"), bogdan.token
    second = await sockets(bogdan, f"unix:{stack.var}/gateway-2.sock", raw=True)
    bogdan.log_in()
    other = await sockets(bogdan)
    new, bogdan.token = bogdan.token, old

    bogdan.rest("POST", "logout")

    assert [(await socket.closed())[0] for socket in (first, second)] == [4501, 4501]
    await other.quiet()
    assert bogdan.rest("GET", "profile", status=401)["code"] == "unauthorized"
    late = await sockets.knock(bogdan)
    late.send({"action": "connect", "id": bogdan.id, "name": bogdan.name, "token": old})
    assert (await late.closed())[0] in (4500, 4501)
    bogdan.token = new
    assert bogdan.profile()["id"] == bogdan.id


async def test_logout_all_closes_every_socket_of_the_user(bogdan: Player, anna: Player, sockets: Sockets):
    mine, hers = [await sockets(bogdan)], await sockets(anna)
    bogdan.log_in()
    mine.append(await sockets(bogdan, raw=True))

    bogdan.rest("POST", "logout-all")

    assert [(await socket.closed())[0] for socket in mine] == [4501, 4501]
    bogdan.rest("GET", "profile", status=401)
    await hers.quiet()


async def test_change_of_password_closes_the_sockets_of_every_other_token(bogdan: Player, sockets: Sockets):
    elsewhere, old = await sockets(bogdan), bogdan.token
    bogdan.log_in()
    here = await sockets(bogdan)

    bogdan.rest("POST", "profile/password", {"old_password": bogdan.password, "new_password": NEW_PASSWORD})

    assert (await elsewhere.closed())[0] == 4501
    await here.quiet()
    assert bogdan.profile()["id"] == bogdan.id
    assert bogdan.raw("GET", "profile", headers={"Authorization": f"Token {old}"}).status_code == 401
    bogdan.rest("POST", "login", {"name": bogdan.name, "password": bogdan.password}, status=401)
    bogdan.rest("POST", "login", {"name": bogdan.email, "password": NEW_PASSWORD})


async def test_reset_by_the_mailed_link_works_once_and_closes_every_socket(
    stack: Product, bogdan: Player, sockets: Sockets
):
    socket = await sockets(bogdan)
    answers = [bogdan.rest("POST", "password-reset", {"email": email}) for email in (bogdan.email, "no@example.org")]

    link = wait_for(lambda: mailed_link(stack, bogdan.email), 20)
    body = dict(zip(("uid", "token"), re.search(r"uid=([^&\s]+)&token=(\S+)", link).groups(), strict=True))  # type: ignore[union-attr]
    weak = bogdan.rest("POST", "password-reset/confirm", {**body, "password": "12345"}, status=400)
    bogdan.rest("POST", "password-reset/confirm", {**body, "password": NEW_PASSWORD})

    assert answers[0] == answers[1] == {"status": 0, "message": "ok"}
    assert link.startswith(stack.url)
    assert list(weak["errors"]) == ["password"]
    assert (await socket.closed())[0] == 4501
    bogdan.rest("GET", "profile", status=401)
    assert (
        bogdan.rest("POST", "password-reset/confirm", {**body, "password": NEW_PASSWORD}, status=400)["code"]
        == "bad_link"
    )
    bogdan.password = NEW_PASSWORD
    assert bogdan.log_in()


@BOTH
async def test_ban_in_the_admin_closes_the_sockets_within_a_second_and_lifting_it_lets_in_again(
    stack: Product, bogdan: Player, anna: Player, sockets: Sockets, raw: bool
):
    socket, hers = await sockets(bogdan, raw=raw), await sockets(anna)
    operator = Operator(stack)

    operator.ban(bogdan.id, "Rude.")
    done = time.monotonic()
    code, _ = await socket.closed()

    assert (code, time.monotonic() - done < 1) == (4503, True)
    assert bogdan.rest("GET", "profile", status=403)["code"] == "banned"
    login = {"name": bogdan.name, "password": bogdan.password}
    assert bogdan.rest("POST", "login", login, status=403)["code"] == "banned"
    late = await sockets.knock(bogdan, raw=raw)
    late.send({"action": "connect", "id": bogdan.id, "name": bogdan.name, "token": bogdan.token})
    assert (await late.closed())[0] == 4503
    await hers.quiet()
    operator.unban(bogdan.id)
    await sockets(bogdan, raw=raw)


async def test_gateway_told_to_stop_sends_its_clients_elsewhere(stack: Product, bogdan: Player, sockets: Sockets):
    import os
    import signal

    tabs = [await sockets(bogdan, f"unix:{stack.var}/gateway-1.sock", raw=raw) for raw in (False, True)]
    pid = stack.pid("gateway-1")

    os.kill(pid, signal.SIGTERM)

    for tab in tabs:
        code, reason = await tab.closed()
        assert (code, bool(re.fullmatch(r"delay=\d+", reason))) == (3001, True)
    await (await sockets(bogdan)).quiet()
    wait_for(lambda: stack.pid("gateway-1") != pid, 20)
    wait_for((stack.var / "gateway-1.sock").exists, 20)
