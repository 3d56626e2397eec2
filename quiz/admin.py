"""Operators' pages: categories and questions to edit, games and ratings to look at."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts import list_limits
from accounts.admin import WHOSE
from accounts.admin_lists import QuickInline, choice, find_users, number, whose, yes_or_no
from config.languages import CODES
from quiz.admin_forms import QuestionForm
from quiz.media_storage import store_media
from quiz.models import Category, PlayerRating, Question, QuizGame, QuizResult, QuizRound
from rooms.admin import RecordAdmin

#: why games end, as `QuizGame.reason` has it
REASONS = ("finished", "everybody_left", "nobody_came", "operator", "lost", "outdated")


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

    list_per_page = 50  # a hundred took 350 ms to draw
    list_display = ("__str__", "category", "right_answer", "difficulty", "is_active", "source", "updated_at")
    list_filter = ("is_active", "category", "difficulty", "source")
    list_select_related = ("category",)
    search_fields = (*in_every_language("texts"), "=id")
    autocomplete_fields = ("category",)
    readonly_fields = ("source", "license", "created_at", "updated_at")
    actions = ("activate", "deactivate")
    form = QuestionForm

    def save_model(self, request: HttpRequest, obj: Question, form: QuestionForm, change: bool) -> None:
        """The files first, so that no question names one that is not there."""
        for prepared in form.prepared:
            store_media(prepared)
        super().save_model(request, obj, form, change)

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


class RoundInline(QuickInline):
    """The questions of a game."""

    model = QuizRound
    related = ("question", "winner")
    fields = readonly_fields = ("number", "question", "winner", "answer", "tries", "started_at", "ended_at")


class ResultInline(QuickInline):
    """The final table of a game."""

    model = QuizResult
    related = ("user",)
    fields = readonly_fields = ("place", "user", "score", "rating_before", "rating", "prize", "left")


def played_by(term: str) -> Q | None:
    """Games of the users who are found. Their keys first: a join in the order of the games would walk all games."""
    users = find_users(term)
    results = QuizResult.objects.filter(user__in=users).order_by("-pk")
    return Q(pk__in=list(results.values_list("game_id", flat=True)[: list_limits.FOUND_MAX])) if users else None


@admin.register(QuizGame)
class QuizGameAdmin(RecordAdmin):
    """What was played."""

    list_display = ("room", "category", "language", "reason", "players", "started_at", "ended_at")
    list_filter = (
        choice(_("reason"), "reason", {reason: (reason, Q(reason=reason)) for reason in REASONS}),
        *("language", "category", "ended_at"),
    )
    related = ("room", "category")
    finders = (number("room"), (played_by, "-pk"))
    search_help_text = _("A room's id, or a player's name, e-mail (their beginning) or id")
    ordering = ("-ended_at", "-id")
    inlines = (ResultInline, RoundInline)

    def complete(self, rows: list[Any]) -> None:
        """With the number of players."""
        results = QuizResult.objects.filter(game__in=rows).order_by().values_list("game")
        players = dict(results.annotate(Count("pk")))
        for game in rows:
            game.cnt_players = players.get(game.pk, 0)

    @display(description=_("players"))
    def players(self, game: Any) -> int:
        """How many are in its table."""
        return int(game.cnt_players)


@admin.register(QuizRound)
class QuizRoundAdmin(RecordAdmin):
    """Rounds of all games: which questions nobody knows, which are too easy."""

    list_display = ("game", "number", "question", "winner", "answer", "tries", "ended_at")
    list_filter = (yes_or_no(_("nobody knew"), "unknown", Q(winner__isnull=True)),)
    related = ("game", "question", "winner")
    finders = (number("game__room"), number("question"), whose("winner"))
    search_help_text = _("A room's or a question's id, or the winner's name, e-mail (their beginning) or id")
    ordering = ("-id",)


@admin.register(QuizResult)
class QuizResultAdmin(RecordAdmin):
    """What each player came to."""

    list_display = ("game", "user", "place", "score", "rating_before", "rating", "prize", "left")
    list_filter = (yes_or_no(_("won"), "won", Q(place=1)), "left")
    related = ("game", "user")
    finders = (number("game__room"), whose("user"))
    search_help_text = _("A room's id, or a player's name, e-mail (their beginning) or id")
    ordering = ("-id",)


@admin.register(PlayerRating)
class PlayerRatingAdmin(RecordAdmin):
    """How strong players are believed to be."""

    list_display = ("user", "mu", "sigma", "games", "updated_at")
    related = ("user",)
    finders = (whose("user"),)
    search_help_text = WHOSE
    ordering = ("-mu", "-id")
