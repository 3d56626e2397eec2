"""docker-compose.yml, done: every command in the image, in its order, until every health check is content; then a quiz
through nginx."""

from tests.image import access
from tests.image.compose import Compose
from tests.image.deployment import Deployment
from tests.stack.black_box import test_game

DEPLOYMENT = Compose


def test_every_service_runs_and_what_prepares_ended_well(stack: Deployment):
    assert isinstance(stack, Compose)
    states = {name: stack.running[name].status() for name in stack.services}

    assert states == {name: 0 if name in ("prepare", "redis-users") else None for name in stack.services}


test_quiz_is_played_through_nginx = (
    test_game.test_quiz_played_by_rest_and_sockets_ends_alike_for_both_and_is_stored_once
)
test_redis_refused_nothing = access.test_redis_refused_nothing_that_our_processes_asked
test_users_of_redis = access.test_each_user_of_redis_may_do_its_own_work_alone
test_redis_asks_for_a_password = access.test_redis_lets_nobody_in_without_a_password
