"""The quiz's Django side, as rooms/ asks for it (rooms.backend.GameBackend)."""

import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

import quiz.packs
from accounts.models import User
from config.stamps import Stamp
from quiz import recording, selectors
from quiz.media import KINDS
from quiz.media_storage import media_address
from quiz.models import Category, Question, QuizResult
from quiz.options import QuizOptions, clean_options, find_category
from quiz.rules.judge.accepted import find_rivals
from rooms.live.game import Seat
from rooms.models import Room


class QuizBackend:
    """What a quiz needs before it starts, and where it goes when it has ended."""

    Options = QuizOptions

    def validate_options(self, options: dict[str, Any], *, user: User) -> dict[str, Any]:
        """The options complete and clean. Raises by field, see `quiz.options.clean_options`."""
        return clean_options(options, user=user)

    def default_options(self, *, user: User) -> dict[str, Any]:
        """Any category with questions in the user's language."""
        categories = list(selectors.list_categories(language=user.language).values_list("pk", flat=True))
        return {"category": random.choice(categories)} if categories else {}

    def prepare(self, room: Room, options: dict[str, Any]) -> dict[str, Any]:
        """The setup of `quiz.rules.game`: the questions drawn, with everything the judge and the players need."""
        category = find_category(options["category"], options["language"])
        questions = selectors.draw_questions(
            category=category,
            language=options["language"],
            count=options["questions"],
            players=[room.owner] if room.owner else [],
        )
        answers = selectors.list_answers(category=category)
        return {
            "category": _category_of(category, options["language"]),
            "language": options["language"],
            "max_time": options["max_time"],
            "min_players": options["min_players"],
            "rounds": [_round_of(question, answers) for question in questions],
        }

    def describe(self, setup: dict[str, Any]) -> dict[str, Any]:
        """Category, language, times and counts."""
        shown = {name: setup[name] for name in ("category", "language", "max_time", "min_players")}
        return {**shown, "cnt_questions": len(setup["rounds"])}

    def seat(self, user: User) -> Seat:
        """The user's seat; `hidden` is what the rating begins from."""
        return Seat(
            id=user.pk, name=user.name, account=user.account, rating=user.rating, hidden=recording.belief_about(user)
        )

    def record(self, room: Room, outcome: dict[str, Any]) -> None:
        """Store the game, its rounds and results; move ratings; pay prizes."""
        recording.record_game(room=room, outcome=outcome)

    def prepare_data(self, say: Callable[[str], object]) -> None:
        """Build the packs and import them, unless the same were imported into this database."""
        sources = sorted(Path(quiz.packs.__file__).parent.rglob("*.py"))
        stamp = Stamp("packs", [settings.DATABASES["default"]["NAME"], *(path.read_bytes() for path in sources)])
        if stamp.fresh and Category.objects.exists():
            return
        say("Loading the question packs")
        folder = settings.ENV.var / "packs"
        with open(os.devnull, "w") as quiet:
            call_command("build_packs", out=folder, stdout=quiet)
            call_command("import_questions", *sorted(folder.glob("*.json")), stdout=quiet)
        stamp.set()

    def which_have_results(self, room_ids: Sequence[int]) -> set[int]:
        """Rooms whose quiz somebody took part in."""
        found = QuizResult.objects.filter(game__room__in=room_ids).order_by()
        return set(found.values_list("game__room", flat=True))

    def results(self, room: Room) -> list[dict[str, Any]] | None:
        """The final table, best first; None when the game is not stored."""
        rows = QuizResult.objects.filter(game__room=room).select_related("user").order_by("place", "id")
        if not rows and not hasattr(room, "quiz_game"):
            return None
        return [
            {"id": row.user_id, "name": row.user.name, "score": row.score, "rating": row.rating, "prize": row.prize}
            for row in rows
        ]


def _category_of(category: Category, language: str) -> dict[str, Any]:
    return {"id": category.pk, "name": category.name_in(language), "names": category.names}


def _round_of(question: Question, answers: set[str]) -> dict[str, Any]:
    """One of `quiz.rules.setup.Round`; `answers` are those of all the category's questions."""
    return {
        "id": question.pk,
        "texts": question.texts,
        "answers": question.answers,
        "hints": question.hints,
        **{kind: media_address(getattr(question, kind).name) for kind in KINDS},
        "explanation": question.explanation,
        "rivals": find_rivals(question.answers, answers),
    }
