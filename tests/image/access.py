"""Who may do what in Redis, asked of the Valkey that runs with deploy/redis/users.acl."""

import pytest
import redis

from deploy.redis import USERS
from tests.image.deployment import Deployment

#: user, command, whether Redis lets them
ACCESS = [
    ("web", "SET token:x 1", True),
    ("web", "PUBLISH 23 x", True),
    ("web", "FLUSHALL", False),
    ("web", "CONFIG GET *", False),
    ("web", "HDEL presence:online 1", False),
    ("web", "SET other 1", False),
    ("gateway", "GET token:x", True),
    ("gateway", "SUBSCRIBE 23", True),
    ("gateway", "SET token:x 1", False),
    ("gateway", "GET cache:1:x", False),
    ("gateway", "LPUSH celery:celery x", False),
    ("gateway", "KEYS *", False),
    ("worker", "BRPOP celery:celery 1", True),
    ("worker", "HGETALL results", True),
    ("worker", "GET cache:1:x", False),
    ("worker", "SET presence:online 1", False),
    ("beat", "LPUSH celery:celery x", True),
    ("beat", "GET token:x", False),
    ("beat", "HGETALL results", False),
    ("beat", "PUBLISH 23 x", False),
    ("health", "PING", True),
    ("health", "GET token:x", False),
    ("operator", "FLUSHALL", True),
]


def connect(user: str | None, password: str | None) -> redis.Redis:
    """As one of Redis' users."""
    return redis.Redis(host="127.0.0.1", username=user, password=password, decode_responses=True)


def connect_operator(stack: Deployment) -> redis.Redis:
    """As the one who may do all."""
    return connect("operator", stack.secrets["REDIS_OPERATOR_PASSWORD"])


def test_each_user_of_redis_may_do_its_own_work_alone(stack: Deployment):
    operator = connect_operator(stack)

    told = {
        (user, command): operator.execute_command("ACL", "DRYRUN", user, *command.split())
        for user, command, _ in ACCESS
    }
    assert {key: answer in ("OK", b"OK") for key, answer in told.items()} == {
        (user, command): allowed for user, command, allowed in ACCESS
    }
    assert sorted(operator.acl_users()) == sorted(["default", "health", *map(str.lower, USERS)])


def test_redis_lets_nobody_in_without_a_password(stack: Deployment):
    for user, password in ((None, None), ("default", ""), ("web", "wrong")):
        with connect(user, password) as client, pytest.raises(redis.AuthenticationError):
            client.ping()


def test_redis_refused_nothing_that_our_processes_asked(stack: Deployment):
    """The log of refusals, after a whole game and a look at the metrics; guesses of passwords are another test's."""
    looked = stack.running["web"].run("/srv/gamehub/.venv/bin/python", "-c", LOOK)
    assert looked.returncode == 0, looked.stderr
    refused = connect_operator(stack).acl_log()

    assert [
        (entry["username"], entry["reason"], entry["object"]) for entry in refused if entry["reason"] != "auth"
    ] == []


#: Django's metrics ask Redis and the broker, too
LOOK = """
import sys
from deploy.health import UnixConnection
connection = UnixConnection("/var/lib/gamehub/django.sock")
connection.request("GET", "/internal/metrics", headers={"Host": "localhost"})
page = connection.getresponse().read().decode()
sys.exit("gamehub_redis_up 1.0" not in page or "gamehub_broker_up 1.0" not in page)
"""
