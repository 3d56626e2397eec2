"""Every path of the OpenAPI schema against the real application, by schemathesis, all checks on.

Requests come from the schema, right and wrong ones; answers must be what the schema says. Rooms are live: a runner
works in a thread. Each request has a token of its own, so that logging out harms nobody.
"""

from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis import Case
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation

from accounts.models import User
from config.wsgi import application
from tests.factories import CategoryFactory, QuestionFactory, UserFactory, make_token
from tests.live_runner import live_runner, no_runner

__all__ = ["live_runner", "no_runner"]

EXAMPLES = 15  # of each kind for each operation; the fixed cases of the coverage phase come on top

# A schema can't say that a name is taken or can't be seen, that a password is too common, that a link is used or that a
# category has no questions: rules about values answer 400 like rules about form do (PROTOCOL.md knows no 422).
CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            "positive_data_acceptance": {
                "expected-statuses": ["2xx", "400", "401", "403", "404", "409", "413", "415", "429"]
            }
        }
    }
)
schema = schemathesis.openapi.from_wsgi("/api/v1/schema?format=json", application, config=CONFIG)


@pytest.fixture
def played(settings: Any, tmp_path: Any, live_runner: None, transactional_db: None) -> User:
    """A player, questions to draw from, and no throttle."""
    settings.MEDIA_ROOT = tmp_path
    settings.REST_FRAMEWORK = {
        **settings.REST_FRAMEWORK,
        "DEFAULT_THROTTLE_RATES": dict.fromkeys(settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "1000000/hour"),
    }
    settings.CELERY_TASK_ALWAYS_EAGER = True
    QuestionFactory.create_batch(3, category=CategoryFactory())
    return UserFactory(name="player", email="player@example.org")


# schemathesis' own strategies call `random`; nothing of ours does
@pytest.mark.filterwarnings("ignore:Do not use the `random` module:hypothesis.errors.HypothesisDeprecationWarning")
@schema.parametrize()
@hypothesis.settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(hypothesis.HealthCheck),
)
def test_api_keeps_to_its_schema(case: Case, played: User) -> None:
    spoilt = case.meta is not None and case.meta.is_negative_at(
        ParameterLocation.HEADER
    )  # the token may be what is wrong
    headers = {} if spoilt else {"Authorization": f"Token {make_token(played)}"}
    case.call_and_validate(headers=headers)
