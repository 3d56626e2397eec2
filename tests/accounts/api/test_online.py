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


def test_online_of_one_name_in_any_case_is_in_the_order_of_ids(client, valkey):
    valkey.client().hset("presence:online", mapping={10: "Anna", 9: "anna", 2**63 - 1: "ANNA"})
    assert [row["id"] for row in client.get(URL).json()["results"]] == [9, 10, 2**63 - 1]


def test_online_makes_the_entries_of_a_page_alone(client, valkey, monkeypatch):
    from accounts.selectors import OnlineUsers

    valkey.client().hset("presence:online", mapping={number: f"player {number}" for number in range(1, 1001)})
    made, entry = [], OnlineUsers._entry

    def count(users: OnlineUsers, order: str) -> tuple[int, str]:
        made.append(order)
        return entry(users, order)

    monkeypatch.setattr(OnlineUsers, "_entry", count)
    body = client.get(f"{URL}?page=3&page_size=10").json()
    assert (body["count"], len(body["results"]), len(made)) == (1000, 10, 10)


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
