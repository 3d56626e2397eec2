"""GET online."""

import pytest

from tests.accounts.api.bodies import invalid, ok

URL = "/api/v1/online"
pytestmark = pytest.mark.django_db


def test_online_with_nobody(client):
    response = client.get(URL)
    assert (response.status_code, response.json()) == (200, ok(count=0, next=None, previous=None, results=[]))


def test_online_is_paged_by_name(client, valkey):
    valkey.client().hset("presence:online", mapping={1: "Zoe", 2: "anna", 10: "Bob"})
    response = client.get(f"{URL}?page_size=2")
    results = [{"id": 2, "name": "anna"}, {"id": 10, "name": "Bob"}]
    expected = ok(count=3, next="/api/v1/online?page=2&page_size=2", previous=None, results=results)
    assert (response.status_code, response.json()) == (200, expected)
    second = client.get(expected["next"]).json()
    assert second == ok(count=3, next=None, previous="/api/v1/online?page_size=2", results=[{"id": 1, "name": "Zoe"}])


@pytest.mark.parametrize("page", ["0", "-1", "x", "2", "9" * 30, "9" * 5000, "1.5", ""])
def test_online_page_that_is_none(client, page):
    response = client.get(URL, {"page": page})
    assert response.status_code == (200 if page == "" else 404)


@pytest.mark.parametrize("size", ["0", "-1", "101", "x", "1.5", "", "١", "9" * 5000])
def test_online_page_size_that_is_none(client, size):
    response = client.get(URL, {"page_size": size})
    assert (response.status_code, response.json()) == (400, invalid(page_size=["A number from 1 to 100."]))


def test_online_without_redis_says_so(client, settings, monkeypatch):
    from redis import ConnectionError

    from accounts import selectors

    def refuse():
        raise ConnectionError("away")

    monkeypatch.setattr(selectors, "online_users", refuse)
    response = client.get(URL)
    assert (response.status_code, response.json()["code"], response["Retry-After"]) == (503, "degraded", "5")
