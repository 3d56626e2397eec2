"""`.env.example` says the truth, and values from the environment arrive."""

import re

import msgspec
import pytest

from config.env import BASE_DIR, Env, read_dotenv
from deploy.redis import USERS

#: for docker-compose.yml, which passes passwords on inside URLs, or to servers that are not ours
COMPOSE_ONLY = {"POSTGRES_PASSWORD", "GRAFANA_PASSWORD", "TLS_FOLDER", *USERS.values()}


def example() -> dict[str, str]:
    """Name -> default of every line of .env.example."""
    lines = (BASE_DIR / ".env.example").read_text().splitlines()
    return dict(re.findall(r"^#([A-Z_]+)=(.*)$", "\n".join(lines), re.MULTILINE))


def test_example_lists_every_variable_with_its_default():
    written = {name.lower(): value for name, value in example().items() if name not in COMPOSE_ONLY}

    assert written.keys() == set(Env.__struct_fields__)
    assert msgspec.convert({name: value for name, value in written.items() if value}, Env, strict=False) == Env()


def test_example_gives_a_reason_for_every_variable():
    lines = (BASE_DIR / ".env.example").read_text().splitlines()
    previous = dict(zip(lines[1:], lines, strict=False))

    assert [line for line in lines if re.match(r"#[A-Z_]+=", line) and not previous[line].startswith("#")] == []


def test_dotenv_reads_names_and_quoted_values(tmp_path):
    path = tmp_path / ".env"
    path.write_text("# a comment\nA=1\n\nB='two words'\nC = three \n#D=4\n")

    assert read_dotenv(path) == {"A": "1", "B": "two words", "C": "three"}


@pytest.mark.parametrize(
    ("env", "url"),
    [
        (Env(), "http://127.0.0.1:8000"),
        (Env(host="0.0.0.0", port=9000), "http://127.0.0.1:9000"),
        (Env(public_base_url="https://play.example.org/"), "https://play.example.org"),
    ],
)
def test_base_url_of_each_environment(env: Env, url: str):
    assert env.base_url == url


def test_celery_broker_is_the_shared_redis_in_celery_s_spelling():
    assert Env(redis_url="unix:///run/redis.sock").celery_broker == "redis+socket:///run/redis.sock"
    assert Env(redis_url="redis://h:1/2").celery_broker == "redis://h:1/2"
    assert Env(redis_url="redis://h:1/2", celery_broker_url="redis://b/0").celery_broker == "redis://b/0"
