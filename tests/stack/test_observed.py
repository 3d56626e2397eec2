"""The running product seen from outside: what Prometheus can scrape, what nobody else can, and what the logs tell."""

import json
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.stack.black_box.play import check_me
from tests.stack.black_box.player import PASSWORD, Player, Socket
from tests.stack.conftest import free_port
from tests.stack.product import Product, wait_for
from wsgateway.clients.tokens import token_digest

SECRET_ANSWERS = ("qvxanswer1", "qvxanswer2")
WRONG_TRY, ROOM_PASSWORD, NEW_PASSWORD = "qvxwrongtry", "qvxroompassword", "qvx another passphrase 8"
#: logs of programs that are not ours and have their own kind of line: uWSGI's start, nginx's, Valkey's, supervisord's
OURS = ("gateway-1", "gateway-2", "worker", "beat")


@pytest.fixture(scope="module")
def observed(short_folder: Path) -> Iterator[Product]:
    """A product that says all it can say, with its private listener open."""
    address = f"127.0.0.1:{free_port()}"
    product = Product(short_folder / "o", free_port(), LOG_LEVEL="DEBUG", METRICS_ADDRESS=address).start()
    yield product
    product.stop()
    wait_for(lambda: not product.processes(), 10, product.processes)


@pytest.fixture(scope="module")
def secret_pack(observed: Product, tmp_path_factory: pytest.TempPathFactory) -> int:
    """Id of a category with two questions whose answers are like nothing else in a log."""
    questions = [
        {
            "q": {"en": f"Question {number}?"},
            "answers": {"en": [answer]},
            "hints": {"en": [f"It begins with {answer[0]}"]},
        }
        for number, answer in enumerate(SECRET_ANSWERS)
    ]
    pack = {"format": 1, "category": {"en": "Secrets"}, "license": "CC0-1.0", "source": "test", "questions": questions}
    path = tmp_path_factory.mktemp("pack") / "secrets.json"
    path.write_text(json.dumps(pack))
    observed.manage("import_questions", str(path))
    rows = Player(observed.url).rest("GET", "quiz/categories?page_size=100")["results"]
    return int({row["name"]: row["id"] for row in rows}["Secrets"])


def answer_to(question: dict[str, Any]) -> str:
    """The right answer."""
    return SECRET_ANSWERS[int(question["texts"]["en"].removeprefix("Question ").removesuffix("?"))]


def metrics(product: Product, page: str) -> str:
    """A page of the private listener."""
    answer = requests.get(f"http://{product.environment['METRICS_ADDRESS']}{page}", timeout=10)
    assert answer.status_code == 200, (page, answer.status_code)
    return answer.text


