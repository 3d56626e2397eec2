"""The quiz's part of PROTOCOL.md's table."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from rooms.models import Room
from tests.factories import CategoryFactory, QuestionFactory, UserFactory, make_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga() -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {make_token(UserFactory(name='olga', language='ru'))}")
    return client


@pytest.fixture
def capitals() -> Any:
    category = CategoryFactory(key="capitals", names={"en": "Capitals", "ru": "Столицы"})
    QuestionFactory(category=category, texts={"en": "France?", "ru": "Франция?"})
    QuestionFactory(category=category, texts={"en": "Italy?"})
    QuestionFactory(category=category, texts={"ru": "Россия?"})
    return category


def test_categories_are_in_the_users_language_or_the_one_asked_for(no_runner, olga, capitals) -> None:
    def page(name: str, language: str, count: int) -> dict[str, Any]:
        row = {"id": capitals.pk, "name": name, "language": language, "cnt_questions": count}
        return {"status": 0, "message": "ok", "count": 1, "next": None, "previous": None, "results": [row]}

    assert olga.get("/api/v1/quiz/categories").json() == page("Столицы", "ru", 3)
    assert olga.get("/api/v1/quiz/categories/?language=en").json() == page("Capitals", "en", 2)
    assert olga.get("/api/v1/quiz/categories?language=fi").status_code == 400


def test_new_answers_the_room_at_the_top_level(live_runner, olga, capitals) -> None:
    response = olga.post("/api/v1/quiz/new", {"category": capitals.pk})
    body = response.json()
    room = Room.objects.get()
    shown = (
        "status",
        "message",
        "room_id",
        "game",
        "name",
        "state",
        "max_time",
        "cnt_questions",
        "language",
        "category",
    )
    assert (response.status_code, {name: body[name] for name in shown}) == (
        201,
        {
            "status": 0,
            "message": "ok",
            "room_id": room.pk,
            "game": "quiz",
            "name": "olga 1",
            "state": "running",
            "max_time": 20,
            "cnt_questions": 3,
            "language": "ru",
            "category": {"id": capitals.pk, "name": "Столицы", "names": {"en": "Capitals", "ru": "Столицы"}},
        },
    )
    assert "room" not in body
    assert (room.capacity, room.options["questions"], room.private) == (50, 10, False)


def test_new_with_all_options_takes_them(live_runner, olga, capitals) -> None:
    options = {"questions": 1, "max_time": 5, "min_players": 9, "capacity": 4, "language": "en", "password": "sesame"}
    body = olga.post("/api/v1/quiz/new/", {"category": capitals.pk, "name": "Evening", **options}).json()
    shown = ("name", "state", "max_time", "cnt_questions", "min_players", "capacity", "language", "private", "question")
    assert {name: body[name] for name in shown} == {
        "name": "Evening",
        "state": "waiting",
        "max_time": 5,
        "cnt_questions": 1,
        "min_players": 4,
        "capacity": 4,
        "language": "en",
        "private": True,
        "question": None,
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (400, "invalid", ["category"])),
        ({"category": None}, (400, "invalid", ["category"])),
        ({"category": 1.5}, (400, "invalid", ["category"])),
        ({"category": 4711}, (404, "unknown_category", ["category"])),
        ({"category": 1, "max_time": 4, "capacity": 1}, (400, "invalid", ["max_time", "capacity"])),
        ({"category": 1, "max_time": 121, "name": 5}, (400, "invalid", ["max_time", "name"])),
    ],
)
def test_new_with_a_wrong_body_says_what(no_runner, olga, body: Any, expected: tuple[int, str, list[str]]) -> None:
    response = olga.post("/api/v1/quiz/new", body)
    assert (response.status_code, response.json()["code"], list(response.json()["errors"])) == expected
