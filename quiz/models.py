"""The quiz: what can be asked, what was played, and how strong each player is."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import language_choices
from config.languages import CODES
from quiz.identity import check_names, check_question, content_hash, question_key
from quiz.packs.format import DEFAULT_DIFFICULTY, DIFFICULTIES, MAX_NAME, MAX_SOURCE, MAX_URL

REASON_MAX = 40


class Category(models.Model):
    """A subject of questions. `key` is what a pack finds it by (`quiz.services.category_key`)."""

    #: case folding makes a name up to three times as long
    key = models.CharField(max_length=3 * MAX_NAME, unique=True)
    names = models.JSONField(default=dict, help_text='Language to name: {"en": "Capitals", "ru": "Столицы"}')
    license = models.CharField(max_length=100, blank=True, help_text="Licence of the pack imported last.")
    source = models.CharField(max_length=MAX_SOURCE, blank=True, help_text="Origin of the pack imported last.")

    class Meta:
        ordering = ["key"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name_in(CODES[0])

    def name_in(self, language: str) -> str:
        """The name in a language, else in the first of the house's languages that there is one in."""
        return next((self.names[each] for each in (language, *CODES) if self.names.get(each)), self.key)

    def clean(self) -> None:
        """Refuse names that a pack could not have."""
        if problems := check_names(self.names):
            raise ValidationError({"names": problems})


class Question(models.Model):
    """One question. The JSON fields map a language (`config.languages`) to a text or to a list of texts."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="questions")
    texts = models.JSONField(help_text='The question: {"en": "...", "ru": "..."}')
    answers = models.JSONField(help_text='Accepted answers, the one to show first: {"en": ["Paris"]}')
    hints = models.JSONField(default=dict, blank=True, help_text='{"en": ["It lies on the Seine"]}')
    explanation = models.JSONField(default=dict, blank=True, help_text='Shown with the answer: {"en": "..."}')
    # names of stored files (quiz.media); a row from before there were any may hold the address of another site
    image = models.FileField(max_length=MAX_URL, blank=True, help_text="JPEG, PNG or WebP; drawn anew when stored.")
    audio = models.FileField(max_length=MAX_URL, blank=True, help_text="MP3, Ogg or M4A. Take its tags out before.")
    video = models.FileField(max_length=MAX_URL, blank=True, help_text="MP4 or WebM. Take its tags out before.")
    difficulty = models.PositiveSmallIntegerField(
        default=DEFAULT_DIFFICULTY, validators=[MinValueValidator(DIFFICULTIES[0]), MaxValueValidator(DIFFICULTIES[-1])]
    )
    is_active = models.BooleanField(default=True, help_text="Only active questions are drawn.")
    #: which pack it came from; a pack removes only questions of its own source
    source = models.CharField(max_length=MAX_SOURCE, blank=True)
    license = models.CharField(max_length=100, blank=True)
    #: what an import recognises the question by: hash of its text in the first language and its media
    key = models.CharField(max_length=64, editable=False)
    #: hash of everything a pack says of it; an import leaves an equal one alone
    content_hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["category", "key"], name="question_key_is_unique")]
        indexes = [models.Index(fields=["category", "is_active"], name="question_drawn")]

    def __str__(self) -> str:
        return str(next(iter(self.texts.values()), self.pk))

    def clean(self) -> None:
        """Refuses what a pack would refuse, and a second question of the same text in a category."""
        problems = check_question(self)
        if problems:
            raise ValidationError(problems)
        twin = Question.objects.filter(category_id=self.category_id, key=question_key(self)).exclude(pk=self.pk)
        if twin.exists():
            raise ValidationError({"texts": "The category has this question already."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps `key` and `content_hash` true to the texts; an import in bulk sets them itself."""
        self.key, self.content_hash = question_key(self), content_hash(self)
        super().save(*args, **kwargs)


class QuizGame(models.Model):
    """One played quiz."""

    room = models.OneToOneField("rooms.Room", on_delete=models.CASCADE, related_name="quiz_game")
    category = models.ForeignKey(Category, on_delete=models.SET_NULL, null=True, blank=True, related_name="games")
    language = models.CharField(max_length=2, choices=language_choices, default=CODES[0])
    reason = models.CharField(
        max_length=REASON_MAX, help_text="Why it ended: finished, everybody_left, nobody_came, operator, lost."
    )
    #: when the first question was asked; None when the game never began
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        # the operators' list and each of its filters
        indexes = [
            models.Index(fields=["-ended_at", "-id"], name="game_newest"),
            models.Index(fields=["reason", "-ended_at", "-id"], name="game_of_reason"),
            models.Index(fields=["language", "-ended_at", "-id"], name="game_of_language"),
            models.Index(fields=["category", "-ended_at", "-id"], name="game_of_category"),
        ]

    def __str__(self) -> str:
        return f"quiz of room {self.room_id}"


class QuizRound(models.Model):
    """One question as it was played."""

    game = models.ForeignKey(QuizGame, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveIntegerField()
    question = models.ForeignKey(Question, on_delete=models.SET_NULL, null=True, blank=True, related_name="rounds")
    winner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="quiz_rounds_won"
    )
    answer = models.CharField(max_length=1000, blank=True, help_text="What the winner wrote, or the answer revealed.")
    tries = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["game_id", "number"]
        constraints = [models.UniqueConstraint(fields=["game", "number"], name="quiz_round_once")]
        # what nobody knew
        indexes = [models.Index(fields=["-id"], condition=Q(winner__isnull=True), name="round_unknown")]

    def __str__(self) -> str:
        return f"round {self.number} of {self.game_id}"


class QuizResult(models.Model):
    """What one player came to in one game; the ratings are those that `close_room` showed."""

    game = models.ForeignKey(QuizGame, on_delete=models.CASCADE, related_name="results")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiz_results")
    score = models.IntegerField()
    place = models.PositiveIntegerField()
    rating_before = models.IntegerField()
    rating = models.IntegerField()
    prize = models.IntegerField(default=0, help_text="Coins won.")
    left = models.BooleanField(default=False, help_text="Went before the end.")

    class Meta:
        ordering = ["game_id", "place"]
        constraints = [models.UniqueConstraint(fields=["game", "user"], name="quiz_result_once")]
        indexes = [models.Index(fields=["-id"], condition=Q(left=True), name="result_left")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.score} in {self.game_id}"


class PlayerRating(models.Model):
    """How strong a player is believed to be (openskill): normal with mean `mu` and deviation `sigma`."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiz_rating")
    mu = models.FloatField()
    sigma = models.FloatField()
    games = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-mu"]
        indexes = [models.Index(fields=["-mu", "-id"], name="rating_best")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.mu:.1f} ± {self.sigma:.1f}"
