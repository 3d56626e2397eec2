"""`bin/run`: starts, starts again, restarts what falls, stops and leaves nothing."""

import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from config.env import BASE_DIR
from tests.stack.conftest import free_port
from tests.stack.product import Product, wait_for

NAMES = {"redis", "web", "gateway-1", "gateway-2", "worker", "beat", "nginx"}


def test_says_where_to_go_and_who_the_operator_is(stack: Product):
    told = stack.told()

    assert f"Gamehub is up:  {stack.url}/" in told
    assert "name operator, password " in told
    assert stack.names() == NAMES


def test_operator_logs_in_with_the_password_told(stack: Product):
    session = requests.Session()
    session.get(f"{stack.url}/admin/login/", timeout=20)
    password = stack.told().split("name operator, password ")[1].split()[0]
    form = {
        "username": "operator",
        "password": password,
        "csrfmiddlewaretoken": session.cookies["csrftoken"],
        "next": "/admin/",
    }

    answer = session.post(f"{stack.url}/admin/login/", data=form, timeout=20)

    assert (answer.status_code, answer.url) == (200, f"{stack.url}/admin/")


@pytest.mark.parametrize("name", ["nginx", "web", "worker", "beat", "gateway-2", "redis"])
def test_killed_process_comes_back(stack: Product, name: str):
    stack.redis().set("kept", name)

    died = stack.kill(name)

    wait_for(lambda: stack.pid(name) != died, 20)
    wait_for(lambda: f"{name} fell and was started again" in stack.told(), 20, stack.told)
    wait_for(lambda: answers(stack), 30, stack.told)
    wait_for(lambda: stack.redis().get("kept") == name, 10)


def answers(product: Product) -> bool:
    """The door is open, and behind it all is well."""
    try:
        return product.get("/readyz").status_code == 200
    except requests.ConnectionError:
        return False


def test_two_products_run_side_by_side_and_the_second_start_keeps_everything(stack: Product, short_folder: Path):
    other = Product(short_folder / "t", free_port()).start()
    try:
        other.manage("shell", "-c", "from accounts.models import User; User.objects.create_user('kept')")
        other.redis().set("kept", "yes")
        first_login = other.told().split("name operator, password ")[1].split()[0]
        assert other.stop() == 0
        wait_for(lambda: not other.processes(), 5, other.processes)

        other.start()

        assert "Loading the question packs" not in other.told()
        assert f"password {first_login}" in other.told()
        assert other.redis().get("kept") == "yes"
        names = other.manage(
            "shell",
            "-v0",
            "-c",
            "from accounts.models import User; print(list(User.objects.values_list('name', flat=True)))",
        )
        assert names.strip() == "['kept', 'operator']"
        assert stack.get("/readyz").status_code == 200
    finally:
        other.stop()


@pytest.fixture
def own_product(short_folder: Path, request: pytest.FixtureRequest) -> Iterator[Product]:
    """A product for a test that ends it in its own way; the folder is the second test's, so it starts quickly."""
    product = Product(short_folder / "t", free_port())
    yield product
    product.stop(signal.SIGKILL)
    wait_for(lambda: not product.processes(), 60, product.processes)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_to_the_runner_stops_everything(own_product: Product, sign: signal.Signals):
    own_product.start()

    assert own_product.stop(sign) == 0

    assert own_product.processes() == {}
    assert own_product.told().endswith("Stopping\nStopped; nothing is left running.\n")


def test_runner_killed_without_mercy_takes_everything_with_it(own_product: Product):
    own_product.start()

    own_product.stop(signal.SIGKILL)

    wait_for(lambda: not own_product.processes(), 60, own_product.processes)


def test_supervisor_killed_without_mercy_takes_everything_with_it(own_product: Product):
    own_product.start()

    own_product.kill("supervisord")

    wait_for(own_product.has_ended, 20)
    wait_for(lambda: not own_product.processes(), 60, own_product.processes)
    assert "error: the process runner itself ended" in own_product.told()


