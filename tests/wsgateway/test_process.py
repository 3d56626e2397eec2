"""The process as operators see it: no Django inside, health, metrics, logs without secrets."""

import asyncio
import json
import re
import subprocess
import sys
from signal import SIGTERM

from tests.conftest import Valkey
from tests.wsgateway.client import Client
from tests.wsgateway.gateway_process import ROOT, GatewayProcess, digest_of, give_token

FORBIDDEN = ("django", "rest_framework", "knox", "celery", "accounts", "quiz.models", "rooms.models")


def test_no_django_imported():
    script = (
        "import sys, pkgutil, importlib, wsgateway\n"
        "import wsgateway.__main__\n"
        "for module in pkgutil.walk_packages(wsgateway.__path__, 'wsgateway.'): importlib.import_module(module.name)\n"
        "from config.games import GAMES, game_entry\n"
        "for game in GAMES: game_entry(game)\n"
        "print(*sorted(sys.modules), sep='\\n')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    modules = done.stdout.split()
    assert "wsgateway.hub" in modules
    assert [name for name in modules if name.startswith(FORBIDDEN)] == []


def test_sockjs_package_known_in_one_place_only():
    knows = re.compile(r"^\s*(from|import) sockjs\b", re.MULTILINE)
    knowing = {
        str(path.relative_to(ROOT)) for path in (ROOT / "wsgateway").rglob("*.py") if knows.search(path.read_text())
    }
    assert knowing == {"wsgateway/sockjs/package.py"}


def test_health(gateway: GatewayProcess):
    for private in (False, True):
        assert gateway.request("GET", "/livez", private=private) == (200, "ok\n")
        assert gateway.request("GET", "/readyz", private=private) == (200, "ok\n")


def test_metrics_on_the_private_listener_only(gateway: GatewayProcess):
    assert gateway.request("GET", "/metrics")[0] == 404
    assert gateway.request("GET", "/metrics", private=True)[0] == 200


async def test_metrics_count(gateway: GatewayProcess, valkey: Valkey):
    async with await Client.open(gateway.listen) as client, await Client.open(gateway.listen, raw=True):
        await client.connect(23, give_token(valkey.client(), 23))
        valkey.client().publish("23", '{"action":"hi"}')
        await client.until("hi")
        client.send("{")
        await client.until("error")
        names = {
            "connections": 2,
            "identified": 1,
            "users": 1,
            "deliveries_total": 1,
            "redis_up": 1,
            'messages_total{action="Connect"}': 1,
            'errors_total{code="bad_json"}': 1,
            'connects_total{transport="websocket"}': 1,
            'connects_total{transport="rawwebsocket"}': 1,
        }
        assert {name: gateway.metric(f"gamehub_gateway_{name}") for name in names} == names
        assert gateway.metric("gamehub_gateway_fan_out_seconds_count") >= 1


async def test_logs_are_json_and_keep_secrets(gateway: GatewayProcess, valkey: Valkey):
    token = give_token(valkey.client(), 23)
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, token)
        client.send({"action": "check_me", "room_id": 7, "answer": "the secret answer"})
        await client.until("error")
        client.send({"action": "connect", "id": 23, "token": "another secret"})
        await client.until("error")
    async with await Client.open(gateway.listen) as client:
        client.send({"action": "connect", "id": 24, "token": token})
        await client.closed()
    await asyncio.to_thread(gateway.stop, SIGTERM)
    lines = [json.loads(line) for line in gateway.log.read_text().splitlines()]
    closed = next(line for line in lines if line["event"] == "closed" and line["code"] == 4500)
    assert {"connection", "user", "node", "timestamp", "level"} <= set(closed)
    for secret in (token, digest_of(token), "secret"):
        assert secret not in gateway.log.read_text()


def test_documentation_is_generated_the_same_each_time():
    command = [sys.executable, "-m", "docs.generate.protocol"]
    for kind in ("--markdown", "--typescript"):
        runs = {subprocess.run([*command, kind], cwd=ROOT, capture_output=True, check=True).stdout for _ in range(2)}
        assert len(runs) == 1


def test_documentation_is_up_to_date():
    command = [sys.executable, "-m", "docs.generate.protocol", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("", 0)
