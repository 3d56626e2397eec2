"""Operators' pages: categories and questions to edit, games and ratings to look at."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from config.languages import CODES
from quiz.models import Category, PlayerRating, Question, QuizGame, QuizResult, QuizRound
from rooms.admin import ReadOnlyInline, RecordAdmin


def in_every_language(field: str) -> tuple[str, ...]:
    """Search terms for a JSON field that maps languages to texts."""
    return tuple(f"{field}__{code}__icontains" for code in CODES)


@admin.register(Category)
class CategoryAdmin(ModelAdmin):
    """Subjects. A pack finds its category by the key, so that stays as it is."""

    list_display = ("key", "__str__", "languages", "questions_active", "license")
    list_filter = ("license",)
    search_fields = ("key", *in_every_language("names"), "source")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        """With the number of questions, in the same query."""
        return super().get_queryset(request).annotate(active=Count("questions", filter=Q(questions__is_active=True)))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The key is chosen once."""
        return () if obj is None else ("key",)

    @display(description=_("languages"))
    def languages(self, category: Category) -> str:
        """In which languages it has a name."""
        return ", ".join(code for code in CODES if category.names.get(code))

    @display(description=_("active questions"), ordering="active")
    def questions_active(self, category: Any) -> int:
        """How many can be drawn."""
        return int(category.active)


@admin.register(Question)
class QuestionAdmin(ModelAdmin):
    """Questions. One written here belongs to no pack, and no import takes it away."""

    list_display = ("__str__", "category", "right_answer", "difficulty", "is_active", "source", "updated_at")
    list_filter = ("is_active", "category", "difficulty", "source")
    list_select_related = ("category",)
    search_fields = (*in_every_language("texts"), "=id")
    autocomplete_fields = ("category",)
    readonly_fields = ("source", "license", "created_at", "updated_at")
    actions = ("activate", "deactivate")

    @display(description=_("answer"))
    def right_answer(self, question: Question) -> str:
        """The first accepted answer of the first language."""
        return str(next((texts[0] for texts in question.answers.values() if texts), ""))

    @admin.action(description=_("Ask the selected questions again"), permissions=["change"])
    def activate(self, request: HttpRequest, queryset: QuerySet[Question]) -> None:
        """They can be drawn."""
        queryset.update(is_active=True)

    @admin.action(description=_("Don't ask the selected questions any more"), permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[Question]) -> None:
        """They are drawn no more; rooms that drew them already go on."""
        queryset.update(is_active=False)


class RoundInline(ReadOnlyInline):
    """The questions of a game."""

    model = QuizRound
    fields = readonly_fields = ("number", "question", "winner", "answer", "tries", "started_at", "ended_at")


class ResultInline(ReadOnlyInline):
    """The final table of a game."""

    model = QuizResult
    fields = readonly_fields = ("place", "user", "score", "rating_before", "rating", "prize", "left")


@admin.register(QuizGame)
class QuizGameAdmin(RecordAdmin):
    """What was played."""

    list_display = ("room", "category", "language", "reason", "players", "started_at", "ended_at")
    list_filter = ("reason", "language", "category", "ended_at")
    list_select_related = ("room", "category")
    search_fields = ("=room__id", "room__name", "room__name_key", "results__user__name")
    date_hierarchy = "ended_at"
    inlines = (ResultInline, RoundInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuizGame]:
        """With the number of players, in the same query."""
        return super().get_queryset(request).annotate(cnt_players=Count("results", distinct=True))

    @display(description=_("players"), ordering="cnt_players")
    def players(self, game: Any) -> int:
        """How many are in its table."""
        return int(game.cnt_players)


@admin.register(QuizRound)
class QuizRoundAdmin(RecordAdmin):
    """Rounds of all games: which questions nobody knows, which are too easy."""

    list_display = ("game", "number", "question", "winner", "answer", "tries", "ended_at")
    list_filter = ("ended_at", "question__category", ("winner", admin.EmptyFieldListFilter))
    list_select_related = ("game", "question", "winner")
    search_fields = ("=game__room__id", "answer", "winner__name", "winner__name_key")


@admin.register(QuizResult)
class QuizResultAdmin(RecordAdmin):
    """What each player came to."""

    list_display = ("game", "user", "place", "score", "rating_before", "rating", "prize", "left")
    list_filter = ("place", "left", "game__ended_at", "game__category")
    list_select_related = ("game", "user")
    search_fields = ("user__name", "user__name_key", "=game__room__id")


@admin.register(PlayerRating)
class PlayerRatingAdmin(RecordAdmin):
    """How strong players are believed to be."""

    list_display = ("user", "mu", "sigma", "games", "updated_at")
    list_filter = ("updated_at",)
    list_select_related = ("user",)
    search_fields = ("user__name", "user__name_key")
    ordering = ("-mu",)