def value(page: str, line: str) -> float:
    """The value of one line; 0 when it is not there."""
    found = re.search(rf"^{re.escape(line)} (\S+)$", page, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_metrics_of_every_process_on_the_private_listener(observed: Product):
    for gateway in ("/gateway-1", "/gateway-2"):
        assert value(metrics(observed, gateway), "gamehub_gateway_redis_up") == 1
    django = metrics(observed, "/django")
    assert [value(django, f"gamehub_{store}_up") for store in ("redis", "broker", "database")] == [1, 1, 1]


@pytest.mark.parametrize(
    "path", ["/metrics", "/metrics/", "/internal/metrics", "//internal/metrics", "/api/../internal/metrics", "/django",
             "/gateway-1", "/ws/metrics", "/ws/../metrics"]
)  # fmt: skip
def test_metrics_not_on_the_public_port(observed: Product, path: str):
    with requests.Session() as session:
        request = requests.Request("GET", observed.url).prepare()
        request.url = observed.url + path
        answer = session.send(request, timeout=10)

    assert "gamehub_" not in answer.text


@pytest.mark.parametrize("path", ["/", "/internal/session", "/api/v1/rooms", "/gateway-3"])
def test_nothing_but_metrics_on_the_private_listener(observed: Product, path: str):
    where = observed.environment["METRICS_ADDRESS"]

    assert requests.get(f"http://{where}{path}", timeout=10).status_code == 404


def test_requests_of_all_workers_are_counted_together_and_outlive_a_worker(observed: Product):
    line = 'gamehub_django_requests_total{method="GET",route="livez",status="200"}'
    before = value(metrics(observed, "/django"), line)
    ask_often(observed)
    assert value(metrics(observed, "/django"), line) == before + 40

    workers = children(observed.pid("web"))
    os.kill(workers[0], signal.SIGKILL)
    wait_for(lambda: len(now := children(observed.pid("web"))) == len(workers) and workers[0] not in now, 10)
    ask_often(observed)
    assert value(metrics(observed, "/django"), line) == before + 80


def ask_often(product: Product) -> None:
    """Forty requests."""
    for _ in range(40):
        assert product.get("/livez").status_code == 200


def children(parent: int) -> list[int]:
    """Living processes that one process has started."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, ppid = entry.joinpath("stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(ppid) == parent and state != "Z":
            found.append(int(entry.name))
    return sorted(found)


def test_probe_measures_publish_to_socket(observed: Product):
    def measured() -> bool:
        pages = [metrics(observed, page) for page in ("/gateway-1", "/gateway-2")]
        return all(value(page, "gamehub_gateway_publish_to_socket_seconds_count") >= 2 for page in pages)

    wait_for(measured, 10)


async def test_whole_game_leaves_no_secret_in_any_log(observed: Product, secret_pack: int):
    bogdan, anna = Player(observed.url), Player(observed.url)
    room = bogdan.new_quiz(secret_pack, name="watched", questions=2, max_time=60, password=ROOM_PASSWORD)
    room_id = room["room_id"]
    anna.rest("POST", f"rooms/{room_id}/join", {"password": "qvxwrongpassword"}, status=403)
    anna.rest("POST", f"rooms/{room_id}/join", {"password": ROOM_PASSWORD})
    where = observed.url.removeprefix("http://")
    async with await Socket.open(where) as hers, await Socket.open(where, raw=True) as his:
        await hers.connect(anna.id, anna.token)
        await his.connect(bogdan.id, bogdan.token)
        question = room["question"]
        his.send(check_me(room_id, question, WRONG_TRY))
        await hers.until("new_answer", is_true=False)
        anna.rest("POST", f"rooms/{room_id}/answer", {"answer": WRONG_TRY})
        hers.send(check_me(room_id, question, answer_to(question)))
        question = (await hers.until("next_question", room_id=room_id))["question"]
        hers.send(check_me(room_id, question, answer_to(question)))
        await his.until("close_room", room_id=room_id)
        his.send({"action": "connect", "id": bogdan.id, "token": bogdan.token})
        his.send('{"action":"check_me","room_id":' + str(room_id) + ',"answer":"' + SECRET_ANSWERS[0])
        await his.until("error", code="bad_json")
    bogdan.rest("POST", "profile/password", {"old_password": PASSWORD, "new_password": NEW_PASSWORD})
    anna.rest("POST", "login", {"name": anna.name, "password": "qvxmistyped"}, status=401)
    anna.rest("POST", "logout")
    wait_for(lambda: value(metrics(observed, "/django"), "gamehub_outbox_rooms") == 0, 10)

    logs = {path.name: path.read_text(errors="replace") for path in (observed.var / "log").iterdir() if path.is_file()}
    secrets = [WRONG_TRY, ROOM_PASSWORD, NEW_PASSWORD, "qvxwrongpassword", "qvxmistyped", PASSWORD, *SECRET_ANSWERS]
    for player in (anna, bogdan):
        secrets += [player.token, token_digest(player.token), player.email]
    assert {(name, secret) for name, text in logs.items() for secret in secrets if secret in text} == set()
    assert f'"user": {anna.id}' in logs["web.log"]
    assert any(f'"user": {anna.id}' in logs[f"gateway-{number}.log"] for number in (1, 2))
    assert f'"room": {room_id}' in logs["web.log"]


@pytest.mark.parametrize("name", OURS)
def test_log_is_one_json_object_a_line(observed: Product, name: str):
    lines = (observed.var / "log" / f"{name}.log").read_text().splitlines()

    assert [line for line in lines if not line.startswith("{")] == []
    rows = [json.loads(line) for line in lines]
    assert [row for row in rows if not {"timestamp", "level", "event"} <= row.keys()] == []


def test_django_s_lines_are_json(observed: Product):
    """Among uWSGI's own, which tell of its start."""
    lines = [line for line in (observed.var / "log" / "web.log").read_text().splitlines() if line.startswith("{")]

    rows = [json.loads(line) for line in lines]
    assert {"request", "method", "route", "status", "ms"} <= next(
        row for row in rows if row["event"] == "request"
    ).keys()
