"""Users see each other come and go, once each, however many tabs, transports and gateways; and what Redis publishes."""

import pytest

from tests.stack.black_box.conftest import Sockets
from tests.stack.black_box.player import Player
from tests.stack.product import Product

COME, GONE = "someone_connected", "someone_disconnected"


def gateway(stack: Product, number: int) -> str:
    """Address of one gateway, past nginx."""
    return f"unix:{stack.var}/gateway-{number}.sock"


async def test_two_users_with_two_tabs_each_on_different_gateways_see_each_other_come_and_go_once(
    stack: Product, bogdan: Player, anna: Player, sockets: Sockets
):
    first = await sockets(bogdan, gateway(stack, 1))
    second = await sockets(bogdan, gateway(stack, 2), raw=True)
    tabs = [await sockets(anna, gateway(stack, 2)), await sockets(anna, gateway(stack, 1), raw=True)]
    for mine in (first, second):
        assert await mine.until(COME, id=anna.id) == {"action": COME, "id": anna.id, "name": anna.name}

    await tabs[0].close()
    await tabs[1].close()
    for mine in (first, second):
        assert await mine.until(GONE, id=anna.id) == {"action": GONE, "id": anna.id, "name": anna.name}
    again = await sockets(anna)
    for mine in (first, second):
        await mine.until(COME, id=anna.id)
        await mine.quiet()

    assert (first.about(anna.id), second.about(anna.id)) == ([COME, GONE, COME],) * 2
    assert (first.about(bogdan.id), tabs[0].about(anna.id), again.about(bogdan.id)) == ([], [], [])


async def test_first_of_two_tabs_to_go_is_no_departure(stack: Product, bogdan: Player, anna: Player, sockets: Sockets):
    watching = await sockets(bogdan)
    one, other = await sockets(anna, gateway(stack, 1)), await sockets(anna, gateway(stack, 2))
    await watching.until(COME, id=anna.id)

    await one.close()
    third = Player(stack.url)
    await (await sockets(third)).close()
    await watching.until(GONE, id=third.id)  # the same grace, begun later than that of Anna's first tab

    assert watching.about(anna.id) == [COME]
    await other.quiet()


async def test_who_is_online_is_told_at_connect_and_by_rest(bogdan: Player, anna: Player, sockets: Sockets):
    watching = await sockets(bogdan)
    await sockets(anna)
    await watching.until(COME, id=anna.id)
    newcomer = await sockets.knock(bogdan)

    connected = await newcomer.connect(bogdan.id, bogdan.token)
    page = anna.rest("GET", "online?page_size=100")

    both = [{"id": player.id, "name": player.name} for player in (bogdan, anna)]
    assert [user for user in both if user not in connected["online"]] == []
    assert [user for user in both if user not in page["results"]] == []
    assert sorted(page) == ["count", "message", "next", "previous", "results", "status"]
    assert connected["online_count"] == page["count"] == len(page["results"])


@pytest.mark.parametrize("raw", [False, True], ids=["sockjs", "raw"])
async def test_what_redis_publishes_to_a_user_reaches_each_tab_as_it_is(
    stack: Product, bogdan: Player, anna: Player, sockets: Sockets, raw: bool
):
    tabs = [await sockets(bogdan, gateway(stack, number), raw=raw) for number in (1, 2)]
    other = await sockets(anna, raw=raw)

    heard_by = stack.redis().publish(str(bogdan.id), '{"action":"hi"}')
    stack.redis().publish(str(bogdan.id), '{"unknown": ["as", {"it": "is"}], "имя": "Богдан"}')

    assert heard_by == 2
    for tab in tabs:
        assert await tab.until("hi") == {"action": "hi"}
        await tab.wait_for(lambda tab=tab: [message for message in tab.inbox if "unknown" in message])
        assert tab.inbox[-1] == {"unknown": ["as", {"it": "is"}], "имя": "Богдан"}
    await other.quiet()
    assert [message for message in other.heard if message.get("action") == "hi"] == []


async def test_internal_channels_reach_everybody_and_those_listed(
    stack: Product, bogdan: Player, anna: Player, sockets: Sockets
):
    one, other = await sockets(bogdan, gateway(stack, 1)), await sockets(anna, gateway(stack, 2))

    stack.redis().publish("all", '{"action":"to_all"}')
    stack.redis().publish("many", f'{bogdan.id},{anna.id}\n{{"action":"to_two"}}')
    stack.redis().publish("many", f'{anna.id}\n{{"action":"to_one"}}')

    for socket in (one, other):
        await socket.until("to_all")
        await socket.until("to_two")
    await other.until("to_one")
    await one.quiet()
    assert [message["action"] for message in one.heard if message["action"].startswith("to_")] == ["to_all", "to_two"]
