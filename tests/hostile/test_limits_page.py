"""docs/LIMITS.md says what the code does, and every test it names exists."""

import re

from config.env import BASE_DIR
from tests.hostile import limits_page
from wsgateway.limits import Limits


def test_page_is_current():
    assert limits_page.PAGE.read_text() == limits_page.page()


def test_every_limit_of_the_gateway_is_proven():
    assert set(Limits.__struct_fields__) - set(limits_page.AT_THE_GATEWAY) == set()


def test_every_test_named_exists():
    named = {test for _, test in limits_page.AT_THE_GATEWAY.values()} | set(limits_page.ELSEWHERE.values())
    missing = []
    for test in filter(None, named):
        path, *parts = test.split("::")
        text = (BASE_DIR / path).read_text()
        missing += [test for part in parts if not re.search(rf"^\s*(async def|def|class) {part}\b", text, re.MULTILINE)]
    assert missing == []


def test_every_limit_has_its_reason():
    rows = [
        *limits_page.live_rows(),
        *(row for module in limits_page.DJANGO for row in limits_page.django_rows(module)),
        *limits_page.platform_rows(),
        *limits_page.list_rows(),
        *limits_page.throttle_rows(),
        *limits_page.room_rows(),
        *limits_page.nginx_rows(),
        *limits_page.network_rows(),
    ]

    assert [name for name, value, reason in rows if not reason or value == "?"] == []
    assert len({name for name, _, _ in rows}) == len(rows)
    assert set(limits_page.ELSEWHERE) <= {name for name, _, _ in rows}
