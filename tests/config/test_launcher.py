"""The parts of `bin/run` that can be looked at without running it."""

import socket
import subprocess
from pathlib import Path

import pytest
import redis

from bin.launcher import client, installation, preflight, supervision
from bin.launcher.processes import Process, valkey
from config.env import BASE_DIR, Env
from tests.stack.product import wait_for


def test_supervisor_gets_awkward_names_right(tmp_path: Path):
    process = Process("web", ["/a b/tool", "100%", "it's"], 20, {"A": "/x y/z"}, 7)

    text = supervision.render_program(tmp_path, process)

    assert f"""{supervision.TIED} web '/a b/tool' 100%% 'it'"'"'s'\n""" in text
    assert 'environment = A="/x y/z"\n' in text
    assert "stopwaitsecs = 7\n" in text


def test_fingerprint_of_requirements_changes_with_the_pins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    for name in ("requirements.txt", "requirements-dev.txt", "constraints.txt"):
        (tmp_path / name).write_text((BASE_DIR / name).read_text())
    monkeypatch.setattr(installation, "ROOT", tmp_path)
    before = installation.fingerprint("requirements.txt")

    (tmp_path / "requirements-dev.txt").write_text("other")
    assert installation.fingerprint("requirements.txt") == before
    (tmp_path / "constraints.txt").write_text("other")
    assert installation.fingerprint("requirements.txt") != before


def test_every_requirement_is_pinned_in_the_constraints():
    pinned = {
        line.partition("==")[0].lower().replace("_", "-")
        for line in (BASE_DIR / "constraints.txt").read_text().splitlines()
        if "==" in line
    }
    lines = [
        line.partition("#")[0].strip()
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in (BASE_DIR / name).read_text().splitlines()
    ]
    names = {client_name(line) for line in lines if line and not line.startswith("-")}

    assert names - pinned == set()


def client_name(requirement: str) -> str:
    """The package's name in a line of requirements, as pip compares names."""
    for mark in "[=<>~! ;":
        requirement = requirement.partition(mark)[0]
    return requirement.lower().replace("_", "-")


def test_client_sources_leave_out_what_a_build_makes():
    parts = {part for path in client.sources() for part in path.relative_to(client.WEB).parts}

    assert parts & {"node_modules", "dist"} == set()
    assert {"src", "package.json", "index.html"} <= parts


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("127.0.0.1", "error: port {port} on 127.0.0.1 is taken.\n  PORT={higher} bin/run takes another.\n"),
        ("192.0.2.1", "error: this machine has no address 192.0.2.1.\n  HOST=0.0.0.0 stands for all it has.\n"),
    ],
)
def test_port_that_can_t_be_had_is_explained(capsys: pytest.CaptureFixture[str], host: str, said: str):
    with socket.socket() as neighbour:
        neighbour.bind(("127.0.0.1", 0))
        neighbour.listen()
        port = neighbour.getsockname()[1]
        with pytest.raises(SystemExit):
            preflight.check_port(host, port)

    assert capsys.readouterr().err == said.format(port=port, higher=port + 1000)


def test_full_disk_is_explained(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """No test fills a disk; the number it has left is said to be another."""
    monkeypatch.setattr("bin.launcher.preflight.shutil.disk_usage", lambda path: type("Usage", (), {"free": 5 << 20}))

    with pytest.raises(SystemExit):
        preflight.check_disk(tmp_path)

    assert capsys.readouterr().err == f"error: not enough disk space: 5 MiB free at {tmp_path}, 200 MiB needed.\n"


def test_missing_venv_module_is_explained(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """As on a Debian without python3-venv."""
    monkeypatch.setattr("bin.launcher.installation.importlib.util.find_spec", lambda name: None)

    with pytest.raises(SystemExit):
        installation.create_environment()

    assert capsys.readouterr().err.splitlines()[:2] == [
        "error: this Python comes without the venv module.",
        "  Debian, Ubuntu: apt install python3-venv",
    ]


def test_failing_pip_is_explained(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    with pytest.raises(SystemExit):
        installation.install("no-such-file.txt")

    captured = capsys.readouterr()
    assert "no-such-file.txt" in captured.out
    assert captured.err.startswith("error: pip could not install the requirements; its own message is above.\n")


@pytest.mark.parametrize(("given", "limit"), [("", 512 << 20), ("3mb", 3 << 20)])
def test_valkey_holds_so_much_and_throws_nothing_away(tmp_path_factory: pytest.TempPathFactory, given: str, limit: int):
    env = Env(var_dir=str(tmp_path_factory.mktemp("gh")), redis_maxmemory=given or Env().redis_maxmemory)
    process = subprocess.Popen(valkey(env).command, stdout=subprocess.DEVNULL)
    try:
        client = redis.Redis(unix_socket_path=str(env.var / "redis.sock"), decode_responses=True)
        wait_for(lambda: (env.var / "redis.sock").exists(), 20)
        told = client.info("memory")
        assert (told["maxmemory"], told["maxmemory_policy"]) == (limit, "noeviction")
        if given:
            pipe = client.pipeline(transaction=False)
            for number in range(10_000):
                pipe.set(f"key {number}", "x" * 1_000)
            answers = pipe.execute(raise_on_error=False)
            written = answers.count(True)
            assert (client.dbsize(), type(answers[-1])) == (written, redis.exceptions.OutOfMemoryError)
            assert 0 < written < 3_000
    finally:
        process.terminate()
        process.wait(20)
