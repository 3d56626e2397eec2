"""How hard a password is to guess, for somebody who knows the site and the user (zxcvbn)."""

import re
from typing import Any

from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from zxcvbn_rs_py import zxcvbn

from accounts import limits

#: words that everybody types here
SITE_WORDS = ("gamehub", "game", "hub", "quiz", "lobby", "player", "игра", "квиз", "игрок", "гра", "квіз", "гравець")
#: the passwords that are to our players what "password" and "qwerty" are; zxcvbn knows English ones
COMMON_HERE = ("пароль", "йцукен", "йцукенг", "фыва", "фывапро", "ячсмить", "привет", "любовь", "привіт", "кохання")

_KEYS = gettext_lazy("It is a row of keys or a short pattern of them.")
_REPEATS = gettext_lazy("It repeats the same characters.")
_YEAR = gettext_lazy("It is a date or a year.")
_COMMON = gettext_lazy("It is one of the most used passwords, or close to one.")
_NAMES = gettext_lazy("It is a name.")
#: by the name of zxcvbn's warning
REASONS: dict[str, Any] = {
    "StraightRowsOfKeysAreEasyToGuess": _KEYS,
    "ShortKeyboardPatternsAreEasyToGuess": _KEYS,
    "RepeatsLikeAaaAreEasyToGuess": _REPEATS,
    "RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess": _REPEATS,
    "SequencesLikeAbcAreEasyToGuess": gettext_lazy("It is a sequence such as abc or 6543."),
    "RecentYearsAreEasyToGuess": _YEAR,
    "DatesAreOftenEasyToGuess": _YEAR,
    "ThisIsATop10Password": _COMMON,
    "ThisIsATop100Password": _COMMON,
    "ThisIsACommonPassword": _COMMON,
    "ThisIsSimilarToACommonlyUsedPassword": _COMMON,
    "AWordByItselfIsEasyToGuess": gettext_lazy("It is one word."),
    "NamesAndSurnamesByThemselvesAreEasyToGuess": _NAMES,
    "CommonNamesAndSurnamesAreEasyToGuess": _NAMES,
}


class GuessableValidator:
    """Refuses what is guessed in `limits.PASSWORD_GUESSES` tries, and says why. Speaks where the others have nothing to
    say, so that a person reads one reason."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises `ValidationError`."""
        if _others_refuse(password, user):
            return
        own = words_of(user)
        looked_at = password[: limits.PASSWORD_LOOKED_AT]
        found = zxcvbn(looked_at, [*own, *SITE_WORDS, *COMMON_HERE])
        if found.guesses >= limits.PASSWORD_GUESSES:
            return
        reason = _reason(found, looked_at.casefold(), own)
        raise ValidationError(
            _("This password is easy to guess. %(reason)s Three or four unrelated words are better."),
            code="password_guessable",
            params={"reason": reason},
        )

    def get_help_text(self) -> str:
        """Shown beside the field in admin."""
        return _("Your password can't be easy to guess for somebody who knows you or this site.")


def words_of(user: Any) -> list[str]:
    """What is known of a user, whole and in parts: their name, their address."""
    known = [str(getattr(user, field, "") or "") for field in ("name", "email")]
    parts = {part for text in known for part in re.split(r"\W+", text) if len(part) > 2}
    return sorted({*known, *parts} - {""})


def _others_refuse(password: str, user: Any) -> bool:
    for other in get_default_password_validators():
        if not isinstance(other, GuessableValidator):
            try:
                other.validate(password, user)
            except ValidationError:
                return True
    return False


def _reason(found: Any, password: str, own: list[str]) -> str:
    if any(word.casefold() in password for word in own):
        return _("It is made of your own name or address.")
    if any(word in password for word in SITE_WORDS):
        return _("It is made of words that everybody thinks of here.")
    if any(word in password for word in COMMON_HERE):
        return str(_COMMON)
    warning = repr(found.feedback.warning if found.feedback else None).rpartition(".")[2]
    return str(REASONS.get(warning) or _("It is too short for what it is made of."))
