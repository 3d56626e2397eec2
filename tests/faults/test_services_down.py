"""Django, the database or Celery is down: what can work without it works, what can't says so."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import pytest

from tests.conftest import Valkey
from tests.faults.conftest import StartGateway
from tests.faults.reference_client import ReferenceClient
from tests.faults.room_copy import RoomCopy
from tests.faults.stage import ROOM, Stage, question_id
from tests.wsgateway.gateway_process import ROOT, GatewayProcess

ME, STRANGER = 1, 2
ROUNDS = 3


async def plays_to_the_end(stage: Stage, gateway: GatewayProcess) -> ReferenceClient:
    """A user with a cached token connects, and plays a quiz to its end; the outcome waits to be stored."""
    v = await stage.open_room(ME, rounds=ROUNDS)
    async with stage.client(ME, gateway, RoomCopy(ROOM, v), silence_s=60) as player:
        await player.until_connected()
        for n in range(1, ROUNDS + 1):
            player.answer(ROOM, f"right {n}", question_id(n))
            await player.until_settled()
        await player.until(lambda: player.rooms[ROOM].over)
        await is_told_degraded(player, {"game": "quiz", "name": "lobby", "ref": "enter"})
        await is_told_degraded(player, {"action": "leave", "room_id": ROOM, "ref": "leave"})
        assert (player.sockets, player.closes) == (1, [])
    actions = [event["action"] for event in player.rooms[ROOM].events]
    assert actions == ["new_answer", "next_question"] * ROUNDS + ["close_room"]
    assert list(stage.live.take_results()) == [ROOM]
    return player


async def is_told_degraded(player: ReferenceClient, request: dict[str, Any]) -> None:
    """The request is refused in so many words, within its own `ref`."""
    assert player.socket is not None
    player.socket.send(request)
    await player.until(lambda: player.heard_of("error", ref=request["ref"]))
    assert [error["code"] for error in player.heard_of("error", ref=request["ref"])] == ["degraded"]


async def unknown_token_may_try_again(stage: Stage, gateway: GatewayProcess) -> None:
    """Nobody can tell whose token it is: not refused, told to wait."""
    stranger = stage.client(STRANGER, gateway, silence_s=60)
    stage.redis.delete(*stage.redis.keys("token:*"))
    async with stranger:
        await stranger.until(lambda: len(stranger.heard_of("error", code="degraded", ref="connect")) >= 2)
        assert stranger.closes == []
        stage.give_again(stranger)
        await stranger.until_connected()


class TestDjangoDown:
    """Nobody listens."""

    async def test_games_go_on_and_the_rest_says_degraded(self, stage: Stage, start_gateway: StartGateway):
        await plays_to_the_end(stage, start_gateway(DJANGO_URL="unix:/nonexistent/django.sock"))

    async def test_connect_with_a_token_unknown_to_the_cache(self, stage: Stage, start_gateway: StartGateway):
        await unknown_token_may_try_again(stage, start_gateway(DJANGO_URL="unix:/nonexistent/django.sock"))


class TestDjangoFrozen:
    """It takes connections and answers nothing."""

    @pytest.fixture
    async def django(self, folder: Path) -> AsyncIterator[str]:
        """Its address."""
        path = folder / "frozen.sock"

        async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writers.append(writer)
            await reader.read()

        writers: list[asyncio.StreamWriter] = []
        server = await asyncio.start_unix_server(say_nothing, path)
        yield f"unix:{path}"
        server.close()
        for writer in writers:
            writer.close()
            await writer.wait_closed()

    async def test_games_go_on_and_the_rest_says_degraded(self, stage: Stage, start_gateway: StartGateway, django: str):
        gateway = await asyncio.to_thread(start_gateway, limits={"django_s": 0.5}, DJANGO_URL=django)
        await plays_to_the_end(stage, gateway)


class TestDatabaseDown:
    """Django runs, its PostgreSQL does not."""

    @pytest.fixture
    def django(self, valkey: Valkey, folder: Path) -> Iterator[str]:
        """The real one, its database at a port where nobody listens."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        serve = (
            "from wsgiref.simple_server import make_server, WSGIRequestHandler as Handler\n"
            "from config.wsgi import application\n"
            "Handler.log_message = lambda *_: None\n"
            f"make_server('127.0.0.1', {port}, application).serve_forever()\n"
        )
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        settings = {
            "SECRET_KEY": "tests-only-" + "0123456789" * 4,
            "VAR_DIR": str(folder),
            "PYTHONPATH": str(ROOT),
            "REDIS_URL": valkey.url,
        }
        database = {"DATABASE_URL": "postgres://nobody:secret@127.0.0.1:1/none"}
        process = subprocess.Popen(
            [sys.executable, "-c", serve], env={**kept, **settings, **database}, cwd=ROOT, stderr=DEVNULL
        )
        yield f"http://127.0.0.1:{port}"
        process.kill()
        process.wait()

    async def test_games_go_on_and_the_rest_says_degraded(self, stage: Stage, start_gateway: StartGateway, django: str):
        await asyncio.to_thread(wait_until_it_answers, django)
        gateway = await asyncio.to_thread(start_gateway, DJANGO_URL=django)
        await plays_to_the_end(stage, gateway)

    async def test_connect_with_a_token_unknown_to_the_cache(
        self, stage: Stage, start_gateway: StartGateway, django: str
    ):
        await asyncio.to_thread(wait_until_it_answers, django)
        gateway = await asyncio.to_thread(start_gateway, DJANGO_URL=django)
        await unknown_token_may_try_again(stage, gateway)

    def test_rest_says_degraded_and_health_names_the_database(self, django: str):
        wait_until_it_answers(django)
        assert get(django + "/readyz") == (503, "not ready: database", "degraded")
        status, _, code = get(django + "/api/v1/profile", Authorization="Token " + "x" * 64)
        assert (status, code) == (503, "degraded")


def wait_until_it_answers(django: str) -> None:
    """Django is alive."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(django + "/livez", timeout=10).close()
        except urllib.error.URLError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("Django did not start")


def get(url: str, **headers: str) -> tuple[int, str, str]:
    """(status, message, code) of an error's envelope."""
    try:
        urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10).close()
    except urllib.error.HTTPError as error:
        with error:
            body = json.load(error)
            return error.code, body["message"], body["code"]
    raise AssertionError("no error")
