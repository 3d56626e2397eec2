"""What operators see of the quiz."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from quiz.identity import question_key
from quiz.media import prepare_media
from quiz.models import Category, PlayerRating, Question, QuizGame, QuizResult, QuizRound
from tests.factories import CategoryFactory, QuestionFactory, RoomFactory, UserFactory
from tests.quiz.test_media import MP3, picture
from tests.quiz.test_media_storage import lying

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(settings: Any, tmp_path: Path) -> Path:
    """Where media lie."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def operator() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("operator", "x"))
    return client


@pytest.fixture
def played() -> None:
    """One row of everything."""
    question, user = QuestionFactory(), UserFactory()
    game = QuizGame.objects.create(room=RoomFactory(), reason="finished", ended_at=timezone.now())
    QuizRound.objects.create(game=game, number=1, question=question, winner=user)
    QuizResult.objects.create(game=game, user=user, score=1, place=1, rating_before=1500, rating=1510)
    PlayerRating.objects.create(user=user, mu=25.0, sigma=8.0)


@pytest.mark.parametrize("model", [Category, Question, QuizGame, QuizRound, QuizResult, PlayerRating])
def test_pages_open_with_search(operator, played, model: Any) -> None:
    name = model._meta.model_name
    assert operator.get(reverse(f"admin:quiz_{name}_changelist"), {"q": "1"}).status_code == 200
    page = operator.get(reverse(f"admin:quiz_{name}_change", args=[model.objects.first().pk]))
    assert (page.status_code, b'name="_save"' in page.content) == (200, model in (Category, Question))


def form(category: Category, **fields: Any) -> dict[str, Any]:
    shape = {"texts": {"en": "Capital of Peru?"}, "answers": {"en": ["Lima"]}, "hints": {}, "explanation": {}}
    encoded = {name: json.dumps(value) for name, value in {**shape, **fields}.items()}
    return {
        "category": category.pk,
        "difficulty": 2,
        "is_active": "on",
        "image": "",
        "audio": "",
        "video": "",
        **encoded,
    }


def test_question_can_be_written_and_found_by_its_text(operator) -> None:
    category = CategoryFactory()
    add = reverse("admin:quiz_question_add")
    texts = {"en": "Capital of Peru?", "ru": "Столица Перу?"}
    assert operator.post(add, form(category, texts=texts)).status_code == 302
    QuestionFactory(category=category)
    found = operator.get(reverse("admin:quiz_question_changelist"), {"q": "Перу"}).context["cl"].queryset
    assert [question.answers for question in found] == [{"en": ["Lima"]}]


def test_question_that_a_pack_would_refuse_is_refused(operator) -> None:
    category = CategoryFactory()
    add = reverse("admin:quiz_question_add")
    page = operator.post(add, form(category, answers={"en": []}, texts={"fr": "Quoi?"}))
    assert sorted(page.context["adminform"].form.errors) == ["answers", "texts"]
    operator.post(add, form(category))
    twin = operator.post(add, form(category, answers={"en": ["Cusco"]}))
    assert twin.context["adminform"].form.errors == {"texts": ["The category has this question already."]}
    assert Question.objects.count() == 1


def upload(raw: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("The answer is Lima.jpeg", raw)


def test_question_gets_its_picture_and_sound_by_upload_and_loses_them_again(operator, root) -> None:
    add = reverse("admin:quiz_question_add")
    files = {"image": upload(picture()), "audio": upload(MP3)}
    assert operator.post(add, form(CategoryFactory()) | files).status_code == 302
    question = Question.objects.get()
    image, audio = prepare_media("image", picture()).name, prepare_media("audio", MP3).name
    assert (question.image.name, question.audio.name, question.video.name) == (image, audio, "")
    assert (lying(root), question.key) == (sorted([image, audio]), question_key(question))

    change = reverse("admin:quiz_question_change", args=[question.pk])
    assert f"/media/{image}" in operator.get(change).content.decode()
    kept = form(question.category, texts={"en": "Which city?"}) | {"image": "", "audio": ""}
    assert operator.post(change, kept | {"audio-clear": "on"}).status_code == 302
    question.refresh_from_db()
    assert (question.image.name, question.audio.name) == (image, "")


def test_upload_that_is_refused_is_told_at_its_field_and_stores_nothing(operator, root) -> None:
    files = {"image": upload(MP3), "audio": upload(picture()), "video": upload(MP3)}
    page = operator.post(reverse("admin:quiz_question_add"), form(CategoryFactory()) | files)
    assert page.context["adminform"].form.errors == {
        "image": ["This is not a picture we can read. Take a JPEG, PNG or WebP."],
        "audio": ["This is not a sound we can serve. Take an MP3, Ogg (Vorbis, Opus) or M4A."],
        "video": ["This is not a film we can serve. Take an MP4 or WebM."],
    }
    operator.post(
        reverse("admin:quiz_question_add"), form(CategoryFactory(), answers={}) | {"image": upload(picture())}
    )
    assert (Question.objects.count(), lying(root)) == (0, [])


def test_address_of_another_site_must_go_before_a_question_is_saved(operator, root) -> None:
    question = QuestionFactory(image="https://example.org/a.jpg")
    change = reverse("admin:quiz_question_change", args=[question.pk])
    page = operator.post(change, form(question.category))
    said = "image is an address of another site, which no page shows: take it out, or upload the file"
    assert page.context["adminform"].form.errors == {"image": [said]}
    assert operator.post(change, form(question.category) | {"image-clear": "on"}).status_code == 302
    question.refresh_from_db()
    assert question.image.name == ""


def test_questions_can_be_taken_out_and_brought_back(operator) -> None:
    question = QuestionFactory()
    path = reverse("admin:quiz_question_changelist")
    for action, active in (("deactivate", False), ("activate", True)):
        operator.post(path, {"action": action, "_selected_action": [question.pk]})
        question.refresh_from_db()
        assert question.is_active is active