def test_what_falls_at_the_start_is_named_with_the_end_of_its_log(short_folder: Path):
    """uWSGI finds a folder where its socket should be."""
    product = Product(short_folder / "f", free_port())
    (product.var / "uwsgi.sock" / "in the way").mkdir(parents=True)
    (product.var / "run.lock").touch()
    log = product.var / "log" / "web.log"
    try:
        product.launch()
        wait_for(lambda: "web falls again and again" in product.told() or product.has_ended(), 240, product.told)

        told = product.told()
        assert f"web falls again and again. The last lines of its log, {log}:\n    " in told
        assert "\n    bind(): Address already in use " in told
        assert "gateway-1 falls" not in told
    finally:
        product.stop()
    wait_for(lambda: not product.processes(), 30, product.processes)


def test_folder_of_somebody_else_s_things_is_refused(tmp_path: Path):
    (tmp_path / "letters").touch()

    assert refusal(VAR_DIR=str(tmp_path), PORT=str(free_port())) == (
        1,
        f"error: {tmp_path} holds other things already; VAR_DIR must be a folder of its own.\n"
        f"  VAR_DIR={tmp_path}/gamehub bin/run\n",
    )


def test_limits_of_nginx_that_mean_nothing_are_named(tmp_path: Path):
    assert refusal(VAR_DIR=str(tmp_path / "v"), PORT=str(free_port()), NGINX_LIMITS='{"requests": 5}') == (
        1,
        "error: a variable of the environment or of .env has a wrong value: "
        "NGINX_LIMITS: Object contains unknown field `requests`\n",
    )


def refusal(**environment: str) -> tuple[int, str]:
    """What `bin/run` itself says, and its exit status, when it can't start."""
    product = Product(Path(environment.pop("VAR_DIR")), int(environment.pop("PORT")), **environment)
    done = subprocess.run(
        ["bin/run"], cwd=BASE_DIR, env=product.environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    return done.returncode, done.stderr


def test_port_taken_is_said_with_what_to_do(tmp_path: Path):
    with socket.socket() as neighbour:
        neighbour.bind(("127.0.0.1", 0))
        neighbour.listen()
        port = neighbour.getsockname()[1]

        said = refusal(VAR_DIR=f"/tmp/gh-{port}", PORT=str(port))

    Path(f"/tmp/gh-{port}/run.lock").unlink()
    Path(f"/tmp/gh-{port}").rmdir()
    assert said == (1, f"error: port {port} on 127.0.0.1 is taken.\n  PORT={port + 1000} bin/run takes another.\n")


def test_second_runner_on_the_same_folder_is_refused(stack: Product):
    assert refusal(VAR_DIR=str(stack.var), PORT=str(free_port())) == (
        1,
        f"error: Gamehub is running on {stack.var} already.\n"
        "  Another one beside it: VAR_DIR=/another/folder PORT=9000 bin/run\n",
    )


def test_folder_too_deep_for_sockets_is_refused(tmp_path: Path):
    deep = tmp_path / ("x" * 100)

    status, said = refusal(VAR_DIR=str(deep), PORT=str(free_port()))

    assert (status, said.splitlines()[0]) == (
        1,
        f"error: the path of {deep} is too long for the unix sockets in it (103 bytes).",
    )


def test_wrong_value_in_the_environment_is_named(tmp_path: Path):
    status, said = refusal(VAR_DIR=str(tmp_path), PORT=str(free_port()), GATEWAY_PROCESSES="many")

    assert (status, said) == (
        1,
        "error: a variable of the environment or of .env has a wrong value: "
        "Expected `int`, got `str` - at `$.gateway_processes`\n",
    )


def test_settings_that_mean_nothing_are_named_without_a_traceback(short_folder: Path):
    folder = short_folder / "u"
    product = Product(folder, free_port(), THROTTLE_LOGIN="often")
    done = subprocess.run(
        ["bin/run"], cwd=BASE_DIR, env=product.environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )

    assert (done.returncode, done.stderr) == (
        1,
        "error: THROTTLE_LOGIN is 'often'; it must be like 10/hour.\n"
        "error: the database could not be prepared; the message is above.\n",
    )


def test_no_python_is_said_with_what_to_do():
    done = subprocess.run(
        ["bin/run"],
        cwd=BASE_DIR,
        env={"PATH": "/usr/bin:/bin", "PYTHON": "/nowhere/python"},
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stderr.splitlines()[0]) == (
        1,
        "Gamehub needs Python 3.11 or newer, and found none (looked for: /nowhere/python).",
    )
